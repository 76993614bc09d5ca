"""How much time is left is said in words, so that nobody has to reckon; a script only keeps it going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.lists import format_list
from flask_babel import get_locale, ngettext

from candidates.nomination import is_within

if TYPE_CHECKING:
    from datetime import datetime

_SHOWN = 2
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


def time_left(now: datetime, deadline: datetime) -> str:
    """Days and hours, hours and minutes or minutes and seconds to a deadline, in the page's language; "" after it.

    The two largest units that are not zero, rounded down, as `frontend/stand/clock.ts` says it.
    """
    if not is_within(now, deadline):
        return ""
    seconds = max(0, int((deadline - now).total_seconds()))
    days, seconds = divmod(seconds, _DAY)
    hours, seconds = divmod(seconds, _HOUR)
    minutes, seconds = divmod(seconds, _MINUTE)
    said = (
        (days, ngettext("%(num)s dag", "%(num)s dage", days)),
        (hours, ngettext("%(num)s time", "%(num)s timer", hours)),
        (minutes, ngettext("%(num)s minut", "%(num)s minutter", minutes)),
        (seconds, ngettext("%(num)s sekund", "%(num)s sekunder", seconds)),
    )
    told = [words for number, words in said if number]
    return format_list(told[:_SHOWN] or [said[-1][1]], locale=get_locale())
