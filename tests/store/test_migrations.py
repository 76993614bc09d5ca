"""The shape of the database."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from votingapp.store import migrate
from votingapp.store.engine import make_engine
from votingapp.store.tables import metadata


def test_migrations_make_exactly_the_declared_tables(any_store):
    """After all migrations nothing is missing and nothing is left over, on either database."""
    with any_store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_upgrading_twice_changes_nothing(any_store):
    """An upgrade may be repeated."""
    migrate.upgrade(any_store.engine)
    assert migrate.is_current(any_store.engine)


def test_an_empty_database_is_not_current(tmp_path):
    """A database that was never prepared is told apart from one that was."""
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert not migrate.is_current(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
def test_sqlite_keeps_what_it_accepted(store, pragma, value):
    """Every connection syncs each commit to disk, checks references and overwrites what it removes."""
    with store.engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_postgresql_runs_serializable(postgres_store):
    """On PostgreSQL the same code runs at the strictest isolation level."""
    with postgres_store.reading() as connection:
        assert connection.scalar(text("SHOW transaction_isolation")) == "serializable"
