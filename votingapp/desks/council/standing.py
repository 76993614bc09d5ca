"""How the council stands: what the election came to, each seat, who is proposed for it, and what the byråd said of her."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.council import Answer, Place, SeatKind, elected_places, examine_council
from votingapp.store import ballot_paper, complaints, counts, no_vote, poll_decisions, rulings, seats, vacancies

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from tally.allocation import Allocation
    from tally.council import Finding
    from votingapp.store.counts import Outcome
    from votingapp.store.elections import Election
    from votingapp.store.rulings import Ruling
    from votingapp.store.seats import Seat


class Lacking(StrEnum):
    """Why there is nothing to put together."""

    NO_RESULT = "no_result"
    LOTS = "lots"
    ANNULLED = "annulled"


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Who is elected is not known, or the election does not stand; nothing was kept."""

    why: Lacking


@dataclass(frozen=True, slots=True)
class Result:
    """What the election came to; `outcome` is None where no vote was held."""

    allocation: Allocation
    names: dict[str, str]
    outcome: Outcome | None


class Stand(StrEnum):
    """How it stands with a seat."""

    VACANT = "vacant"
    WAITING = "waiting"
    """Somebody is proposed, and the byråd has not answered."""
    RETURNED = "returned"
    NOT_APPOINTED = "not_appointed"
    SITTING = "sitting"
    """Somebody was appointed; whoever sits there later is the register of members' matter."""
    ELSEWHERE = "elsewhere"
    """The one to whom the count gave it left it, or a complaint took it from her: the register of members finds the next."""

    @property
    def may_be_ruled(self) -> bool:
        """Whether the byråd can answer about the one who is proposed."""
        return self in {Stand.WAITING, Stand.RETURNED, Stand.NOT_APPOINTED}


@dataclass(frozen=True, slots=True)
class Line:
    """One seat as it stands; `seat` is None before the council is put together, `since` the first day of who was appointed."""

    place: Place
    stand: Stand
    seat: Seat | None = None
    ruling: Ruling | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Council:
    """The whole council as it stands, and what is not as the rules would have it."""

    result: Result
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    composed: bool

    @property
    def places(self) -> tuple[Place, ...]:
        """The seats alone."""
        return tuple(line.place for line in self.lines)

    @property
    def asked(self) -> tuple[Line, ...]:
        """The seats about which the byråd can answer."""
        return tuple(line for line in self.lines if line.seat is not None and line.stand.may_be_ruled)


def result_of(connection: Connection, election: Election) -> Result | NotKnown:
    """What the election came to, with a vote or without."""
    if poll_decisions.annulled(connection, election.id):
        return NotKnown(Lacking.ANNULLED)
    without = no_vote.outcome(connection, election)
    if without is not None:
        return Result(without.allocation, without.names, None)
    outcome = counts.outcome(connection, election)
    if outcome is None:
        return NotKnown(Lacking.NO_RESULT)
    if outcome.allocation.status == "lots_required":
        return NotKnown(Lacking.LOTS)
    names = {line.id: line.label for line in ballot_paper.lines(connection, election.id)}
    return Result(outcome.allocation, names, outcome)


def council_of(connection: Connection, election: Election) -> Council | NotKnown:
    """The council as it is kept, or as the count and the rules propose it before anybody has put it together."""
    result = result_of(connection, election)
    if isinstance(result, NotKnown):
        return result
    kept = seats.every(connection, election.id)
    lines = _kept(connection, election, kept) if kept else _proposed(connection, election, result)
    findings = examine_council(election.rules.council, tuple(line.place for line in lines))
    return Council(result, lines, findings, composed=bool(kept))


def given(election: Election, result: Result) -> tuple[Place, ...]:
    """The seats of the election as the count gave them."""
    return elected_places(election.rules.seats, result.allocation, result.names)


def standing_of(connection: Connection, election: Election, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The same, but vacant where a complaint set the winner aside: her substitute enters later (KRVL § 96)."""
    taken = set(complaints.set_aside(connection, election.id))
    return tuple(replace(one, candidate=None, name="") if one.candidate in taken else one for one in places)


def _proposed(connection: Connection, election: Election, result: Result) -> tuple[Line, ...]:
    places = list(standing_of(connection, election, given(election, result)))
    for category in election.rules.council.categories:
        for _ in range(category.seats):
            places.append(Place(len(places) + 1, category.name, SeatKind(category.filled_by)))
    return tuple(Line(place, Stand.VACANT if place.is_vacant else Stand.WAITING) for place in places)


def _kept(connection: Connection, election: Election, kept: tuple[Seat, ...]) -> tuple[Line, ...]:
    ruled = rulings.newest(connection, election.id)
    began = {one.seat_id: one.from_on for one in reversed(seats.tenures(connection, election.id))}
    left = {one.seat_id for one in vacancies.every(connection, election.id) if one.tenure_id is None}
    taken = set(complaints.set_aside(connection, election.id))
    lines = []
    for one in kept:
        elsewhere = one.id in left or one.given_to in taken
        stand = _stand(one, ruled.get(one.id), sits=one.id in began, elsewhere=elsewhere)
        place = replace(one.place, candidate=None, name="") if stand is Stand.ELSEWHERE else one.place
        lines.append(Line(place, stand, one, ruled.get(one.id), began.get(one.id)))
    return tuple(lines)


def _stand(seat: Seat, ruling: Ruling | None, *, sits: bool, elsewhere: bool) -> Stand:
    if sits:
        return Stand.SITTING
    if elsewhere:
        return Stand.ELSEWHERE
    if seat.place.is_vacant:
        return Stand.VACANT
    if ruling is None or (ruling.candidate, ruling.name) != (seat.place.candidate, seat.place.name):
        return Stand.WAITING
    return Stand.NOT_APPOINTED if ruling.answer is Answer.NOT_APPOINTED else Stand.RETURNED
