"""Whoever finds the election wrong may complain until the same weekday of the next week, and everything final waits for that.

A complaint (valgklage) is in time to the end of its last day (KRVL § 93 by analogy: "senest ugedagen efter
valgdagen"). A day is a day of the Copenhagen clock, of 23, 24 or 25 hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from candidates.clauses import COPENHAGEN


def complaints_end(election_day: date, days: int, *decided_at: datetime | None) -> date:
    """The last day on which a complaint is in time: `days` (>= 1) whole days after `election_day`.

    `decided_at` are the instants at which it was decided that no vote is held or that it does not stand; None for no such
    decision. Where that was before election day the date that the adopted rules promised stays: nobody loses time she
    was promised. A later decision starts the days anew, for until then there was nothing to complain of.
    """
    begins = [election_day, *(copenhagen_day(one) for one in decided_at if one is not None)]
    return max(begins) + timedelta(days=days)


def appeals_end(decided_on: date, appeal_days: int) -> date:
    """The last day on which the decision on a complaint can be brought before another authority (påklages).

    `[complaints] appeal_days` (>= 0) whole days after the day on which it was decided; 0 where the rules give no such time.
    """
    return decided_on + timedelta(days=appeal_days)


def ends_at(last_day: date) -> datetime:
    """The first instant (UTC) that is no longer within `last_day`: 23:59:59.999999 is in time, the midnight after is late."""
    return datetime.combine(last_day + timedelta(days=1), time.min, COPENHAGEN).astimezone(UTC)


def is_over(last_day: date, now: datetime) -> bool:
    """Whether a last day has ended at the aware instant `now`; what waits for it may happen from then on."""
    return now >= ends_at(last_day)


def copenhagen_day(at: datetime) -> date:
    """The day on the Copenhagen clock at an aware instant."""
    return at.astimezone(COPENHAGEN).date()
