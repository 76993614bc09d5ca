"""How the house reaches its database: SQLite on one laptop, PostgreSQL by another URL, one writer at a time on both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, make_url

from votingapp.store.hearing import hear

if TYPE_CHECKING:
    from sqlalchemy import Connection

BUSY_TIMEOUT_SECONDS = 20

# WAL with FULL: a committed ballot has been synced to disk before its receipt is shown (promise 5).
# secure_delete: what is removed is overwritten, so that a removed draft or an old page order cannot be read back.
_SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


def make_engine(url: str) -> Engine:
    """Open the database at `url` (`sqlite:///…` or `postgresql://…`, the latter served by psycopg 3).

    Its errors do not quote the values of a statement: they are logged, and names, birth dates and ballots are not.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        isolation_level="SERIALIZABLE",
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "after_cursor_execute", hear)
    return engine


def _prepare_sqlite(dbapi_connection: Any, _record: object) -> None:
    # The driver's own guesses about when to begin are switched off: _begin_sqlite says it.
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def take_the_pen(connection: Connection) -> None:
    """Make the connection's transaction the only writer until it ends.

    SQLite has done so with BEGIN IMMEDIATE. PostgreSQL takes an exclusive lock before the transaction's snapshot exists (LOCK
    TABLE takes none), so that 32 desks wait in line instead of undoing one another's work; readers are not held up.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE audit_entry IN EXCLUSIVE MODE")
