"""The ballot paper (stemmeseddel): the accepted candidates, and from the freeze on the numbers they stand under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from candidates.ballot_order import BallotEntry
from candidates.nomination import NominationState
from votingapp.store.tables.nominations import nomination

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the frozen ballot paper; `number` counts from 1, `line` is "" where none is needed."""

    number: int
    name: str
    line: str

    @property
    def id(self) -> str:
        """The candidate's id in counts and results."""
        return f"c{self.number}"

    @property
    def label(self) -> str:
        """The candidate as the encrypted question names her."""
        return label(self.name, self.line)


def label(name: str, line: str) -> str:
    """A candidate's name, with the line that tells her from another of almost the same name."""
    return f"{name} ({line})" if line else name


def accepted(connection: Connection, election_id: str) -> tuple[BallotEntry, ...]:
    """Everybody who stands, in no order that means anything."""
    rows = connection.execute(
        select(nomination).where(
            nomination.c.election_id == election_id, nomination.c.state == NominationState.ACCEPTED.value
        )
    )
    return tuple(BallotEntry(row.receipt, row.name, row.distinguishing_line or "") for row in rows)


def undecided(connection: Connection, election_id: str) -> int:
    """How many nominations nobody has decided on."""
    found = connection.execute(
        select(func.count())
        .select_from(nomination)
        .where(nomination.c.election_id == election_id, nomination.c.state == NominationState.SUBMITTED.value)
    )
    return found.scalar_one()


def number(connection: Connection, election_id: str, ordered: Sequence[BallotEntry]) -> None:
    """Fix the order: the first candidate gets number 1."""
    for place, entry in enumerate(ordered, start=1):
        here = (nomination.c.election_id == election_id) & (nomination.c.receipt == entry.receipt)
        connection.execute(update(nomination).where(here).values(ballot_number=place))


def lines(connection: Connection, election_id: str) -> tuple[Line, ...]:
    """The frozen ballot paper in its order; nobody before the freeze."""
    rows = connection.execute(
        select(nomination)
        .where(nomination.c.election_id == election_id, nomination.c.ballot_number.is_not(None))
        .order_by(nomination.c.ballot_number)
    )
    return tuple(Line(row.ballot_number, row.name, row.distinguishing_line or "") for row in rows)
