"""What was removed or moved is to be gone from the database's own files too: they are written anew."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from votingapp.store.engine import BUSY_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Engine, Table

POSTGRES_PATIENCE = "10s"
"""So long a table is waited for that somebody else holds."""

LOCK_NOT_AVAILABLE = "55P03"
"""PostgreSQL's word that the time was not enough."""

DEADLOCK = "40P01"
"""PostgreSQL's word that two waited for one another, and that it has ended this one's wait."""

_COLUMN_TYPES = text(
    "SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute "
    "WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped"
)

_CHECKPOINT_ATTEMPTS = 50
_CHECKPOINT_MILLISECONDS = 100


def rewrite(engine: Engine, tables: Iterable[Table]) -> bool:
    """Write the files of `tables` anew (SQLite: the whole database), without the rows that were removed.

    False while somebody who reads holds on to what was, or where the disk has no room for the copy; repeating it is harmless.
    PostgreSQL's own write-ahead log (pg_wal, and archived copies of it) holds the rows until those files are recycled.
    """
    if engine.dialect.name == "sqlite":
        return rewrite_sqlite(engine)
    return _rewrite_postgres(engine, tables)


def rewrite_sqlite(engine: Engine) -> bool:
    """Copy the database into fresh pages, and cut its write-ahead log to nothing; False while a reader holds on to what was."""
    # VACUUM runs in no transaction, and SQLAlchemy's connections always begin one.
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        # The copy that VACUUM makes on its way must not lie in the system's folder for temporary files.
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute("VACUUM")
        return _empty_the_log(cursor)
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) and error.sqlite_errorcode != sqlite3.SQLITE_FULL:
            raise
        return False
    finally:
        connection.close()


def _empty_the_log(cursor: Any) -> bool:
    """Cut the write-ahead log to nothing, if the readers of the state before come to an end within some seconds.

    A checkpoint that waits keeps every writer of the house waiting, so it waits briefly, and again.
    """
    cursor.execute(f"PRAGMA busy_timeout = {_CHECKPOINT_MILLISECONDS}")
    try:
        return any(
            not cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] for _ in range(_CHECKPOINT_ATTEMPTS)
        )
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")


def _rewrite_postgres(engine: Engine, tables: Iterable[Table]) -> bool:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{POSTGRES_PATIENCE}'")
        try:
            for table in tables:
                connection.exec_driver_sql(f'VACUUM FULL "{table.name}"')
                _forget_samples(connection, table)
            # PostgreSQL skips it with a warning where the database is not ours.
            connection.exec_driver_sql("VACUUM FULL pg_catalog.pg_statistic")
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in {LOCK_NOT_AVAILABLE, DEADLOCK}:
                raise
            return False
        finally:
            connection.exec_driver_sql("RESET lock_timeout")
    return True


def _forget_samples(connection: Connection, table: Table) -> None:
    """Have PostgreSQL forget the values that its planner keeps of a table as samples, for they outlive the rows.

    Of a table that is empty no ANALYZE replaces them, but a column that is given its type once more loses its own. Keys keep
    theirs: ids of rows, which name nobody.
    """
    found = connection.execute(_COLUMN_TYPES, {"table": table.name})
    types = {row.attname: row.type for row in found}
    plain = [column.name for column in table.columns if not (column.primary_key or column.foreign_keys)]
    again = ", ".join(f'ALTER COLUMN "{name}" TYPE {types[name]}' for name in plain)
    if again:
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" {again}')
    connection.exec_driver_sql(f'ANALYZE "{table.name}"')
