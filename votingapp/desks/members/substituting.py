"""A substitute can no longer enter: she moved away, died, asked to be taken off the list, or sits in the council otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.deadlines import copenhagen_day
from tally.succession import Reason, Told
from tally.vacancy import Step
from votingapp.store import substitutes, vacancies
from votingapp.store.vacancies import Said

if TYPE_CHECKING:
    from datetime import date

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

REASONS = (Reason.MOVED_AWAY, Reason.DIED, Reason.WITHDREW, Reason.ENGAGED)
"""What is entered of a substitute by hand."""


class Refusal(StrEnum):
    """Why nothing was kept."""

    NO_SUCH_SUBSTITUTE = "no_such_substitute"
    AHEAD = "ahead"
    KNOWN = "known"
    """The same is known of her already."""


@dataclass(frozen=True, slots=True)
class NotedOf:
    """It is kept; `free_again` is the case of a seat for which she was proposed, and for which the next is to be proposed."""

    free_again: str | None


def note_substitute(
    store: Store,
    election: Election,
    candidate: str,
    reason: Reason,
    day: date,
    evidence: str,
    signed_by: tuple[Staff, Staff],
) -> NotedOf | Refusal:
    """Keep why a substitute can no longer enter, since a day; ValueError for one official alone, or for another reason."""
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("who is taken off the list is entered by two")
    if reason not in REASONS:
        raise ValueError(f"{reason} follows from the list, and is not entered")

    def act(work: Work) -> NotedOf | Refusal:
        allocation = substitutes.allocation_of(work.connection, election)
        if allocation is None or candidate not in {one.id for one in allocation.substitutes}:
            return Refusal.NO_SUCH_SUBSTITUTE
        if day > copenhagen_day(work.now):
            return Refusal.AHEAD
        told = Told(candidate, reason, day)
        if any(
            (one.candidate, one.reason) == (candidate, reason)
            for one in substitutes.told_of_all(work.connection, election.id)
        ):
            return Refusal.KNOWN
        substitutes.note(work, election.id, told, evidence, signed_by)
        asked = next((one for one in vacancies.every(work.connection, election.id) if one.asked == candidate), None)
        if asked is not None:
            today = copenhagen_day(work.now)
            vacancies.take(work, election.id, asked, (Step.UNABLE, candidate, today), Said(""), signed_by)
        work.record(
            election.id,
            official.login,
            "substitute_noted",
            candidate=candidate,
            day=day.isoformat(),
            vacancy=None if asked is None else asked.id,
            second=second.login,
        )
        return NotedOf(None if asked is None else asked.id)

    return store.write(act)
