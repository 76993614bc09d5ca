"""The whole council is put together: seats that the election gave, seats that others fill, and seats that stand empty.

Nobody sits by the count alone: the byråd appoints (udpeger) every member (integrationsloven § 42, subsection 3), and the
limits are those of the rule set's section [council].
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.rules import OPEN_SEAT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tally.allocation import Allocation
    from tally.rules import SeatRules
    from tally.rules_after import CouncilRules

ELECTED_CATEGORY = "Direkte valg"
"""What the seats of the election are called in the table of the council."""


class SeatKind(StrEnum):
    """How a seat is filled."""

    ELECTED = "elected"
    """By the election, subject to the byråd (direkte valg)."""
    APPOINTED = "appointed"
    """By the byråd, on the proposal of an association or a board (udpeget)."""
    BYRAAD = "byraad"
    """By a member of the byråd itself (byrådsmedlem)."""


class Answer(StrEnum):
    """What the byråd answers of one person."""

    APPROVED = "approved"
    """She is appointed (udpeget)."""
    RETURNED = "returned"
    """The matter goes back: the seat stays open and the item is made anew (sendt tilbage)."""
    NOT_APPOINTED = "not_appointed"
    """She is not appointed (ikke udpeget)."""


@dataclass(frozen=True, slots=True)
class Place:
    """One seat (plads) and who is proposed for it; numbers count from 1.

    `group` is the group that an elected seat is reserved for. `candidate` is the count's id (c7) of who was elected,
    None for whoever else is proposed. `name` is "" for a seat that is vacant (vakant).
    """

    number: int
    category: str
    kind: SeatKind
    group: str | None = None
    candidate: str | None = None
    name: str = ""

    @property
    def is_vacant(self) -> bool:
        """Whether nobody is proposed."""
        return not self.name


def elected_places(rules: SeatRules, allocation: Allocation, names: Mapping[str, str]) -> tuple[Place, ...]:
    """The seats of the election: the elected in the order of the answer, then each seat that nobody won.

    `names` are the candidates' labels by id. ValueError while a lot is still to be drawn.
    """
    if allocation.status == "lots_required":
        raise ValueError("a lot is still to be drawn")
    kept = Counter(member.seat for member in allocation.elected)
    vacant: list[str] = []
    if rules.unfilled == "vacant":
        vacant = [row.group for row in rules.reserved for _ in range(row.seats - kept[row.group])]
    vacant += [OPEN_SEAT] * (allocation.vacant - len(vacant))
    filled = [(member.seat, member.id, names[member.id]) for member in allocation.elected]
    return tuple(
        Place(number, ELECTED_CATEGORY, SeatKind.ELECTED, None if seat == OPEN_SEAT else seat, one, name)
        for number, (seat, one, name) in enumerate([*filled, *((seat, None, "") for seat in vacant)], 1)
    )


class Fault(StrEnum):
    """What is not as the rules would have the council."""

    TOO_MANY_SEATS = "too_many_seats"
    CATEGORY_DIFFERS = "category_differs"
    """A category has another number of seats than the rules give it, or is filled in another way, or is none of theirs."""
    TOO_FEW_SEATS = "too_few_seats"
    TOO_FEW_MEMBERS = "too_few_members"
    """There are seats enough, and so many of them vacant that the council has fewer members than the fewest."""

    @property
    def forbids(self) -> bool:
        """Whether such a council is not put together at all; the others are told to those who decide."""
        return self in {Fault.TOO_MANY_SEATS, Fault.CATEGORY_DIFFERS}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, with how many there are and how many there should be; `category` where it is about one."""

    fault: Fault
    there: int
    limit: int
    category: str = ""


def examine_council(rules: CouncilRules, places: Sequence[Place]) -> tuple[Finding, ...]:
    """Hold a council against the limits of [council]; where its categories are named, all seats but the elected are in one."""
    members = sum(not place.is_vacant for place in places)
    found = list(_categories(rules, places))
    if rules.total_max is not None and len(places) > rules.total_max:
        found.append(Finding(Fault.TOO_MANY_SEATS, len(places), rules.total_max))
    if len(places) < rules.least:
        found.append(Finding(Fault.TOO_FEW_SEATS, len(places), rules.least))
    elif members < rules.least:
        found.append(Finding(Fault.TOO_FEW_MEMBERS, members, rules.least))
    return tuple(found)


def _categories(rules: CouncilRules, places: Iterable[Place]) -> Iterable[Finding]:
    if not rules.categories:
        return
    there = Counter((place.category, place.kind.value) for place in places if place.kind is not SeatKind.ELECTED)
    for category in rules.categories:
        number = there.pop((category.name, category.filled_by), 0)
        if number != category.seats:
            yield Finding(Fault.CATEGORY_DIFFERS, number, category.seats, category.name)
    for (name, _kind), number in there.items():
        yield Finding(Fault.CATEGORY_DIFFERS, number, 0, name)


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One line of the table of the council: a category, its seats, and how many of them are vacant."""

    category: str
    kind: SeatKind
    seats: int
    vacant: int


def lines_by_category(places: Iterable[Place]) -> tuple[CategoryLine, ...]:
    """The council as a table, each category once, in the order of its first seat; a reserved group is a category apart."""
    rows: dict[tuple[str, SeatKind], list[Place]] = {}
    for place in places:
        name = f"{place.category}, {place.group}" if place.group else place.category
        rows.setdefault((name, place.kind), []).append(place)
    return tuple(
        CategoryLine(name, kind, len(row), sum(place.is_vacant for place in row)) for (name, kind), row in rows.items()
    )


class Early(StrEnum):
    """Why the byråd's ruling comes early: two officials must say that they know it."""

    RECORD_UNSIGNED = "record_unsigned"
    """The record (valgprotokol) is not signed by all of the board."""
    COMPLAINT_OPEN = "complaint_open"
    """A complaint (valgklage) is not decided, and may change who is elected."""
    COMPLAINTS_RUNNING = "complaints_running"
    """The meeting was held while complaints were still in time (KRVL § 93)."""


def warnings_of(*, met_on: date, complaints_end: date, signed: bool, open_complaint: bool) -> tuple[Early, ...]:
    """What speaks against entering a ruling of a meeting held `met_on`; `complaints_end` is the last day of the complaints."""
    said = (
        (Early.RECORD_UNSIGNED, not signed),
        (Early.COMPLAINT_OPEN, open_complaint),
        (Early.COMPLAINTS_RUNNING, met_on <= complaints_end),
    )
    return tuple(warning for warning, holds in said if holds)


def first_day(term_start: date, met_on: date) -> date:
    """The first day of a member whom the byråd appoints: that of the term, or that of a later meeting."""
    return max(term_start, met_on)
