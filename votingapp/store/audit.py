"""The log of decisions: each entry carries the hash of the one before, so that none can be changed or taken out unseen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from votingapp.store import log_words
from votingapp.store.tables.audit import audit_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from votingapp.store.log_words import Kept

HOUSE = "house"
"""The chain of acts that belong to no single election."""

CANDIDATE = "candidate"
"""Who acts when a person who stands acts for herself."""

PROPOSER = "proposer"
"""Who acts when somebody answers through the link by which she was asked to propose."""

DEVICE = "device"
"""Who acts when somebody lets a device join with the code that was made for it."""

COMMAND_LINE = "command line"
"""Who acts when whoever runs the machine types a command."""

REHEARSAL = "rehearsal"
"""Who acts when a rehearsal sets itself up."""

NAMED_BY_THE_LOG = frozenset({HOUSE, CANDIDATE, PROPOSER, DEVICE, COMMAND_LINE, REHEARSAL})
"""Words that are no official's login, or her acts and others' could not be told apart."""

_GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: who did what, when, with which particulars (never a CPR number, never anything of a vote).

    `hash` is of `details` as they are kept, where the hash of words stands for the words (`log_words`); whoever reads an
    entry has the words in their place as long as they are there.
    """

    chain: str
    serial: int
    at: datetime
    actor: str
    act: str
    details: str
    previous: str
    hash: str


def entry_hash(chain: str, serial: int, at: datetime, actor: str, act: str, details: str, previous: str) -> str:
    """SHA-256 (hex) over the JSON array of all members of an entry but its own hash, `at` in ISO 8601 UTC."""
    members = [chain, serial, at.isoformat(timespec="microseconds"), actor, act, details, previous]
    return hashlib.sha256(json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def append(
    connection: Connection, chain: str, at: datetime, actor: str, act: str, details: Mapping[str, object]
) -> Entry:
    """Add an entry at the end of a chain, inside the transaction of the act itself; `Words` are kept beside it."""
    last = connection.execute(
        select(audit_entry.c.serial, audit_entry.c.hash)
        .where(audit_entry.c.chain == chain)
        .order_by(audit_entry.c.serial.desc())
        .limit(1)
    ).first()
    serial, previous = (last.serial + 1, last.hash) if last else (1, _GENESIS)
    plain, apart = log_words.set_apart(details)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entry = Entry(
        chain, serial, at, actor, act, text, previous, entry_hash(chain, serial, at, actor, act, text, previous)
    )
    connection.execute(
        insert(audit_entry).values(
            chain=chain, serial=serial, at=at, actor=actor, act=act, details=text, previous=previous, hash=entry.hash
        )
    )
    log_words.keep(connection, chain, serial, apart)
    return entry


def entries(connection: Connection, chain: str) -> Iterator[Entry]:
    """All entries of a chain, oldest first."""
    words = log_words.of_chain(connection, chain)
    return (_told(entry, words.get(entry.serial)) for entry in _kept(connection, _of(chain)))


def last(connection: Connection, chain: str, act: str | None = None) -> Entry | None:
    """The newest entry of a chain, or the newest of one act; None where there is none."""
    query = select(audit_entry).where(audit_entry.c.chain == chain).order_by(audit_entry.c.serial.desc()).limit(1)
    row = connection.execute(query if act is None else query.where(audit_entry.c.act == act)).first()
    if row is None:
        return None
    return _told(_read(row), log_words.of_chain(connection, chain, row.serial).get(row.serial))


def first_broken_link(connection: Connection, chain: str) -> int | None:
    """The serial of the first entry that does not follow from the one before, or None when the chain holds.

    Words that are beside an entry must be those that it speaks of. That they are gone breaks nothing where the entry of the
    deletion follows and tells of as many; otherwise they were taken out unseen.
    """
    words = log_words.of_chain(connection, chain)
    previous, expected = _GENESIS, 1
    gone: list[int] = []
    for entry in _kept(connection, _of(chain)):
        recomputed = entry_hash(
            entry.chain, entry.serial, entry.at, entry.actor, entry.act, entry.details, entry.previous
        )
        follows = entry.serial == expected and entry.previous == previous and entry.hash == recomputed
        if not follows or not log_words.fit(entry.details, words.get(entry.serial)):
            return entry.serial
        gone += [entry.serial] * log_words.missing(entry.details, words.get(entry.serial))
        if entry.act == log_words.FORGETTING:
            if len(gone) != log_words.number_forgotten(entry.details):
                return entry.serial
            gone = []
        previous, expected = entry.hash, expected + 1
    return gone[0] if gone else None


def mentioning(connection: Connection, chain: str, identifier: str) -> tuple[Entry, ...]:
    """The entries of a chain in whose particulars an identifier of the house (a UUID) stands, oldest first."""
    words = log_words.of_chain(connection, chain)
    query = _of(chain).where(audit_entry.c.details.contains(identifier, autoescape=True))
    return tuple(_told(entry, words.get(entry.serial)) for entry in _kept(connection, query))


def _of(chain: str) -> Select[Any]:
    return select(audit_entry).where(audit_entry.c.chain == chain).order_by(audit_entry.c.serial)


def _kept(connection: Connection, query: Select[Any]) -> Iterator[Entry]:
    return map(_read, connection.execute(query))


def _read(row: Row[Any]) -> Entry:
    return Entry(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping


def _told(entry: Entry, words: Mapping[str, Kept] | None) -> Entry:
    return replace(entry, details=log_words.put_back(entry.details, words)) if words else entry
