"""A case in doubt (tvivlsom vælger) waits at a desk until a supervisor has decided it with a reason."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, func, insert, select, update

from votingapp.store.admissions import Channel
from votingapp.store.tables.admissions import admission, admission_undone
from votingapp.store.tables.register import register_person
from votingapp.store.tables.staff import staff
from votingapp.store.tables.station import doubt

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection, Row, Select

    from votingapp.store.unit_of_work import Work


# Asked by every desk's page every two seconds: put together once.
_ANSWERED = (
    select(doubt.c.id)
    .where(
        doubt.c.election_id == bindparam("election_id"),
        doubt.c.desk == bindparam("desk"),
        doubt.c.decided_at.is_not(None),
    )
    .order_by(doubt.c.decided_at.desc())
    .limit(5)
)


class DoubtKind(StrEnum):
    """What the doubt is about; the values are kept."""

    NOT_FOUND = "not_found"
    OTHER_BIRTH_DATE = "other_birth_date"
    """What the voter said is not what the register says."""
    REPLACEMENT_NUMBER = "replacement_number"
    """Her papers carry an erstatningspersonnummer."""
    TOO_YOUNG = "too_young"
    NOT_RESIDENT = "not_resident"
    BEEN_HERE = "been_here"
    """The register says that she was admitted, and she says that she was not."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Raised:
    """A case as a desk raises it: `person_id` is None where nobody was found; `note` holds no CPR number.

    `id` is that of the form that was sent, None where the same case cannot be sent twice.
    """

    desk: str
    kind: DoubtKind
    person_id: str | None
    note: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a case is about."""

    id: str
    name: str = field(repr=False)
    birth_date: date
    protected: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """A case; instants are UTC, `raised_by` is a name. `admit` and `reason` are None and "" until it is decided."""

    id: str
    raised_at: datetime
    raised_by: str
    raised_by_id: str
    desk: str
    kind: DoubtKind
    note: str
    person: Person | None
    person_hash: str | None = field(repr=False)
    decided_at: datetime | None
    admit: bool | None
    reason: str
    channel: Channel | None
    """How she votes who was admitted; None where she was not, where that was taken back, or where it is not kept any more."""
    undone: bool
    """Whether the admission that the supervisor's yes led to was taken back, whatever has come after it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a supervisor decides: `person_id` is whom the case turned out to be about, None where that is nobody."""

    official_id: str
    admit: bool
    reason: str
    person_id: str | None


def add(work: Work, election_id: str, official_id: str, raised: Raised) -> str:
    """Keep a case and answer its id; the caller records it."""
    added = raised.id or str(uuid.uuid4())
    work.connection.execute(
        insert(doubt).values(
            id=added,
            election_id=election_id,
            raised_at=work.now,
            raised_by=official_id,
            desk=raised.desk,
            kind=raised.kind.value,
            person_id=raised.person_id,
            note=raised.note,
        )
    )
    return added


def decide(work: Work, doubt_id: str, decision: Decision) -> bool:
    """Keep a decision; False where another one was kept before."""
    changed = work.connection.execute(
        update(doubt)
        .where(doubt.c.id == doubt_id, doubt.c.decided_at.is_(None))
        .values(
            decided_at=work.now,
            decided_by=decision.official_id,
            admit=decision.admit,
            reason=decision.reason,
            person_id=decision.person_id,
        )
    )
    return changed.rowcount > 0


def find(connection: Connection, election_id: str, doubt_id: str) -> Doubt | None:
    """The case with this id at this election."""
    row = connection.execute(_cases(election_id).where(doubt.c.id == doubt_id)).first()
    return None if row is None else _read(row)


def waiting(connection: Connection, election_id: str) -> tuple[Doubt, ...]:
    """The cases that nobody has decided, oldest first."""
    rows = connection.execute(_cases(election_id).where(doubt.c.decided_at.is_(None)).order_by(doubt.c.raised_at))
    return tuple(_read(row) for row in rows)


def decided(connection: Connection, election_id: str, most: int) -> tuple[Doubt, ...]:
    """The cases decided last, newest first."""
    chosen = _cases(election_id).where(doubt.c.decided_at.is_not(None)).order_by(doubt.c.decided_at.desc()).limit(most)
    return tuple(_read(row) for row in connection.execute(chosen))


def of_desk(connection: Connection, election_id: str, desk: str, most: int) -> tuple[Doubt, ...]:
    """What one desk has raised, newest first."""
    chosen = _cases(election_id).where(doubt.c.desk == desk).order_by(doubt.c.raised_at.desc()).limit(most)
    return tuple(_read(row) for row in connection.execute(chosen))


def answered(connection: Connection, election_id: str, desk: str) -> tuple[str, ...]:
    """The ids of a desk's cases that were decided last, newest first."""
    return tuple(connection.scalars(_ANSWERED, {"election_id": election_id, "desk": desk}))


def waits_for(connection: Connection, election_id: str, person_id: str) -> str | None:
    """The id of a case about this person that is not decided."""
    return connection.execute(
        select(doubt.c.id).where(
            doubt.c.election_id == election_id, doubt.c.person_id == person_id, doubt.c.decided_at.is_(None)
        )
    ).scalar()


def count_waiting(connection: Connection, election_id: str) -> int:
    """How many cases wait for a supervisor."""
    here = (doubt.c.election_id == election_id, doubt.c.decided_at.is_(None))
    return connection.execute(select(func.count()).select_from(doubt).where(*here)).scalar_one()


def count_decided(connection: Connection, election_id: str) -> dict[tuple[DoubtKind, bool], int]:
    """How many cases were decided, by kind and by whether the voter was admitted."""
    rows = connection.execute(
        select(doubt.c.kind, doubt.c.admit, func.count().label("number"))
        .where(doubt.c.election_id == election_id, doubt.c.decided_at.is_not(None))
        .group_by(doubt.c.kind, doubt.c.admit)
    )
    return {(DoubtKind(row.kind), bool(row.admit)): row.number for row in rows}


def _cases(election_id: str) -> Select[Any]:
    # Decision and admission are one transaction, so that the instant tells this admission from a later one of the person.
    undone = exists().where(
        admission_undone.c.election_id == doubt.c.election_id,
        admission_undone.c.person_id == doubt.c.person_id,
        admission_undone.c.admitted_at == doubt.c.decided_at,
    )
    return (
        select(
            doubt,
            staff.c.name.label("official"),
            register_person.c.name.label("person_name"),
            register_person.c.birth_date,
            register_person.c.protected,
            register_person.c.cpr_hash,
            admission.c.channel,
            undone.label("undone"),
        )
        .join(staff, staff.c.id == doubt.c.raised_by)
        .join(register_person, register_person.c.id == doubt.c.person_id, isouter=True)
        .join(
            admission,
            (admission.c.election_id == doubt.c.election_id) & (admission.c.person_id == doubt.c.person_id),
            isouter=True,
        )
        .where(doubt.c.election_id == election_id)
    )


def _read(row: Row[Any]) -> Doubt:
    person = None
    if row.person_id is not None:
        person = Person(row.person_id, row.person_name, row.birth_date, row.protected)
    return Doubt(
        id=row.id,
        raised_at=row.raised_at,
        raised_by=row.official,
        raised_by_id=row.raised_by,
        desk=row.desk,
        kind=DoubtKind(row.kind),
        note=row.note,
        person=person,
        person_hash=row.cpr_hash,
        decided_at=row.decided_at,
        admit=row.admit,
        reason=row.reason or "",
        channel=Channel(row.channel) if row.admit and row.channel and not row.undone else None,
        undone=bool(row.admit and row.undone),
    )
