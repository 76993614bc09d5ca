"""Admissions (fremmøde): each person once, when and at which desk, and one slip counted as issued for it."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, union_all, update

from ballots.admission import Admitted
from votingapp.store.tables.admissions import admission, admission_count, admission_undone
from votingapp.store.tables.register import register_person
from votingapp.store.tables.urn import urn

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select
    from sqlalchemy.sql.elements import ColumnElement

    from votingapp.store.unit_of_work import Work


class Channel(StrEnum):
    """How an admitted person votes."""

    SLIP = "slip"
    PAPER = "paper"
    """With a ballot of paper (papirstemmeseddel), counted by hand."""


@dataclass(frozen=True, slots=True)
class Attended:
    """An admission as its own desk and the board may see it; `number` is its receipt (kvitteringsnummer), `at` is UTC.

    `channel` is None once the poll is closed: nothing says any more how a person voted (`fold_channels`).
    """

    number: int
    person_id: str
    name: str = field(repr=False)
    protected: bool
    roll_number: int
    at: datetime
    desk: str
    channel: Channel | None
    from_printed_roll: bool


# Asked for each voter: put together once, for that takes longer than the answer.
_OF_PERSON = select(admission.c.admitted_at, admission.c.desk).where(
    admission.c.election_id == bindparam("election_id"), admission.c.person_id == bindparam("person_id")
)
_NUMBERS = union_all(
    *(
        select(func.max(table.c.number).label("number")).where(table.c.election_id == bindparam("election_id"))
        for table in (admission, admission_undone)
    )
).subquery()
_LAST_NUMBER = select(func.coalesce(func.max(_NUMBERS.c.number), 0))
_ATTENDED = select(
    admission,
    register_person.c.name,
    register_person.c.protected,
    register_person.c.roll_number,
).join(register_person, register_person.c.id == admission.c.person_id)


def find(connection: Connection, election_id: str, person_id: str) -> Admitted | None:
    """When and where a person was admitted, or None."""
    row = connection.execute(_OF_PERSON, {"election_id": election_id, "person_id": person_id}).first()
    return None if row is None else Admitted(row.admitted_at, row.desk)


def find_number(connection: Connection, election_id: str, number: int) -> Attended | None:
    """The admission with this number; None where there is none, or where it was taken back."""
    here = (admission.c.election_id == election_id, admission.c.number == number)
    row = connection.execute(_ATTENDED.where(*here)).first()
    return None if row is None else _read(row)


def of_persons(connection: Connection, election_id: str, person_ids: Collection[str]) -> dict[str, Attended]:
    """The admissions of these persons, by row id."""
    here = (admission.c.election_id == election_id, admission.c.person_id.in_(person_ids))
    return {row.person_id: _read(row) for row in connection.execute(_ATTENDED.where(*here))}


def latest_at_desk(connection: Connection, election_id: str, desk: str, most: int) -> tuple[Attended, ...]:
    """The last persons admitted at one desk, newest first."""
    here = (admission.c.election_id == election_id, admission.c.desk == desk)
    rows = connection.execute(_ATTENDED.where(*here).order_by(admission.c.number.desc()).limit(most))
    return tuple(_read(row) for row in rows)


def add(
    work: Work,
    election_id: str,
    person_id: str,
    *,
    desk: str,
    official_id: str,
    declaration: str | None,
    channel: Channel = Channel.SLIP,
    from_printed_roll: bool = False,
) -> Admitted:
    """Keep an admission under the next number.

    `declaration` is the id of the text the person agreed to just now, None where none is asked; `from_printed_roll`
    tells that she was admitted on paper while the house was out of reach, and keyed in now.
    """
    work.connection.execute(
        insert(admission).values(
            election_id=election_id,
            person_id=person_id,
            admitted_at=work.now,
            desk=desk,
            admitted_by=official_id,
            declaration_text=declaration,
            declared_at=None if declaration is None else work.now,
            number=last_number(work.connection, election_id) + 1,
            channel=channel.value,
            from_printed_roll=from_printed_roll,
        )
    )
    return Admitted(work.now, desk)


def hashes_of(connection: Connection, person_ids: Collection[str]) -> tuple[str, ...]:
    """The keyed hashes under which a look at these persons is noted."""
    return tuple(connection.scalars(select(register_person.c.cpr_hash).where(register_person.c.id.in_(person_ids))))


@dataclass(frozen=True, slots=True)
class Undoing:
    """Who takes an admission back with whom (ids of officials), why, and where the slip is: `not_drawn` or `returned`."""

    official_id: str
    second_id: str
    reason: str
    slip: str


def undo(work: Work, election_id: str, taken_back: Attended, undoing: Undoing) -> None:
    """Take an admission back and keep that it was; its number is not used again, and the person may be admitted anew."""
    here = (admission.c.election_id == election_id, admission.c.number == taken_back.number)
    admitted_by = work.connection.execute(select(admission.c.admitted_by).where(*here)).scalar_one()
    work.connection.execute(admission.delete().where(*here))
    work.connection.execute(
        insert(admission_undone).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            person_id=taken_back.person_id,
            number=taken_back.number,
            channel=None if taken_back.channel is None else taken_back.channel.value,
            desk=taken_back.desk,
            admitted_at=taken_back.at,
            admitted_by=admitted_by,
            undone_at=work.now,
            undone_by=undoing.official_id,
            second_id=undoing.second_id,
            reason=undoing.reason,
            slip=undoing.slip,
        )
    )


def issue_slip(connection: Connection, urn_uuid: str) -> None:
    """Count one more slip as handed out: the only thing the booth learns from the desk."""
    connection.execute(update(urn).where(urn.c.uuid == urn_uuid).values(slips_issued=urn.c.slips_issued + 1))


def count(connection: Connection, election_id: str) -> int:
    """How many persons have been admitted."""
    return _count(connection, admission.c.election_id == election_id)


def count_at_desk(connection: Connection, election_id: str, desk: str) -> int:
    """How many persons have been admitted at one desk."""
    return _count(connection, (admission.c.election_id == election_id) & (admission.c.desk == desk))


def count_by(connection: Connection, election_id: str, channel: Channel) -> int:
    """How many persons have been admitted to vote in one way."""
    return sum(number for (_desk, way), number in count_each(connection, election_id).items() if way is channel)


def count_each(connection: Connection, election_id: str) -> dict[tuple[str, Channel], int]:
    """How many persons each desk admitted to vote in each way: those whose rows still say it, and those folded at the close."""
    folded = select(admission_count.c.desk, admission_count.c.channel, admission_count.c.number)
    found: Counter[tuple[str, Channel]] = Counter()
    for counted in (_rows_by_channel(election_id), folded.where(admission_count.c.election_id == election_id)):
        for row in connection.execute(counted):
            found[row.desk, Channel(row.channel)] += row.number
    return dict(found)


def fold_channels(work: Work, election_id: str) -> None:
    """Keep how many voted in which way at each desk, and let no row say any more how a person voted (ADR 19).

    Part of the transaction that closes the poll: with the urn's result, which is public, and the counts a list of who
    had paper would give away the votes of a few. The storage forgets the rows of before when the urn is shaken.
    """
    kept = [
        {"election_id": election_id, "desk": row.desk, "channel": row.channel, "number": row.number}
        for row in work.connection.execute(_rows_by_channel(election_id))
    ]
    if kept:
        work.connection.execute(insert(admission_count), kept)
    for table in (admission, admission_undone):
        work.connection.execute(update(table).where(table.c.election_id == election_id).values(channel=None))


def _rows_by_channel(election_id: str) -> Select[Any]:
    return (
        select(admission.c.desk, admission.c.channel, func.count().label("number"))
        .where(admission.c.election_id == election_id, admission.c.channel.is_not(None))
        .group_by(admission.c.desk, admission.c.channel)
    )


def last_number(connection: Connection, election_id: str) -> int:
    """The number of the newest admission (kvitteringsnummer), 0 before the first; one that was undone keeps its number."""
    return int(connection.execute(_LAST_NUMBER, {"election_id": election_id}).scalar_one())


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(admission).where(condition)).scalar_one()


def _read(row: Row[Any]) -> Attended:
    return Attended(
        number=row.number,
        person_id=row.person_id,
        name=row.name,
        protected=row.protected,
        roll_number=row.roll_number,
        at=row.admitted_at,
        desk=row.desk,
        channel=None if row.channel is None else Channel(row.channel),
        from_printed_roll=row.from_printed_roll,
    )
