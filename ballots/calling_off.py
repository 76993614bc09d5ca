"""A poll may be held later than the rules say (udsat), or turn out not to stand (annulleret), when a named body decides so.

Postponing is for before the opening: a poll is only ever moved to a later hour, so that nobody who comes as she was told
comes too late, and whoever fills the years by the new day may vote and stand. Annulling is for every time until the byråd
has appointed the members: there is no way back from it, and a new election is founded anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ballots.poll import PollState
from candidates.clauses import COPENHAGEN

if TYPE_CHECKING:
    from datetime import date, datetime

    from candidates.rules import ElectionRules


class CallingOffObstacle(StrEnum):
    """Why a poll is not postponed, or an election not annulled."""

    ANNULLED = "annulled"
    NO_VOTE = "no_vote"
    """It was decided that no vote is needed: there is none to postpone."""
    OPENED = "opened"
    NOT_LATER = "not_later"
    ALREADY_PAST = "already_past"
    CLOSES_FIRST = "closes_first"
    OTHER_DAY = "other_day"
    """A poll is held on one day: it closes on the day on which it opens."""
    AFTER_TERM = "after_term"
    DECIDED_LATER = "decided_later"
    """The day of the decision has not come."""
    APPOINTED = "appointed"
    """The byråd has appointed members: what was done with the election is not undone here."""


@dataclass(frozen=True, slots=True)
class Poll:
    """How a poll stands when it is called off: its rules in force, how far it has come, and what else was decided."""

    rules: ElectionRules
    state: PollState
    no_vote: bool
    annulled: bool
    appointed: bool


def may_postpone(
    poll: Poll, opens_at: datetime, closes_at: datetime, decided_on: date, now: datetime
) -> CallingOffObstacle | None:
    """What keeps the poll from being held from `opens_at` to `closes_at` instead, None for nothing; all instants are aware."""
    local_opens, local_closes = opens_at.astimezone(COPENHAGEN), closes_at.astimezone(COPENHAGEN)
    return _first(
        (poll.annulled, CallingOffObstacle.ANNULLED),
        (poll.no_vote, CallingOffObstacle.NO_VOTE),
        (poll.state not in {PollState.PREPARING, PollState.FROZEN}, CallingOffObstacle.OPENED),
        (opens_at <= poll.rules.opens_at, CallingOffObstacle.NOT_LATER),
        (opens_at <= now, CallingOffObstacle.ALREADY_PAST),
        (closes_at <= opens_at, CallingOffObstacle.CLOSES_FIRST),
        (local_opens.date() != local_closes.date(), CallingOffObstacle.OTHER_DAY),
        (local_opens.date() > poll.rules.term_end, CallingOffObstacle.AFTER_TERM),
        _decided_later(decided_on, now),
    )


def may_annul(poll: Poll, decided_on: date, now: datetime) -> CallingOffObstacle | None:
    """What keeps the election from being annulled, None for nothing; it may be in any state of the poll."""
    return _first(
        (poll.annulled, CallingOffObstacle.ANNULLED),
        (poll.appointed, CallingOffObstacle.APPOINTED),
        _decided_later(decided_on, now),
    )


_Check = tuple[bool, CallingOffObstacle]


def _decided_later(decided_on: date, now: datetime) -> _Check:
    return decided_on > now.astimezone(COPENHAGEN).date(), CallingOffObstacle.DECIDED_LATER


def _first(*checks: _Check) -> CallingOffObstacle | None:
    return next((obstacle for stands, obstacle in checks if stands), None)
