"""Another laptop has a newer program than the one that broke: it goes on all the same, with the tables that it knows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import text

from votingapp.store import audit, migrate
from votingapp.store import house as house_kind
from votingapp.store.backup.restoring import CannotRestore, Destination, read_stick, restore_into
from votingapp.store.backup.snapshot import DATABASE
from votingapp.store.engine import make_engine

BEFORE_ITS_LOG_HAD_WORDS = "0016"
NOON = datetime(2021, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def go_on(house, tmp_path):
    """Go on in an empty home from a copy whose database was made as a revision has it, and then changed."""
    home = tmp_path / "second"
    home.mkdir()
    house.snapshot()
    chain = read_stick(house.stick, house.sheet)

    def restore(revision: str, change: str = ""):
        database = tmp_path / "older.db"
        _make(database, revision, change)
        files = chain.files | {DATABASE: database.read_bytes()}
        to = Destination(home, home / "tls", home / "election.db", rehearsal=False)
        restore_into(to, replace(chain, files=files, records=()), house.store.clock)
        return make_engine(f"sqlite:///{to.database}")

    return restore


def _make(database, revision: str, change: str) -> None:
    engine = make_engine(f"sqlite:///{database}")
    command.upgrade(migrate._config(engine), revision)
    house_kind.stamp(engine, rehearsal=False)
    engine.dispose()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        entry = ("e1", 1, NOON, "anna", "refused", '{"reason":"Flyttet"}', "0" * 64)
        written = (*entry[:2], "2021-10-01 12:00:00.000000", *entry[3:], audit.entry_hash(*entry))
        connection.execute("INSERT INTO audit_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", written)
        connection.executescript(change)
        connection.commit()


def test_a_copy_of_an_earlier_version_is_verified_and_brought_up_to_date(go_on):
    """Its log holds, its closed urn is one that nobody has shaken, and nothing is left to be done before the house is served."""
    urn = "INSERT INTO urn (uuid, state, slips_printed, slips_issued) VALUES ('u', 'closed', 0, 0);"
    engine = go_on(BEFORE_ITS_LOG_HAD_WORDS, urn)
    assert migrate.is_current(engine)
    with engine.connect() as connection:
        assert audit.first_broken_link(connection, "e1") is None
        assert connection.scalar(text("SELECT shaken FROM urn")) == 0
    engine.dispose()


def test_a_copy_of_a_newer_version_is_refused_in_one_line(go_on, tmp_path):
    """This program cannot read its tables; no database is there then."""
    with pytest.raises(CannotRestore, match="newer version"):
        go_on("head", "UPDATE alembic_version SET version_num = '9999';")
    assert not (tmp_path / "second" / "election.db").exists()
