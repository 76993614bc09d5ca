"""Personal data goes when nobody can contest the election any more: KRVL § 106 as a model, GDPR art. 5(1)(e)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.deadlines import is_over

if TYPE_CHECKING:
    from datetime import date, datetime


class Hindrance(StrEnum):
    """What must happen before the roll, the check-ins, the declarations and the refused nominations are deleted."""

    DELETED = "deleted"
    POLL_NOT_OVER = "poll_not_over"
    RECORD_NOT_SIGNED = "record_not_signed"
    RECORD_OUTDATED = "record_outdated"
    """The record does not tell that the election was annulled, and none could be drawn up any more."""
    COMPLAINTS_IN_TIME = "complaints_in_time"
    COMPLAINT_OPEN = "complaint_open"
    APPEALS_IN_TIME = "appeals_in_time"
    NOT_RULED = "not_ruled"


@dataclass(frozen=True, slots=True)
class RetentionFacts:
    """What is known when two want to delete. `poll_over`: closed, annulled, or decided that no vote is held.

    `complaints_until` and `appeals_until` are the last days of those who may still come; the latter is None where no complaint
    was decided. `record_outdated`: the election was annulled since the record was drawn up. `ruled` tells that the byråd has
    answered for everybody elected, or that nobody is.
    """

    now: datetime
    deleted: bool
    poll_over: bool
    record_signed: bool
    complaints_until: date
    open_complaints: int
    appeals_until: date | None
    ruled: bool
    record_outdated: bool = False


def may_delete(facts: RetentionFacts) -> tuple[Hindrance, ...]:
    """Name everything that is waited for; none means the data has no purpose left and goes."""
    if facts.deleted:
        return (Hindrance.DELETED,)
    waiting = (
        (not facts.poll_over, Hindrance.POLL_NOT_OVER),
        (not facts.record_signed, Hindrance.RECORD_NOT_SIGNED),
        (facts.record_outdated, Hindrance.RECORD_OUTDATED),
        (not is_over(facts.complaints_until, facts.now), Hindrance.COMPLAINTS_IN_TIME),
        (facts.open_complaints > 0, Hindrance.COMPLAINT_OPEN),
        (facts.appeals_until is not None and not is_over(facts.appeals_until, facts.now), Hindrance.APPEALS_IN_TIME),
        (not facts.ruled, Hindrance.NOT_RULED),
    )
    return tuple(hindrance for stands, hindrance in waiting if stands)
