"""A rule is understood at its border: who is just old enough, and who is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from candidates.eligibility import turns


@dataclass(frozen=True, slots=True)
class AgeBorder:
    """The latest birth date with which one may stand, and the next day, with which one may not."""

    old_enough: date
    too_young: date


def age_border(election_day: date, minimum_age: int) -> AgeBorder:
    """Find the border for an age in whole years on election day, also where 29 February plays a part."""
    latest = date(election_day.year - minimum_age, election_day.month, 1) + timedelta(days=31)
    while turns(latest, minimum_age) > election_day:
        latest -= timedelta(days=1)
    return AgeBorder(latest, latest + timedelta(days=1))
