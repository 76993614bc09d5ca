"""A free seat takes a step: the next of the list is proposed with the evidence, approved, says yes or no, or it stays vacant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.council import SeatKind
from tally.deadlines import copenhagen_day
from tally.succession import EarlierFirst, LotNeeded, Next, Nobody, OrderNeeded, propose
from tally.tenure import Sitting, clash
from tally.vacancy import TWO_SIGN, Progress, Step
from votingapp.store import complaints, seats, substitutes, tenures, vacancies
from votingapp.store.vacancies import Said

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from tally.succession import Proposal
    from votingapp.store.elections import Election
    from votingapp.store.seats import Seat
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work
    from votingapp.store.vacancies import Vacancy

ENTERED_HERE = frozenset(Step) - {Step.UNABLE}
"""That somebody cannot enter is told of her as a substitute, once for all seats."""


class Refusal(StrEnum):
    """Why nothing was kept."""

    NO_SUCH_CASE = "no_such_case"
    CHANGED = "changed"
    """Another step was taken since the page was shown, or this one cannot follow."""
    AHEAD = "ahead"
    """A day to come."""
    OUT_OF_ORDER = "out_of_order"
    """A day before that of the step before."""
    TOO_EARLY = "too_early"
    """She cannot enter before the seat is free, the term begins, and she was approved and said yes."""
    AFTER_THE_TERM = "after_the_term"
    SET_ASIDE = "set_aside"
    """A decision on a complaint has set the election of whoever sat there aside, and stands: she does not keep the seat."""
    SOMEBODY_LEFT = "somebody_left"
    """Somebody is left on the list, or may come back to it: the seat is not vacant for good."""


@dataclass(frozen=True, slots=True)
class Wished:
    """The step as it was entered: the day it happened, the words, and the first day of the one who enters by it.

    `seen` is how many steps stood on the page. `proposed` is whom it named as the next of the list, "" for nobody: another
    case, or a word about a substitute, may have put somebody else there since, whom the two have not seen. None asks nothing.
    """

    step: Step
    day: date
    words: str
    seen: int
    enters_on: date | None = None
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The step is kept, and so far has the seat come."""

    progress: Progress


Outcome = Taken | Refusal | Nobody | LotNeeded | OrderNeeded | EarlierFirst


def take_step(
    store: Store, election: Election, vacancy_id: str, wished: Wished, signed_by: tuple[Staff, Staff | None]
) -> Outcome:
    """Take the next step of a free seat; ValueError where one official alone decides what two must."""
    official, second = signed_by
    if wished.step in TWO_SIGN and (second is None or second.id == official.id):
        raise ValueError("what decides a seat is entered by two")
    if wished.step not in ENTERED_HERE:
        raise ValueError("that somebody cannot enter is told of her as a substitute")

    def act(work: Work) -> Outcome:
        kept = vacancies.find(work.connection, election.id, vacancy_id)
        if kept is None:
            return Refusal.NO_SUCH_CASE
        seat = next(one for one in seats.every(work.connection, election.id) if one.id == kept.seat_id)
        refusal = _refusal(work, seat, kept, wished)
        if refusal is not None:
            return refusal
        return _take(work, election, seat, kept, wished, signed_by)

    return store.write(act)


def next_of(connection: Connection, election: Election, seat: Seat, kept: Vacancy) -> Proposal | None:
    """Who is next for a free seat, with the evidence; None where that is not asked now."""
    if seat.place.kind is not SeatKind.ELECTED or kept.course.progress is not Progress.OPEN:
        return None
    term = substitutes.term_of(connection, election)
    return None if term is None else propose(term, seat.place.number)


def may_take(seat: Seat, kept: Vacancy) -> frozenset[Step]:
    """What can be entered of a free seat now; one that the election does not fill is filled by whoever appoints."""
    may = kept.course.may & ENTERED_HERE
    return may if seat.place.kind is SeatKind.ELECTED else may & {Step.WITHDRAWN}


def _refusal(work: Work, seat: Seat, kept: Vacancy, wished: Wished) -> Refusal | None:
    checks = (
        (wished.seen != len(kept.steps) or wished.step not in may_take(seat, kept), Refusal.CHANGED),
        (wished.day > copenhagen_day(work.now), Refusal.AHEAD),
        (bool(kept.steps) and wished.day < kept.steps[-1].day, Refusal.OUT_OF_ORDER),
    )
    return next((refusal for stands, refusal in checks if stands), None)


def _give_back(work: Work, election: Election, seat: Seat, kept: Vacancy) -> Refusal | None:
    """Let whoever left keep the seat, unless she never sat or somebody was appointed to it meanwhile."""
    latest = tenures.latest(work.connection, election.id, seat)
    if latest is None or latest.id != kept.tenure_id:
        return None
    if latest.candidate in complaints.set_aside(work.connection, election.id):
        return Refusal.SET_ASIDE
    tenures.take_up_again(work, latest.id)
    return None


def _take(
    work: Work, election: Election, seat: Seat, kept: Vacancy, wished: Wished, signed_by: tuple[Staff, Staff | None]
) -> Outcome:
    found = _found(work.connection, election, seat, kept, wished)
    if not isinstance(found, _Found):
        return found
    course = kept.course.after(wished.step)
    if course.progress is Progress.FILLED:
        refusal = _enter(work, election, seat, kept, wished)
        if refusal is not None:
            return refusal
    if wished.step is Step.WITHDRAWN:
        refusal = _give_back(work, election, seat, kept)
        if refusal is not None:
            return refusal
    step = (wished.step, found.candidate, wished.day)
    vacancies.take(work, election.id, kept, step, found.said, signed_by)
    official, second = signed_by
    work.record(
        election.id,
        official.login,
        "vacancy_step",
        vacancy=kept.id,
        seat=seat.place.number,
        step=wished.step.value,
        candidate=found.candidate,
        day=wished.day.isoformat(),
        second=None if second is None else second.login,
    )
    return Taken(course.progress)


@dataclass(frozen=True, slots=True)
class _Found:
    """Whom the step is about, None for nobody, and what is sealed beside it."""

    candidate: str | None
    said: Said


def _found(
    connection: Connection, election: Election, seat: Seat, kept: Vacancy, wished: Wished
) -> _Found | Refusal | Nobody | LotNeeded | OrderNeeded | EarlierFirst:
    """Whom a step is about; where somebody is to be proposed, or the seat left vacant, what the certified list says."""
    if wished.step not in {Step.PROPOSED, Step.LEFT_VACANT}:
        return _Found(kept.asked, Said(wished.words))
    match next_of(connection, election, seat, kept), wished.step:
        case Next(candidate, _, _, _), Step.PROPOSED if wished.proposed not in {None, candidate}:
            return Refusal.CHANGED
        case Next(candidate, rank, _, passed), Step.PROPOSED:
            return _Found(candidate, Said(wished.words, rank, passed))
        case Nobody(_, passed) as nobody, Step.LEFT_VACANT if nobody.is_final:
            return _Found(None, Said(wished.words, None, passed))
        case (None | Next(), _) | (_, Step.LEFT_VACANT):
            return Refusal.SOMEBODY_LEFT
        case held_back, _:
            return held_back


def _enter(work: Work, election: Election, seat: Seat, kept: Vacancy, wished: Wished) -> Refusal | None:
    """Let the one who was approved and said yes sit from her first day on."""
    term = election.rules.election
    first_day = wished.enters_on or max(kept.free_from, term.term_start, wished.day)
    if first_day < max(kept.free_from, term.term_start, wished.day):
        return Refusal.TOO_EARLY
    if first_day > term.term_end:
        return Refusal.AFTER_THE_TERM
    candidate = kept.asked or ""
    name = substitutes.names(work.connection, election.id)[candidate]
    entering = Sitting(seat.place.number, candidate, name, first_day)
    if clash(tenures.sittings(work.connection, election.id), entering) is not None:
        return Refusal.CHANGED  # the byråd appointed somebody to the seat meanwhile
    tenures.enter(work, election.id, seat, entering)
    return None
