"""Who sat on which seat when, for the whole term (funktionsperiode): each day a seat has one member, or it is vacant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One member's time on a seat: from `from_on` to `until_on`, both days included; None where no end is known.

    `until_on` is the day before `from_on` where she gave the seat up before her time began, and never earlier.
    `candidate` is her id at the count ("c7"), None for a member who was not elected; `name` is as it was written then.
    """

    seat: int
    candidate: str | None
    name: str
    from_on: date
    until_on: date | None = None

    @property
    def sat(self) -> bool:
        """Whether there is a day on which she sat."""
        return self.until_on is None or self.until_on >= self.from_on

    def holds(self, day: date) -> bool:
        """Whether the seat is hers on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def ended_before(self, day: date) -> bool:
        """Whether she has left by a day."""
        return self.until_on is not None and self.until_on < day


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one seat's term, both days included; `sitting` is None where the seat is vacant."""

    from_on: date
    until_on: date
    sitting: Sitting | None


def holder(sittings: Iterable[Sitting], seat: int, day: date) -> Sitting | None:
    """Who sits on a seat on a day; None where it is vacant."""
    return next((one for one in sittings if one.seat == seat and one.holds(day)), None)


def clash(sittings: Iterable[Sitting], new: Sitting) -> Sitting | None:
    """The first time on the same seat that shares a day with a new one: a seat never has two members."""
    return next((one for one in sittings if one.seat == new.seat and _share_a_day(one, new)), None)


def spans(sittings: Iterable[Sitting], seat: int, term_start: date, term_end: date) -> tuple[Span, ...]:
    """The term of one seat without a gap: each member's days, and between them the days on which it was vacant.

    What lies outside the term is left out, and so is whoever never sat.
    """
    found: list[Span] = []
    day = term_start
    for one in sorted((one for one in sittings if one.seat == seat), key=lambda one: one.from_on):
        begins, ends = max(one.from_on, day), min(one.until_on or term_end, term_end)
        if ends < begins:
            continue
        if day < begins:
            found.append(Span(day, begins - ONE_DAY, None))
        found.append(Span(begins, ends, one))
        day = ends + ONE_DAY
    if day <= term_end:
        found.append(Span(day, term_end, None))
    return tuple(found)


def as_known_on(sittings: Sequence[Sitting], day: date) -> tuple[Sitting, ...]:
    """The same as everybody may see them on a day: that somebody will leave is not told before she has."""
    return tuple(one if one.until_on is None or one.until_on < day else replace(one, until_on=None) for one in sittings)


def _share_a_day(one: Sitting, other: Sitting) -> bool:
    if not (one.sat and other.sat):
        return False
    return not (one.ended_before(other.from_on) or other.ended_before(one.from_on))
