"""A free seat goes its way step by step: somebody is proposed, approved and says yes, or the next is; or it stays vacant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Cause(StrEnum):
    """Why a seat became free."""

    RESIGNED = "resigned"
    MOVED_AWAY = "moved_away"
    """No longer resident in the municipality (integrationsloven § 42(3); KRVL § 104)."""
    DIED = "died"
    ABSENT = "absent"
    """Stayed away without a reason, as often as the rule set says (Køge, forretningsorden § 2(4): two meetings)."""
    WITHDREW = "withdrew"
    """Gave the seat up before her time began."""
    NOT_APPOINTED = "not_appointed"
    """The municipal council (byråd) did not appoint her."""
    ANNULLED = "annulled"
    """Her election was annulled after a complaint: her substitute enters (KRVL § 96)."""


class Step(StrEnum):
    """What can happen to a free seat, each with a day and words of its own."""

    PROPOSED = "proposed"
    """The next substitute (suppleant) by the certified list, with the evidence."""
    POSTPONED = "postponed"
    """The item was put off, as where the council was not quorate; any number of times."""
    APPROVED = "approved"
    REFUSED = "refused"
    """She was not approved: the next is proposed."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNABLE = "unable"
    """She cannot enter: moved away, died, or sits in the council in another way."""
    LEFT_VACANT = "left_vacant"
    """Nobody is left on the list: the seat stays vacant for the rest of the term."""
    WITHDRAWN = "withdrawn"
    """The seat never became free, as where an absence was excused afterwards: its member stays."""


class Progress(StrEnum):
    """Where a free seat stands."""

    OPEN = "open"
    """Somebody is to be proposed."""
    PROPOSED = "proposed"
    FILLED = "filled"
    VACANT = "vacant"
    WITHDRAWN = "withdrawn"


_ENDS = {Step.LEFT_VACANT: Progress.VACANT, Step.WITHDRAWN: Progress.WITHDRAWN}
_BACK = frozenset({Step.REFUSED, Step.DECLINED, Step.UNABLE})
"""After these somebody else is to be proposed."""

TWO_SIGN = frozenset(Step) - {Step.POSTPONED}
"""Whatever gives a seat, or takes a place on the list, is entered by one and confirmed by another."""


@dataclass(frozen=True, slots=True)
class Course:
    """How far a free seat has come; `approved` and `accepted` are of whoever is proposed now."""

    progress: Progress = Progress.OPEN
    approved: bool = False
    accepted: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.progress not in {Progress.OPEN, Progress.PROPOSED}

    @property
    def may(self) -> frozenset[Step]:
        """What can happen next.

        Approval and answer come in either order: some municipalities ask her first, others the council (Kalundborg).
        Until the seat is hers she may still say no.
        """
        if self.progress is Progress.OPEN:
            return frozenset({Step.PROPOSED, Step.LEFT_VACANT, Step.WITHDRAWN})
        if self.is_over:
            return frozenset()
        always = {Step.DECLINED, Step.UNABLE, Step.WITHDRAWN}
        if not self.approved:
            always |= {Step.POSTPONED, Step.APPROVED, Step.REFUSED}
        return frozenset(always if self.accepted else always | {Step.ACCEPTED})

    def after(self, step: Step) -> Course:
        """Where it stands after a step; ValueError for one that cannot happen now."""
        if step not in self.may:
            raise ValueError(f"{step} cannot follow here")
        if step in _ENDS:
            return Course(_ENDS[step])
        if step in _BACK:
            return Course()
        approved = step is Step.APPROVED or self.approved
        accepted = step is Step.ACCEPTED or self.accepted
        progress = Progress.FILLED if approved and accepted else Progress.PROPOSED
        return Course(progress, approved, accepted)


def course_of(steps: Iterable[Step]) -> Course:
    """Where a seat stands after all its steps, oldest first."""
    course = Course()
    for step in steps:
        course = course.after(step)
    return course
