"""The count and the rules are laid side by side, and every seat is filled, waits for a lot, or stays vacant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from candidates.clauses import BadInput
from tally.allocation.answer import Allocation, ElectedMember
from tally.allocation.course import AllElected, Barred, GroupsUnknown, SeatsVacant, SubjectToCouncil, SubstitutesFound
from tally.allocation.proceedings import Proceedings, vote_levels
from tally.allocation.seats import give_seats, open_seats
from tally.allocation.substitutes import pair_substitutes, rank_substitutes
from tally.allocation.wording import danish
from tally.rules import OPEN_SEAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tally.allocation.answer import SubstituteMember
    from tally.allocation.counts import Counts, People, Tiers
    from tally.allocation.lots import Lot
    from tally.allocation.seats import Seated
    from tally.rules import CountingRules, SeatRules


def allocate(rules: CountingRules, counts: Counts, lots: Sequence[Lot] = ()) -> Allocation:
    """Give seats and substitutes by the rules ([seats], [substitutes]).

    `lots` are all lots drawn so far; call again with more while the status is "lots_required". BadInput for a lot
    that no tie asks for, and where no vote was held although there are more candidates than seats they can take.
    """
    proceedings = Proceedings(lots)
    give = _by_votes if counts.held else _all_elected
    allocation = give(rules, counts, proceedings)
    proceedings.refuse_unused_lots(counts.candidates)
    return allocation


def _by_votes(rules: CountingRules, counts: Counts, proceedings: Proceedings) -> Allocation:
    unknown = _in_unknown_groups(rules.seats, counts)
    if unknown:
        proceedings.note(GroupsUnknown(unknown))
    seated = give_seats(rules.seats, _not_barred(rules, counts, proceedings), proceedings)
    unsettled = {member.id for member in seated.members if proceedings.is_doubtful(member)}
    substitutes, order = _substitutes(rules, seated, proceedings)
    elected = tuple(member for member in _elected(seated, order) if member.id not in unsettled)
    vacant = rules.seats.total - len(seated.members)
    if proceedings.demands:
        substitutes = ()
    else:
        model, per_member = rules.substitutes.model, rules.substitutes.per_member
        proceedings.note(SubstitutesFound(model, per_member, substitutes))
    _close(vacant, proceedings)
    return Allocation(
        status="lots_required" if proceedings.demands else "complete",
        elected=elected,
        vacant=vacant,
        substitutes=substitutes,
        lots_required=tuple(proceedings.demands),
        steps=tuple(map(danish, proceedings.course)),
        course=tuple(proceedings.course),
    )


def _in_unknown_groups(rules: SeatRules, counts: Counts) -> People:
    """Return those of groups that the rules do not know: a misspelt one must be seen, for it costs a seat."""
    known = {None, *(row.group for row in rules.reserved)}
    return tuple(candidate for candidate in counts.candidates if rules.reserved and candidate.group not in known)


def _not_barred(rules: CountingRules, counts: Counts, proceedings: Proceedings) -> People:
    least = rules.substitutes.minimum_votes
    barred = tuple(candidate for candidate in counts.candidates if candidate.received < least)
    if barred:
        proceedings.note(Barred(least, barred))
    return tuple(candidate for candidate in counts.candidates if candidate.received >= least)


def _substitutes(
    rules: CountingRules, seated: Seated, proceedings: Proceedings
) -> tuple[tuple[SubstituteMember, ...], Tiers]:
    if rules.substitutes.model == "paired":
        return pair_substitutes(seated, rules.substitutes.per_member, proceedings)
    # On a ranked list no rule asks who of two members came first, so equal votes share a rank.
    return rank_substitutes(seated, proceedings), vote_levels(seated.members)


def _elected(seated: Seated, order: Tiers) -> tuple[ElectedMember, ...]:
    elected: list[ElectedMember] = []
    for tier in order:
        rank = len(elected) + 1
        elected += [ElectedMember(rank, member.id, member.votes, seated.seats[member.id]) for member in tier]
    return tuple(elected)


def _all_elected(rules: CountingRules, counts: Counts, proceedings: Proceedings) -> Allocation:
    """Elect everybody, in ballot order, where no vote was held because there is a seat for each (fredsvalg)."""
    seats = _seats_without_vote(rules.seats, counts)
    elected = tuple(
        ElectedMember(rank, candidate.id, None, seats[candidate.id])
        for rank, candidate in enumerate(counts.candidates, 1)
    )
    vacant = rules.seats.total - len(elected)
    proceedings.note(AllElected(counts.candidates))
    _close(vacant, proceedings)
    course = tuple(proceedings.course)
    return Allocation("uncontested", elected, vacant, (), (), tuple(map(danish, course)), course)


def _seats_without_vote(rules: SeatRules, counts: Counts) -> dict[str, str]:
    seats: dict[str, str] = {}
    for row in rules.reserved:
        group = [candidate for candidate in counts.candidates if candidate.group == row.group]
        seats |= {candidate.id: row.group for candidate in group[: row.seats]}
    left = [candidate for candidate in counts.candidates if candidate.id not in seats]
    if len(left) > open_seats(rules, len(seats)):
        raise BadInput("candidates", "there are more than the seats they can take, so a vote must be held")
    return seats | {candidate.id: OPEN_SEAT for candidate in left}


def _close(vacant: int, proceedings: Proceedings) -> None:
    if vacant:
        proceedings.note(SeatsVacant(vacant))
    proceedings.note(SubjectToCouncil())
