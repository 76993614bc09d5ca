"""The council is put together: the election's seats from the count, the others with whoever is proposed for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tally.council import Place, SeatKind, examine_council
from votingapp.desks.council.standing import NotKnown, Stand, council_of, given, standing_of
from votingapp.store import seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tally.council import Finding
    from votingapp.desks.council.standing import Council, Line
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_FIXED = {Stand.SITTING, Stand.ELSEWHERE}
"""Seats that are not put together anew: somebody was appointed, or the register of members has them."""


@dataclass(frozen=True, slots=True)
class Other:
    """A seat that the election does not fill: its number (None for a new one), what it is, and who is proposed, "" for nobody."""

    number: int | None
    category: str
    kind: SeatKind
    name: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The council is kept; what is told of its size stays told."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Nothing was kept: the rules do not allow such a council."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """Nothing was kept: the byråd has ruled of a seat that would be changed or taken away."""


Outcome = Composed | Forbidden | Ruled | NotKnown


def compose(store: Store, official: Staff, election: Election, others: Sequence[Other]) -> Outcome:
    """Put the council together; the elected stand in it by the count, and nobody types them."""

    def act(work: Work) -> Outcome:
        council = council_of(work.connection, election)
        if isinstance(council, NotKnown):
            return council
        counted = given(election, council.result)
        elected = _keep_fixed(council, standing_of(work.connection, election, counted))
        places = (*elected, *_numbered(council, others, len(elected)))
        if any(finding.fault.forbids for finding in examine_council(election.rules.council, places)):
            return Forbidden(examine_council(election.rules.council, places))
        if _disturbs(council, places):
            return Ruled()
        fixed = [line.seat.id for line in council.lines if line.seat is not None and _is_ruled(line)]
        seats.compose(work, election.id, places, fixed, {one.number: one.candidate for one in counted})
        work.record(
            election.id,
            official.login,
            "council_composed",
            seats=[{"number": one.number, "kind": one.kind, "candidate": one.candidate} for one in places],
            vacant=sum(one.is_vacant for one in places),
        )
        return Composed(examine_council(election.rules.council, places))

    return store.write(act)


def _keep_fixed(council: Council, elected: Sequence[Place]) -> tuple[Place, ...]:
    there = {line.place.number: line for line in council.lines if line.stand in _FIXED}
    return tuple(there[one.number].place if one.number in there else one for one in elected)


def _numbered(council: Council, others: Sequence[Other], elected: int) -> tuple[Place, ...]:
    """The other seats under the numbers they have, and new ones after the last."""
    known = {line.place.number for line in council.lines if line.place.number > elected}
    last = max([elected, *known])
    places: dict[int, Place] = {}
    for other in others:
        number = other.number
        if number is None or number not in known or number in places:
            last += 1
            number = last
        places[number] = Place(number, other.category, other.kind, name=other.name)
    return tuple(places[number] for number in sorted(places))


def _disturbs(council: Council, places: Sequence[Place]) -> bool:
    """Whether a seat that the byråd ruled of would become another one or go, or somebody who sits would be another."""
    there = {place.number: place for place in places}
    for line in council.lines:
        if line.seat is None or not _is_ruled(line):
            continue
        new = there.get(line.place.number)
        if new is None or replace(new, name="", candidate=None) != replace(line.place, name="", candidate=None):
            return True
        if line.stand in _FIXED and new != line.place:
            return True
    return False


def _is_ruled(line: Line) -> bool:
    return line.ruling is not None or line.stand in _FIXED
