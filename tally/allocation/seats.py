"""Reserved seats are filled first, each group's by its own candidates; the open seats by the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.allocation.course import Contender, OpenGiven, ReservedGiven
from tally.rules import OPEN_SEAT

if TYPE_CHECKING:
    from tally.allocation.counts import CandidateCount, People
    from tally.allocation.course import Fate
    from tally.allocation.proceedings import Proceedings
    from tally.rules import SeatRules


@dataclass(frozen=True, slots=True)
class Seated:
    """The people who have a seat and which (`seats`: id to "open" or group), and those `rest` who have none.

    Both stand in ballot order. Where a lot is still wanted the seats are provisional.
    """

    members: People
    seats: dict[str, str]
    rest: People


def open_seats(rules: SeatRules, filled_reserved: int) -> int:
    """Return how many seats everyone left may compete for, given how many reserved ones were filled."""
    reserved = sum(row.seats for row in rules.reserved)
    return rules.total - (filled_reserved if rules.unfilled == "open" else reserved)


def give_seats(rules: SeatRules, candidates: People, proceedings: Proceedings) -> Seated:
    """Give the reserved seats, then the open ones, to those with most votes ([seats]); `candidates` in ballot order."""
    seats: dict[str, str] = {}
    for row in rules.reserved:
        group = tuple(candidate for candidate in candidates if candidate.group == row.group)
        winners = _most_votes(group, row.seats, proceedings)
        seats |= {winner.id: row.group for winner in winners}
        contenders = _fates(group, winners, proceedings)
        proceedings.note(ReservedGiven(row.group, row.seats, len(winners), contenders))
    number = open_seats(rules, len(seats))
    left = tuple(candidate for candidate in candidates if candidate.id not in seats)
    winners = _most_votes(left, number, proceedings)
    rivals = tuple(one for one in candidates if one.id not in seats or proceedings.is_doubtful(one))
    seats |= {winner.id: OPEN_SEAT for winner in winners}
    proceedings.note(OpenGiven(number, len(winners), _fates(rivals, winners, proceedings)))
    return Seated(
        members=tuple(candidate for candidate in candidates if candidate.id in seats),
        seats=seats,
        rest=tuple(candidate for candidate in candidates if candidate.id not in seats),
    )


def _most_votes(contenders: People, number: int, proceedings: Proceedings) -> People:
    """Return the `number` contenders with most votes; those tied for the last of the seats draw lots for it."""
    winners: list[CandidateCount] = []
    for tied in proceedings.levels(contenders):
        room = number - len(winners)
        if room <= 0:
            break
        tiers = (tied,) if len(tied) <= room else proceedings.order(tied, "seat")
        winners += [candidate for tier in tiers for candidate in tier][:room]
    return tuple(winners)


def _fates(contenders: People, winners: People, proceedings: Proceedings) -> tuple[Contender, ...]:
    """Say of each contender, most votes first, what came of it; who waits for a lot has neither won nor lost."""
    won = {winner.id for winner in winners}
    fates: list[Contender] = []
    for tier in proceedings.levels(contenders):
        for one in tier:
            settled: Fate = "seated" if one.id in won else "none"
            fates.append(Contender(one, "lot" if proceedings.is_doubtful(one) else settled))
    return tuple(fates)
