"""What the pages of the register show; whoever sees what was written of a person leaves a note that she looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.council import SeatKind
from tally.deadlines import copenhagen_day
from tally.succession import unexplained_too_often
from tally.tenure import holder
from votingapp.desks.members.asking import told_of
from votingapp.desks.members.stepping import may_take, next_of
from votingapp.documents.seat_history import history_of
from votingapp.store import absences, looks, seats, substitutes, tenures, vacancies
from votingapp.store.looks import What

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from tally.allocation import SubstituteMember
    from tally.succession import Proposal, Term
    from tally.succession import Told as Known
    from tally.tenure import Sitting
    from tally.vacancy import Step
    from votingapp.documents.seat_history import History
    from votingapp.store.absences import Absence
    from votingapp.store.elections import Election
    from votingapp.store.seats import Seat, Tenure
    from votingapp.store.staff import Staff
    from votingapp.store.told import Told
    from votingapp.store.unit_of_work import Store, Work
    from votingapp.store.vacancies import Said, Vacancy


@dataclass(frozen=True, slots=True)
class Place:
    """A seat on the list, who sits there today (None: nobody), and its case where it is becoming or is free."""

    seat: Seat
    sitting: Sitting | None
    case: Vacancy | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A substitute on the certified list; `told` is what is known of her, `sitting` her time as a member."""

    listed: SubstituteMember
    told: tuple[Known, ...]
    sitting: Sitting | None


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register as of `today`; `members` is how many sit today, `fewest` how few the council may be.

    `appointed` is whether anybody was ever appointed.
    """

    today: date
    appointed: bool
    places: tuple[Place, ...]
    waiting: tuple[Waiting, ...]
    names: dict[str, str]
    members: int
    fewest: int
    history: History | None


@dataclass(frozen=True, slots=True)
class SeatPage:
    """One seat: everybody who sat there, the last of them, what she missed, and the cases of the seat."""

    seat: Seat
    times: tuple[Sitting, ...]
    latest: Tenure | None
    missed: tuple[tuple[Absence, str], ...]
    too_often: bool
    cases: tuple[Vacancy, ...]
    may_leave: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case of a free seat: what was written at its opening and at each step, who is next, and what can happen now."""

    seat: Seat
    case: Vacancy
    evidence: str
    said: tuple[Said, ...]
    proposal: Proposal | None
    may: frozenset[Step]
    names: dict[str, str]
    who_left: str
    may_ask: bool
    asked: Told | None


@dataclass(frozen=True, slots=True)
class SubstitutePage:
    """One substitute and what is known of her, with the evidence that was entered."""

    waiting: Waiting
    name: str
    evidence: tuple[tuple[date, str], ...]


def register(store: Store, election: Election) -> Register:
    """The register as it stands."""
    with store.reading() as connection:
        today = copenhagen_day(store.clock())
        shown = max(today, election.rules.election.term_start)
        kept = seats.every(connection, election.id)
        times = tenures.sittings(connection, election.id)
        elected = {one.id for one in kept if one.place.kind is SeatKind.ELECTED}
        free = (one for one in vacancies.every(connection, election.id) if not one.course.is_over)
        open_cases = {one.seat_id: one for one in free if one.seat_id in elected}
        places = tuple(Place(one, holder(times, one.place.number, shown), open_cases.get(one.id)) for one in kept)
        return Register(
            today=today,
            appointed=bool(times),
            places=places,
            waiting=_waiting(connection, election),
            names=substitutes.names(connection, election.id),
            members=sum(one.sitting is not None for one in places),
            fewest=election.rules.council.least,
            history=history_of(connection, election, today, for_everybody=False),
        )


def seat_page(store: Store, official: Staff, election: Election, number: int) -> SeatPage | None:
    """A seat with what its members missed; None where there is none. A look at its member."""

    def look(work: Work) -> SeatPage | None:
        connection = work.connection
        seat = next((one for one in seats.every(connection, election.id) if one.place.number == number), None)
        if seat is None:
            return None
        latest = tenures.latest(connection, election.id, seat)
        known = () if latest is None else absences.of_tenure(connection, election.id, latest.id)
        notes = tuple((one, absences.note_of(connection, work.vault, election.id, one.id)) for one in known)
        _note(work, election, official, None if latest is None else latest.candidate)
        cases = tuple(one for one in vacancies.every(connection, election.id) if one.seat_id == seat.id)
        never = latest is None and seat.given_to is not None and seat.place.kind is SeatKind.ELECTED and not cases
        return SeatPage(
            seat=seat,
            times=tuple(one for one in tenures.sittings(connection, election.id) if one.seat == number),
            latest=latest,
            missed=notes,
            too_often=unexplained_too_often((one.excused for one in known), election.rules.succession.absences),
            cases=cases,
            may_leave=never or (latest is not None and latest.until_on is None),
        )

    return store.write(look)


def case_page(store: Store, official: Staff, election: Election, vacancy_id: str) -> CasePage | None:
    """The case of a free seat; None where there is none. A look at whoever left and whoever is proposed."""

    def look(work: Work) -> CasePage | None:
        connection = work.connection
        case = vacancies.find(connection, election.id, vacancy_id)
        if case is None:
            return None
        seat = next(one for one in seats.every(connection, election.id) if one.id == case.seat_id)
        names = substitutes.names(connection, election.id)
        left = next((one for one in seats.tenures(connection, election.id) if one.id == case.tenure_id), None)
        candidate = seat.given_to if left is None else left.candidate
        _note(work, election, official, candidate, case.asked)
        return CasePage(
            seat=seat,
            case=case,
            evidence=vacancies.evidence_of(connection, work.vault, election.id, case.id),
            said=vacancies.said_at(connection, work.vault, election.id, case.id),
            proposal=next_of(connection, election, seat, case),
            may=may_take(seat, case),
            names=names,
            who_left=names.get(candidate or "", "") if left is None else left.name,
            may_ask=case.asked is not None and not case.course.accepted,
            asked=told_of(work, election, case),
        )

    return store.write(look)


def substitute_page(store: Store, official: Staff, election: Election, candidate: str) -> SubstitutePage | None:
    """One substitute; None where nobody on the list has this id. A look at her."""

    def look(work: Work) -> SubstitutePage | None:
        found = next((one for one in _waiting(work.connection, election) if one.listed.id == candidate), None)
        if found is None:
            return None
        _note(work, election, official, candidate)
        name = substitutes.names(work.connection, election.id)[candidate]
        evidence = substitutes.evidence_of(work.connection, work.vault, election.id, candidate)
        return SubstitutePage(found, name, evidence)

    return store.write(look)


def _waiting(connection: Connection, election: Election) -> tuple[Waiting, ...]:
    term = substitutes.term_of(connection, election)
    return () if term is None else tuple(_standing(term, one) for one in term.substitutes)


def _standing(term: Term, listed: SubstituteMember) -> Waiting:
    told = tuple(one for one in term.told if one.candidate == listed.id)
    return Waiting(listed, told, next((one for one in term.sittings if one.candidate == listed.id), None))


def _note(work: Work, election: Election, official: Staff, *candidates: str | None) -> None:
    """Write down the look, at each of these who stood at the election."""
    for candidate in dict.fromkeys(candidates):
        nomination_id = None if candidate is None else seats.nomination_of(work.connection, election.id, candidate)
        if nomination_id is not None:
            looks.note(work, election.id, official.id, What.MEMBER, nomination_id=nomination_id)
