"""Admissions (fremmøde): each person once, when and at which desk, and one slip counted as issued for it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from ballots.admission import Admitted
from votingapp.store.tables.admissions import admission, admission_undone
from votingapp.store.tables.urn import urn

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.sql.elements import ColumnElement

    from votingapp.store.unit_of_work import Work


class Channel(StrEnum):
    """How an admitted person votes."""

    SLIP = "slip"
    PAPER = "paper"
    """With a ballot of paper (papirstemmeseddel), counted by hand."""


def find(connection: Connection, election_id: str, person_id: str) -> Admitted | None:
    """When and where a person was admitted, or None."""
    row = connection.execute(
        select(admission.c.admitted_at, admission.c.desk).where(
            admission.c.election_id == election_id, admission.c.person_id == person_id
        )
    ).first()
    return None if row is None else Admitted(row.admitted_at, row.desk)


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
    return _count(connection, (admission.c.election_id == election_id) & (admission.c.channel == channel.value))


def last_number(connection: Connection, election_id: str) -> int:
    """The number of the newest admission (kvitteringsnummer), 0 before the first; one that was undone keeps its number."""
    used = (
        connection.execute(select(func.max(table.c.number)).where(table.c.election_id == election_id)).scalar()
        for table in (admission, admission_undone)
    )
    return max(number or 0 for number in used)


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(admission).where(condition)).scalar_one()
