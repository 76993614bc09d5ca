"""The seats stand on claims, each of which papers can show: that who sits has more votes than who does not.

After Lindeman, Stark and Yates, "BRAVO: Ballot-polling Risk-limiting Audits to Verify Outcomes" (EVT/WOTE 2012), and
Stark, "Sets of Half-Average Nulls Generate Risk-Limiting Audits: SHANGRLA" (2020). If all claims hold, the seats are
right, of whatever kind each is; for seats that are wrong, one claim at least is false. The order of the substitutes
rests on margins of a vote and is claimed by nobody here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.allocation.seats import open_seats
from tally.rules import OPEN_SEAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tally.allocation import Allocation, CandidateCount, Counts
    from tally.rules import CountingRules


class ClaimKind(StrEnum):
    """What is claimed of a candidate."""

    MORE = "more"
    """More votes than another one, who does not have the seat."""
    LEAST = "least"
    """The fewest votes that the rules ask of a member, or more."""
    BELOW = "below"
    """Fewer than those, where a seat would be free for whoever has them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim (påstand) of the `candidate` with this id; `other` is the id of whom she has more votes than, else ""."""

    kind: ClaimKind
    candidate: str
    other: str = ""


def find_claims(rules: CountingRules, counts: Counts, allocation: Allocation) -> tuple[Claim, ...]:
    """Name what must hold for the seats of an allocation to be right, and no more than that.

    `counts` are those that gave it. Reserved seats first, as they are given; then the open ones; then the fewest votes.
    ValueError while a lot for a seat is to be drawn, or where no vote was held.
    """
    if allocation.status == "uncontested" or any(one.decides == "seat" for one in allocation.lots_required):
        raise ValueError("only seats that a vote has given can be audited")
    return tuple(dict.fromkeys(_claims(rules, counts, {one.id: one.seat for one in allocation.elected})))


def _claims(rules: CountingRules, counts: Counts, seats: dict[str, str]) -> Iterator[Claim]:
    barred = _barred_from_a_free_seat(rules, counts, seats)
    yield from (Claim(ClaimKind.BELOW, one.id) for one in barred)
    rest = [one for one in counts.candidates if one not in barred]  # of more votes than the barred as it is
    for row in rules.seats.reserved:
        group = [one for one in rest if one.group == row.group]
        yield from _pairs(
            [one for one in group if seats.get(one.id) == row.group],
            [one for one in group if seats.get(one.id) != row.group],  # who sits on an open seat is one of them
        )
    yield from _pairs(
        [one for one in rest if seats.get(one.id) == OPEN_SEAT], [one for one in rest if one.id not in seats]
    )
    if rules.substitutes.minimum_votes:
        yield from (Claim(ClaimKind.LEAST, one.id) for one in counts.candidates if one.id in seats)


def _barred_from_a_free_seat(rules: CountingRules, counts: Counts, seats: dict[str, str]) -> tuple[CandidateCount, ...]:
    """Those with too few votes for whom a seat is free, an open one or one of their group: only votes are lacking."""
    held = Counter(seats.values())
    barred = [one for one in counts.candidates if one.received < rules.substitutes.minimum_votes]
    if held[OPEN_SEAT] < open_seats(rules.seats, held.total() - held[OPEN_SEAT]):
        return tuple(barred)
    free = {row.group for row in rules.seats.reserved if held[row.group] < row.seats}
    return tuple(one for one in barred if one.group in free)


def _pairs(holders: Sequence[CandidateCount], others: Sequence[CandidateCount]) -> Iterator[Claim]:
    for other in others:
        yield from (Claim(ClaimKind.MORE, holder.id, other.id) for holder in holders)
