"""While seats are given, the election board notes each step and learns which lots it must draw."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from candidates.clauses import BadInput
from tally.allocation.answer import LotDemand
from tally.allocation.course import LotFell, LotWanted
from tally.allocation.drawn_order import parted, who_is_behind
from tally.allocation.lots import check_lots

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tally.allocation.answer import Decides
    from tally.allocation.counts import CandidateCount, People, Tiers
    from tally.allocation.course import Step
    from tally.allocation.lots import Lot


def vote_levels(candidates: Iterable[CandidateCount]) -> Tiers:
    """Return the candidates by votes, most first; those with equal votes are one tier."""
    by_votes = sorted(candidates, key=lambda candidate: -candidate.received)
    return tuple(tuple(tied) for _, tied in groupby(by_votes, key=lambda candidate: candidate.received))


def in_drawn_order(tied: People, lot: Lot) -> People:
    """Return tied people in the order in which the lot among them came out."""
    by_id = {candidate.id: candidate for candidate in tied}
    return tuple(by_id[drawn] for drawn in lot.order)


class Proceedings:
    """The course of one allocation: the lots that are given, those still wanted, and the steps taken (`course`).

    A tie may have to wait for another one's lot: while it is open who takes the last reserved seat, it is open who
    is left to compete for the open ones. `doubtful` are the sets of people whose places are open in that way.
    """

    def __init__(self, lots: Sequence[Lot]) -> None:
        check_lots(lots)
        self.demands: list[LotDemand] = []
        self.course: list[Step] = []
        self._given = {frozenset(lot.among): lot for lot in lots}
        self._lots = tuple(lots)
        self._applied: list[Lot] = []
        self._doubtful: list[frozenset[str]] = []

    def note(self, step: Step) -> None:
        """Write down one step."""
        self.course.append(step)

    def is_doubtful(self, candidate: CandidateCount) -> bool:
        """Whether a lot that is still wanted may change what has so far been settled about the candidate."""
        return any(candidate.id in people for people in self._doubtful)

    def levels(self, people: Iterable[CandidateCount]) -> Tiers:
        """Return people by votes, most first, and those with equal votes apart where lots drawn so far part them."""
        behind = who_is_behind(self._applied)
        return tuple(part for tied in vote_levels(people) for part in parted(tied, behind))

    def order(self, tied: People, decides: Decides) -> Tiers:
        """Order one of the `levels`, because its order changes an outcome: one by one if a lot says so, else one tier.

        Where no such lot is given it is demanded, unless it depends on another lot who these people are.
        """
        people = frozenset(candidate.id for candidate in tied)
        if len(people) == 1 or self._awaits_another(people):
            return (tied,)
        lot = self._draw(tied, people, decides)
        if lot is None:
            return (tied,)
        return tuple((candidate,) for candidate in in_drawn_order(tied, lot))

    def _awaits_another(self, people: frozenset[str]) -> bool:
        """Whether an open lot settles these people too, or may exchange some of them for others."""
        if any(people <= frozenset(demand.among) for demand in self.demands):
            return True
        mixed = [doubt for doubt in self._doubtful if doubt & people and doubt - people]
        if mixed:
            self._doubtful.append(people.union(*mixed))
        return bool(mixed)

    def _draw(self, tied: People, people: frozenset[str], decides: Decides) -> Lot | None:
        lot = self._given.pop(people, None)
        if lot is None:
            self.demands.append(LotDemand(tuple(candidate.id for candidate in tied), decides))
            self._doubtful.append(people)
            self.note(LotWanted(tied, decides))
        else:
            self._applied.append(lot)
            self.note(LotFell(tied, in_drawn_order(tied, lot), decides))
        return lot

    def refuse_unused_lots(self, candidates: People) -> None:
        """Raise BadInput for a given lot that no tie has asked for."""
        received = {candidate.id: candidate.votes for candidate in candidates}
        for number, lot in enumerate(self._lots):
            if frozenset(lot.among) in self._given:
                raise BadInput(f"lots[{number}] among", _why_unused(lot, received))


def _why_unused(lot: Lot, received: dict[str, int | None]) -> str:
    strangers = [person for person in lot.among if person not in received]
    if strangers:
        return f"{strangers[0]!r} is no candidate's id"
    if len({received[person] for person in lot.among}) > 1:
        return "these candidates are not tied"
    return "no lot is asked for among these candidates"
