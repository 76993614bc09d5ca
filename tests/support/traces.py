"""Every order of ballots that an installation shows to whoever has its files, and how closely it follows a known order."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from votingapp.store.unit_of_work import Store

_ENOUGH = 20
"""Fewer ballots than this say nothing about an order, however they stand."""

Order = tuple[str, list[str]]
"""Where an order was seen, and the hashes of the ballots in that order."""


def standard_errors(found: Sequence[int]) -> float:
    """How far the order in which distinct numbers stand is from chance: Spearman's rho, without its sign, over 1/sqrt(n-1)."""
    return abs(_rank_correlation(found)) * math.sqrt(len(found) - 1)


def _rank_correlation(found: Sequence[int]) -> float:
    size = len(found)
    ranks = {value: rank for rank, value in enumerate(sorted(found))}
    distance = sum((place - ranks[value]) ** 2 for place, value in enumerate(found))
    return 1 - 6 * distance / (size * (size**2 - 1))


def in_database(store: Store) -> Iterator[Order]:
    """Rows as they lie in the database, and on PostgreSQL by place and by transaction."""
    queries = ["SELECT hash FROM ballot", "SELECT hash FROM ballot WHERE credential > ''"]
    if store.engine.dialect.name == "postgresql":
        queries += [
            "SELECT hash FROM ballot ORDER BY ctid",
            "SELECT hash FROM ballot ORDER BY xmin::text::bigint, ctid",
        ]
    with store.reading() as connection:
        for query in queries:
            yield query, list(connection.exec_driver_sql(query).scalars())


def files(store: Store) -> Iterator[tuple[str, bytes]]:
    """The bytes of every file that holds ballots: SQLite's database and journals, PostgreSQL's table, index and long values."""
    if store.engine.dialect.name == "sqlite":
        database = Path(store.engine.url.database)
        for path in sorted(database.parent.glob(f"{database.name}*")):
            yield path.name, path.read_bytes()
        return
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        names = connection.exec_driver_sql(
            "SELECT oid::regclass::text FROM pg_class WHERE oid IN ("
            " SELECT 'ballot'::regclass UNION SELECT reltoastrelid FROM pg_class WHERE oid = 'ballot'::regclass"
            " UNION SELECT indexrelid FROM pg_index WHERE indrelid = 'ballot'::regclass)"
        ).scalars()
        for name in list(names):
            content = f"SELECT pg_read_binary_file(pg_relation_filepath('{name}'))"
            yield name, bytes(connection.exec_driver_sql(content).scalar_one())


def in_bytes(name: str, data: bytes, marks: Mapping[str, Mapping[str, bytes]]) -> Iterator[Order]:
    """Ballots by the place of their first and last mark in a file, for each kind of mark that enough of them have there."""
    for kind, sought in marks.items():
        for end, find in (("first", data.find), ("last", data.rfind)):
            places = {ballot: find(mark) for ballot, mark in sought.items()}
            seen = [ballot for ballot, place in places.items() if place != -1]
            if len(seen) >= _ENOUGH:
                yield f"{end} {kind} in {name}", sorted(seen, key=places.__getitem__)
