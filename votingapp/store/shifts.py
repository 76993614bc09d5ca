"""Who took over a desk from whom (vagtskifte), and how many slips the two of them counted in its box."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from votingapp.store.tables.staff import staff
from votingapp.store.tables.station import shift

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Handover:
    """A desk changes hands: the officials are ids, `outgoing_id` is None where she had left already.

    `counted` are the slips found in the box, `expected` how many the account said there should be at that moment.
    """

    desk: str
    outgoing_id: str | None
    incoming_id: str
    counted: int
    expected: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A handover that was kept, with the officials' names."""

    at: datetime
    desk: str
    outgoing: str | None
    incoming: str
    outgoing_id: str | None
    incoming_id: str
    counted: int | None
    expected: int | None

    @property
    def difference(self) -> int:
        """Counted less expected; 0 where nothing was counted."""
        return 0 if self.counted is None or self.expected is None else self.counted - self.expected


def hand_over(work: Work, election_id: str, handover: Handover) -> None:
    """Keep a handover; the caller records it."""
    last = select(func.max(shift.c.number)).where(shift.c.election_id == election_id)
    number = (work.connection.execute(last).scalar() or 0) + 1
    work.connection.execute(
        insert(shift).values(
            number=number,
            id=str(uuid.uuid4()),
            election_id=election_id,
            desk=handover.desk,
            at=work.now,
            outgoing_id=handover.outgoing_id,
            incoming_id=handover.incoming_id,
            slips_counted=handover.counted,
            slips_expected=handover.expected,
        )
    )


def every(connection: Connection, election_id: str) -> tuple[Shift, ...]:
    """All handovers, newest first."""
    went, came = staff.alias("went"), staff.alias("came")
    rows = connection.execute(
        select(shift, went.c.name.label("outgoing"), came.c.name.label("incoming"))
        .join(went, went.c.id == shift.c.outgoing_id, isouter=True)
        .join(came, came.c.id == shift.c.incoming_id)
        .where(shift.c.election_id == election_id)
        .order_by(shift.c.number.desc())
    )
    return tuple(_read(row) for row in rows)


def last_at(connection: Connection, election_id: str, desk: str) -> Shift | None:
    """The newest handover at a desk."""
    return next((one for one in every(connection, election_id) if one.desk == desk), None)


def _read(row: Row[Any]) -> Shift:
    return Shift(
        at=row.at,
        desk=row.desk,
        outgoing=row.outgoing,
        incoming=row.incoming,
        outgoing_id=row.outgoing_id,
        incoming_id=row.incoming_id,
        counted=row.slips_counted,
        expected=row.slips_expected,
    )
