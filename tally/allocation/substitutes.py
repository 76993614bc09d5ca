"""Those who were not elected stand ready, on one list or each for a member of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tally.allocation.answer import SubstituteMember
from tally.allocation.proceedings import vote_levels
from tally.rules import OPEN_SEAT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tally.allocation.counts import CandidateCount, People, Tiers
    from tally.allocation.proceedings import Proceedings
    from tally.allocation.seats import Seated


def rank_substitutes(seated: Seated, proceedings: Proceedings) -> tuple[SubstituteMember, ...]:
    """Return the ranked list ([substitutes] model = "ranked"): all not elected, most votes first.

    A member on an open seat is replaced by the first of the list, one on a reserved seat by the first of the group.
    So tied people are ordered among all when an open seat is held, else only within a group that holds a seat.
    """
    substitutes: list[SubstituteMember] = []
    for tied in vote_levels(seated.rest):
        ahead = {person.id: place for rivals in _rivals(tied, seated) for person, place in _places(rivals, proceedings)}
        before = len(substitutes)
        level = [_listed(person, 1 + before + ahead.get(person.id, 0)) for person in tied]
        substitutes += sorted(level, key=lambda substitute: substitute.rank)
    return tuple(substitutes)


def _rivals(tied: People, seated: Seated) -> Iterator[People]:
    """Yield the parts of `tied` within which people may come to compete for the same seat."""
    held = set(seated.seats.values())
    if OPEN_SEAT in held:
        yield tied
        return
    for group in dict.fromkeys(person.group for person in tied):
        if group in held:
            yield tuple(person for person in tied if person.group == group)


def _places(rivals: People, proceedings: Proceedings) -> Iterator[tuple[CandidateCount, int]]:
    """Yield each rival with the number of rivals known to come before."""
    ahead = 0
    for tied in proceedings.levels(rivals):
        for tier in proceedings.order(tied, "substitute"):
            yield from ((person, ahead) for person in tier)
            ahead += len(tier)


def _listed(person: CandidateCount, rank: int) -> SubstituteMember:
    return SubstituteMember(rank, person.id, person.received, person.group, None)


def pair_substitutes(
    seated: Seated, per_member: int, proceedings: Proceedings
) -> tuple[tuple[SubstituteMember, ...], Tiers]:
    """Return the dealing ([substitutes] model = "paired") and the members in the order in which they were dealt to.

    The not elected, most votes first, are dealt to the members by rank, one round at a time. Both orders matter as
    far as somebody is dealt: a tie that starts after the last one dealt, or the last member dealt to, is left alone.
    """
    dealt = min(len(seated.rest), per_member * len(seated.members))
    members = _dealing_order(seated.members, dealt, proceedings)
    waiting = _dealing_order(seated.rest, dealt, proceedings)
    round_order = [member for tier in members for member in tier]
    queue = [person for tier in waiting for person in tier][:dealt]
    substitutes = tuple(
        SubstituteMember(turn + 1, person.id, person.received, person.group, round_order[turn % len(round_order)].id)
        for turn, person in enumerate(queue)
    )
    return substitutes, members


def _dealing_order(people: People, dealt: int, proceedings: Proceedings) -> Tiers:
    tiers: list[People] = []
    before = 0
    for tied in proceedings.levels(people):
        tiers += proceedings.order(tied, "pairing") if before < dealt else (tied,)
        before += len(tied)
    return tuple(tiers)
