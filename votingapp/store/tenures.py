"""Who sat on which seat when, as the house keeps it: a member's time ends, is taken up again, and a substitute's begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import update

from tally.tenure import Sitting
from votingapp.store import seats
from votingapp.store.tables.council import tenure

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.seats import Seat, Tenure
    from votingapp.store.unit_of_work import Work


def sittings(connection: Connection, election_id: str) -> tuple[Sitting, ...]:
    """Everybody's time on the seats of a council, by seat and first day."""
    numbers = {one.id: one.place.number for one in seats.every(connection, election_id)}
    times = (as_sitting(one, numbers[one.seat_id]) for one in seats.tenures(connection, election_id))
    return tuple(sorted(times, key=lambda one: (one.seat, one.from_on)))


def as_sitting(kept: Tenure, number: int) -> Sitting:
    """A tenure as the pure rules read it, with the number of its seat."""
    return Sitting(number, kept.candidate, kept.name, kept.from_on, kept.until_on)


def latest(connection: Connection, election_id: str, seat: Seat) -> Tenure | None:
    """The last who sat on a seat, or is to; None where nobody ever was."""
    times = [one for one in seats.tenures(connection, election_id) if one.seat_id == seat.id]
    # Whoever gave the seat up before her time has the same first day as the one who follows her.
    return max(times, key=lambda one: (one.from_on, one.until_on or date.max), default=None)


def end(work: Work, tenure_id: str, until_on: date) -> None:
    """Let a member's time end with a day, the last on which she sits."""
    work.connection.execute(update(tenure).where(tenure.c.id == tenure_id).values(until_on=until_on))


def take_up_again(work: Work, tenure_id: str) -> None:
    """Let a time that was said to end go on: the seat never became free."""
    work.connection.execute(update(tenure).where(tenure.c.id == tenure_id).values(until_on=None))


def enter(work: Work, election_id: str, seat: Seat, entering: Sitting) -> None:
    """Let a substitute sit on a seat, under her number on the ballot and her name as it is now."""
    seats.sit(work, election_id, seat, entering.candidate, entering.name, entering.from_on)
