"""Where there is a seat for every candidate, the body that answers for the election may decide that no vote is held."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from candidates.clauses import BadInput
from tally.allocation import CandidateCount, Counts, allocate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tally.allocation import Allocation
    from tally.rules import CountingRules


class UncontestedObstacle(StrEnum):
    """What stands in the way of deciding that no vote is held (fredsvalg)."""

    BALLOT_FIXED = "ballot_fixed"
    """The ballot is frozen, or the decision was taken already."""
    NOMINATIONS_OPEN = "nominations_open"
    """Somebody can still come forward or mend her nomination."""
    UNDECIDED = "undecided"
    TOO_MANY = "too_many"
    """There are more candidates than seats they can take, reserved seats as the rules say."""
    NAMES_ALIKE = "names_alike"
    LOT_NOT_DRAWN = "lot_not_drawn"
    """The rules order the candidates by lot, and nothing else may settle who of a group takes its reserved seats."""


@dataclass(frozen=True, slots=True)
class UncontestedFacts:
    """What is known when it is to be decided; `groups` holds the group of each accepted candidate, None for none."""

    ballot_fixed: bool
    nominations_over: bool
    undecided: int
    groups: tuple[str | None, ...]
    names_alike: bool
    order_settled: bool


def may_decide(rules: CountingRules, facts: UncontestedFacts) -> tuple[UncontestedObstacle, ...]:
    """Name every obstacle; none means that everybody who stands can be elected without a vote, nobody at all too."""
    checks = (
        (facts.ballot_fixed, UncontestedObstacle.BALLOT_FIXED),
        (not facts.nominations_over, UncontestedObstacle.NOMINATIONS_OPEN),
        (facts.undecided > 0, UncontestedObstacle.UNDECIDED),
        (not has_seat_for_each(rules, facts.groups), UncontestedObstacle.TOO_MANY),
        (facts.names_alike, UncontestedObstacle.NAMES_ALIKE),
        (not facts.order_settled and len(facts.groups) > 1, UncontestedObstacle.LOT_NOT_DRAWN),
    )
    return tuple(obstacle for stands, obstacle in checks if stands)


def has_seat_for_each(rules: CountingRules, groups: Iterable[str | None]) -> bool:
    """Whether candidates of these groups all find a seat that they can take, as the allocation itself says."""
    people = ((f"c{number}", group) for number, group in enumerate(groups))
    try:
        elect_all(rules, (CandidateCount(one, one, group, None) for one, group in people))
    except BadInput:
        return False
    return True


def elect_all(rules: CountingRules, candidates: Iterable[CandidateCount]) -> Allocation:
    """Elect everybody in ballot order, subject to the council; BadInput where there is no seat for each."""
    return allocate(rules, Counts(tuple(candidates)))
