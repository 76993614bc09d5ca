"""What several lots have said together: who is known to come before whom, and who is still side by side."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tally.allocation.counts import People
    from tally.allocation.lots import Lot

Behind = Mapping[str, frozenset[str]]


def who_is_behind(lots: Sequence[Lot]) -> Behind:
    """Return for each id that was drawn all ids known to come after it.

    Between two people the latest lot with both of them counts; and who comes before the one comes before those
    after that one too.
    """
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for lot in lots:
        pairs |= {frozenset(pair): pair for pair in combinations(lot.order, 2)}
    behind: dict[str, set[str]] = {person: set() for lot in lots for person in lot.order}
    for first, later in pairs.values():
        behind[first].add(later)
    for between, further in behind.items():
        for others in behind.values():
            if between in others:
                others.update(further)
    return {person: frozenset(others) for person, others in behind.items()}


def parted(tied: People, behind: Behind) -> Iterator[People]:
    """Cut tied people into parts, wherever everybody before the cut is known to come before everybody after it.

    Inside a part of more than one somebody else may always come first, or be among the first so many: it is by
    parts, then, that a tie is seen to matter or not.
    """
    ahead = {one.id: sum(one.id in behind.get(other.id, ()) for other in tied) for one in tied}
    in_order = sorted(tied, key=lambda one: ahead[one.id])
    part: list[str] = []
    for place, one in enumerate(in_order, 1):
        part.append(one.id)
        after = frozenset(later.id for later in in_order[place:])
        if all(after <= behind.get(first, frozenset()) for first in part):
            yield tuple(person for person in tied if person.id in part)
            part = []
