"""Whether anything of what was deleted can still be read in the database's own files.

The database answers for its rows; that it has overwritten them is another thing, which is looked for in the bytes themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import String, Text, cast, func, literal, select

from votingapp.store.deleting import words_to_go
from votingapp.store.tables import metadata
from votingapp.store.tables.applicants import applicant
from votingapp.store.tables.audit import audit_words
from votingapp.store.tables.nominations import nomination, proposer
from votingapp.store.tables.register import register_person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection, Engine, Select

_HASHES = re.compile(rb"(?=([0-9a-f]{64}))")
"""At each place where one may begin: the fields of a row follow one another without a sign between them."""

_NAMES_LOOKED_FOR = 500
_SHORTEST_NAME = 8
"""Letters; a shorter name stands in other words by chance."""
_WORDS_LOOKED_FOR = 500
_WORDS_LENGTH = 80
"""Letters of what an official wrote by which it would be known again."""
_BLOCK = 1 << 22
_OVERLAP = 512
"""Bytes of one block that are read with the next again: more than a name of 100 letters has, of four bytes each."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What the deleted rows held that no row that stays holds: keyed hashes of CPR numbers and addresses, names, words."""

    hashes: frozenset[bytes]
    names: tuple[str, ...]
    words: tuple[str, ...]


def collect(connection: Connection, election_id: str) -> Traces:
    """Read, before anything is deleted, by what it would be known again."""
    kept = set(connection.scalars(select(nomination.c.cpr_hash).where(_stays(election_id))))
    held = {
        *connection.scalars(select(register_person.c.cpr_hash).where(register_person.c.election_id == election_id)),
        *connection.scalars(select(proposer.c.cpr_hash).where(proposer.c.election_id == election_id)),
        *connection.scalars(_hashes_of_others(election_id)),
    }
    names = connection.scalars(
        select(register_person.c.name)
        .where(register_person.c.election_id == election_id, func.length(register_person.c.name) >= _SHORTEST_NAME)
        .order_by(register_person.c.id)
        .limit(_NAMES_LOOKED_FOR)
    )
    hashes = frozenset(one.encode() for one in held - kept if one)
    return Traces(hashes, tuple(dict.fromkeys(names)), _words(connection, election_id))


def _words(connection: Connection, election_id: str) -> tuple[str, ...]:
    beginning = func.substr(audit_words.c.text, 1, _WORDS_LENGTH)
    found = connection.scalars(
        select(beginning)
        .where(words_to_go(election_id), func.length(beginning) >= _SHORTEST_NAME)
        .order_by(audit_words.c.serial)
        .limit(_WORDS_LOOKED_FOR)
    )
    return tuple(dict.fromkeys(found))


def _stays(election_id: str) -> ColumnElement[bool]:
    return (nomination.c.election_id == election_id) & nomination.c.ballot_number.is_not(None)


def _hashes_of_others(election_id: str) -> Select[tuple[str]]:
    standing = select(nomination.c.applicant_id).where(_stays(election_id), nomination.c.applicant_id.is_not(None))
    return select(applicant.c.identity_hash).where(
        applicant.c.election_id == election_id, applicant.c.id.not_in(standing)
    )


def can_search(engine: Engine) -> bool:
    """Whether the database's files are ours to read; those of a PostgreSQL server are not."""
    return engine.dialect.name == "sqlite"


def search(engine: Engine, traces: Traces) -> str:
    """Name in a few words what of `traces` is left in the files; "" where nothing is, or where they cannot be searched."""
    database = engine.url.database
    if database is None or not can_search(engine):
        return ""
    hashes, texts = _found_in(Path(database), traces)
    with engine.connect() as connection:
        texts = {text for text in texts if not _stands_in_a_row(connection, text)}
        connection.rollback()
    left = {"hashes": len(hashes), "names": len(texts & {*traces.names}), "words": len(texts & {*traces.words})}
    return ", ".join(f"{number} {kind}" for kind, number in left.items() if number)


def _found_in(database: Path, traces: Traces) -> tuple[set[bytes], set[str]]:
    hashes: set[bytes] = set()
    texts: set[str] = set()
    spelt = {text: text.encode() for text in (*traces.names, *traces.words)}
    for block in _blocks(database):
        hashes.update(traces.hashes.intersection(_HASHES.findall(block)))
        texts.update(text for text, letters in spelt.items() if letters in block)
    return hashes, texts


def _blocks(database: Path) -> Iterator[bytes]:
    """The bytes of the database and of what lies beside it (its write-ahead log), each block with the end of the one before."""
    for path in (database, database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-journal")):
        if not path.exists():
            continue
        with path.open("rb") as file:
            before = b""
            while block := file.read(_BLOCK):
                yield before + block
                before = block[-_OVERLAP:]


def _stands_in_a_row(connection: Connection, name: str) -> bool:
    """Whether a row that stays holds the name: a voter may have a candidate's name, or be one."""
    for table in metadata.sorted_tables:
        texts = [column for column in table.columns if isinstance(column.type, String | Text)]
        held = [cast(column, Text).contains(name, autoescape=True) for column in texts]
        for one in held:
            if connection.execute(select(literal(1)).select_from(table).where(one).limit(1)).first() is not None:
                return True
    return False
