"""An extract waits sealed until somebody has seen that its letters are right; then all of it counts, or none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from ballots.register import Extract, Unusable, read_extract
from candidates.cpr import mask
from votingapp.store import deletions, elections, looks, register
from votingapp.store.looks import What

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from ballots.decoding import Encoding, Undecodable
    from ballots.register import BadRow, Person
    from votingapp.store.elections import Election
    from votingapp.store.register import Prepared
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_SHOWN_ROWS = 5
_SHOWN_BAD_ROWS = 200


@dataclass(frozen=True, slots=True)
class DraftKept:
    """The extract could be read and waits for a look."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No row of the file was read; nothing is kept."""

    reason: Undecodable | Unusable


@dataclass(frozen=True, slots=True)
class InUse:
    """The poll has been opened, or somebody admitted, on the present extract; it stays as it is."""


@dataclass(frozen=True, slots=True)
class NothingToTake:
    """The draft that was looked over is no longer there: dropped, taken over, or replaced by another."""


@dataclass(frozen=True, slots=True)
class BadRows:
    """Some rows cannot be taken, so none is."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The extract is in force, with this many persons."""

    persons: int


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A row as it may be shown: the number masked, the name left out where it is protected."""

    cpr: str
    name: str
    municipality_code: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What somebody looks over before it counts; `fingerprint` is the SHA-256 of the file, `bad_rows` only the first."""

    fingerprint: str
    uploaded_at: datetime
    encoding: Encoding
    persons: int
    residents: int
    first: tuple[SampleRow, ...]
    with_danish_letters: tuple[SampleRow, ...]
    bad_rows: tuple[BadRow, ...]
    bad_row_count: int


@dataclass(frozen=True, slots=True)
class State:
    """How the extract of an election stands."""

    persons: int
    in_use: bool
    has_draft: bool


def state(store: Store, election: Election) -> State:
    """How many persons the extract in force holds, and whether another waits or could be taken."""
    with store.reading() as connection:
        return State(
            register.count(connection, election.id),
            _is_in_use(connection, election),
            register.has_draft(connection, election.id),
        )


def hand_in(store: Store, official: Staff, election: Election, raw: bytes) -> DraftKept | Unreadable | InUse:
    """Keep an extract, sealed, until it is looked over."""
    read = read_extract(raw)
    if not isinstance(read, Extract):
        return Unreadable(read)

    def keep(work: Work) -> DraftKept | InUse:
        if _is_in_use(work.connection, election):
            return InUse()
        register.keep_draft(work, election.id, raw, official.id)
        counts = {"persons": len(read.persons), "bad_rows": len(read.bad_rows)}
        work.record(election.id, official.login, "register_draft_kept", encoding=read.encoding, **counts)
        return DraftKept()

    return store.write(keep)


def preview(store: Store, official: Staff, election: Election) -> Preview | None:
    """What the waiting extract holds, or None when none waits; the few persons shown of it are noted as seen."""
    with store.reading() as connection:
        draft = register.draft(connection, store.vault, election.id)
    read = None if draft is None else read_extract(draft.extract)
    if draft is None or not isinstance(read, Extract):
        return None
    first = tuple(islice(read.persons, _SHOWN_ROWS))
    others = (one for one in read.persons if not one.protected and not one.name.isascii())
    with_danish_letters = tuple(islice(others, _SHOWN_ROWS))
    _note_looks(store, official, election, dict.fromkeys((*first, *with_danish_letters)))
    code = election.rules.election.municipality_code
    return Preview(
        fingerprint=_fingerprint(draft.extract),
        uploaded_at=draft.uploaded_at,
        encoding=read.encoding,
        persons=len(read.persons),
        residents=sum(person.municipality_code == code for person in read.persons),
        first=_sample(first),
        with_danish_letters=_sample(with_danish_letters),
        bad_rows=read.bad_rows[:_SHOWN_BAD_ROWS],
        bad_row_count=len(read.bad_rows),
    )


def take_over(
    store: Store, official: Staff, election: Election, fingerprint: str
) -> TakenOver | NothingToTake | BadRows | InUse:
    """Put the waiting extract in force, all rows or none; `fingerprint` says which one was looked over."""
    with store.reading() as connection:
        draft = register.draft(connection, store.vault, election.id)
    if draft is None or _fingerprint(draft.extract) != fingerprint:
        return NothingToTake()
    read = read_extract(draft.extract)
    if not isinstance(read, Extract) or read.bad_rows:
        return BadRows()
    prepared = register.prepare(store.vault, election.id, read.persons)
    return store.write(lambda work: _take_over(work, official, election, fingerprint, prepared))


def _take_over(
    work: Work, official: Staff, election: Election, fingerprint: str, prepared: Prepared
) -> TakenOver | NothingToTake | InUse:
    draft = register.draft(work.connection, work.vault, election.id)
    if draft is None or _fingerprint(draft.extract) != fingerprint:
        return NothingToTake()
    if _is_in_use(work.connection, election):
        return InUse()
    persons = register.replace(work.connection, election.id, prepared)
    register.drop_draft(work.connection, election.id)
    work.record(election.id, official.login, "register_imported", persons=persons)
    return TakenOver(persons)


def drop(store: Store, official: Staff, election: Election) -> bool:
    """Throw the waiting extract away; False when there is none."""

    def throw_away(work: Work) -> bool:
        dropped = register.drop_draft(work.connection, election.id)
        if dropped:
            work.record(election.id, official.login, "register_draft_dropped")
        return dropped

    return store.write(throw_away)


def _is_in_use(connection: Connection, election: Election) -> bool:
    """Whether the roll is fixed: nobody may be put on it while voters come, nor taken off it after the close.

    Nor is anybody once its data is deleted, also where no vote was held: nothing would ever delete her again.
    """
    current = elections.by_id(connection, election.id)
    fixed = current.opened_at is not None or register.is_in_use(connection, election.id)
    return fixed or deletions.is_deleted(connection, election.id)


def _note_looks(store: Store, official: Staff, election: Election, persons: Iterable[Person]) -> None:
    """Note who is about to be seen; whoever cannot be noted is not shown, for the error ends the page."""
    seen = [store.vault.hash_cpr(election.id, one.cpr.number) for one in persons]
    if seen:
        store.write(lambda work: looks.note_each(work, election.id, official.id, What.REGISTER_PREVIEW, seen))


def _sample(persons: Iterable[Person]) -> tuple[SampleRow, ...]:
    return tuple(
        SampleRow(mask(one.cpr), "" if one.protected else one.name, one.municipality_code, one.protected)
        for one in persons
    )


def _fingerprint(extract: bytes) -> str:
    return hashlib.sha256(extract).hexdigest()
