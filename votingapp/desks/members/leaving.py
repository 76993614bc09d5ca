"""A member leaves: two officials enter why and since when, and from the next day on her seat is free."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.council import Answer, SeatKind
from tally.deadlines import copenhagen_day
from tally.succession import unexplained_too_often
from tally.tenure import ONE_DAY
from tally.vacancy import Cause
from votingapp.store import absences, complaints, rulings, seats, tenures, vacancies

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.seats import Seat, Tenure
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_MAY_BE_AHEAD = frozenset({Cause.RESIGNED, Cause.MOVED_AWAY})
"""What is told beforehand; nobody is entered as dead or absent on a day to come."""


class Refusal(StrEnum):
    """Why a seat does not become free."""

    NO_SUCH_SEAT = "no_such_seat"
    NOBODY_SITS = "nobody_sits"
    """Nobody sits there, or she is leaving already."""
    BEFORE_HER_TIME = "before_her_time"
    BEGUN = "begun"
    """Her time has begun: who gives the seat up now resigns, and the days on which she sat stay hers."""
    AFTER_THE_TERM = "after_the_term"
    """The last day of the term, or a later one: nothing becomes free."""
    AHEAD = "ahead"
    """A day to come, for a cause that is only known once it has happened."""
    APPOINTED = "appointed"
    """The byråd did appoint her, or has not said yet."""
    NOT_ANNULLED = "not_annulled"
    """No decision on a complaint has set her election aside."""
    NEVER_SAT = "never_sat"
    """Only who sits can stay away."""
    TOO_FEW_ABSENCES = "too_few_absences"
    """Not so many unexplained absences by that day as the rule set asks for, or it asks for none."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Why, the last day on which she sits, and how that is known; the day says nothing where she never sat."""

    cause: Cause
    left_on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Left:
    """The seat is free after her last day; `vacancy_id` names its case."""

    vacancy_id: str


def leave(
    store: Store, election: Election, number: int, leaving: Leaving, signed_by: tuple[Staff, Staff]
) -> Left | Refusal:
    """Let the member on a seat leave it, or let it be free of one whom the count gave it to and who never sat.

    ValueError where one official signs alone.
    """
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("who leaves is entered by two")

    def act(work: Work) -> Left | Refusal:
        seat = next((one for one in seats.every(work.connection, election.id) if one.place.number == number), None)
        if seat is None:
            return Refusal.NO_SUCH_SEAT
        held = tenures.latest(work.connection, election.id, seat)
        left_on = _last_day(work, election, seat, held, leaving)
        if isinstance(left_on, Refusal):
            return left_on
        tenure_id = None if held is None else held.id
        if tenure_id is not None:
            tenures.end(work, tenure_id, left_on)
        left = (leaving.cause, left_on)
        made = vacancies.add(work, election.id, seat.id, tenure_id, left, leaving.evidence, signed_by)
        work.record(
            election.id,
            official.login,
            "member_left",
            vacancy=made,
            seat=number,
            candidate=seat.given_to if held is None else held.candidate,
            left_on=left_on.isoformat(),
            second=second.login,
        )
        return Left(made)

    return store.write(act)


def _last_day(work: Work, election: Election, seat: Seat, held: Tenure | None, leaving: Leaving) -> date | Refusal:
    if leaving.cause is Cause.ANNULLED and not _is_annulled(work.connection, election, seat, held):
        return Refusal.NOT_ANNULLED
    if held is None:
        return _never_sat(work.connection, election, seat, leaving.cause)
    if held.until_on is not None:
        return Refusal.NOBODY_SITS
    if leaving.cause is Cause.WITHDREW:
        return Refusal.BEGUN if copenhagen_day(work.now) >= held.from_on else held.from_on - ONE_DAY
    day = leaving.left_on
    checks = (
        (leaving.cause is Cause.NOT_APPOINTED, Refusal.APPOINTED),
        (day < held.from_on, Refusal.BEFORE_HER_TIME),
        (day >= election.rules.election.term_end, Refusal.AFTER_THE_TERM),
        (day > copenhagen_day(work.now) and leaving.cause not in _MAY_BE_AHEAD, Refusal.AHEAD),
        (leaving.cause is Cause.ABSENT and not _too_often(work, election, held, day), Refusal.TOO_FEW_ABSENCES),
    )
    return next((refusal for stands, refusal in checks if stands), day)


def _never_sat(connection: Connection, election: Election, seat: Seat, cause: Cause) -> date | Refusal:
    """The seat of one who was elected and never entered is free from the first day of the term."""
    known = [one for one in vacancies.every(connection, election.id) if one.seat_id == seat.id]
    if seat.place.kind is not SeatKind.ELECTED or seat.given_to is None or known:
        return Refusal.NOBODY_SITS
    if cause is Cause.ABSENT:
        return Refusal.NEVER_SAT
    answered = rulings.of_candidates(connection, election.id).get(seat.given_to)
    if cause is Cause.NOT_APPOINTED and answered is not Answer.NOT_APPOINTED:
        return Refusal.APPOINTED
    return election.rules.election.term_start - ONE_DAY


def _is_annulled(connection: Connection, election: Election, seat: Seat, held: Tenure | None) -> bool:
    candidate = seat.given_to if held is None else held.candidate
    return candidate is not None and candidate in complaints.set_aside(connection, election.id)


def _too_often(work: Work, election: Election, held: Tenure, day: date) -> bool:
    known = absences.of_tenure(work.connection, election.id, held.id)
    return unexplained_too_often(
        (one.excused for one in known if one.met_on <= day), election.rules.succession.absences
    )
