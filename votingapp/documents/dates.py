"""Dates and times as people in a Danish town hall write them, in each language they are read in."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_LOCALES = {
    "da": Locale("da"),
    "en": Locale("en", "GB"),
    "ar": Locale("ar"),
    "tr": Locale("tr"),
    "pl": Locale("pl"),
    "uk": Locale("uk"),
    "ro": Locale("ro"),
}
_LEVANTINE = Locale("ar", "SY")
_GLUE = {"da": " kl. ", "ar": "، "}


def day_in(language: str, day: date) -> str:
    """Write a date: `23. november 2021`, `23 November 2021`; a language that is not spoken here gets the Danish form.

    The month is a word, since 07/11 is two dates. Digits are Latin in every language, so that a deadline or a receipt
    can be compared. In Arabic the month has both its names, as the United Nations write it: who grew up in Damascus or
    Baghdad calls it otherwise than who grew up in Cairo.
    """
    locale = _LOCALES[_spoken(language)]
    if locale.language != "ar":
        return format_date(day, "long", locale=locale)
    both = (format_date(day, "MMMM", locale=known) for known in (_LEVANTINE, locale))
    return f"{day.day} {'/'.join(both)} {day.year}"


def clock_in(language: str, clock: time, *, seconds: bool = False) -> str:
    """Write a time of day: `17.00` in Danish, `17:00` elsewhere; `seconds` adds them."""
    written = f"{clock:%H:%M:%S}" if seconds else f"{clock:%H:%M}"
    return written.replace(":", ".") if _spoken(language) == "da" else written


def instant_in(language: str, instant: datetime, *, seconds: bool = False) -> str:
    """Write an aware instant in Danish local time: `23. november 2021 kl. 17.00`, `23 November 2021, 17:00`."""
    local = instant.astimezone(COPENHAGEN)
    glue = _GLUE.get(_spoken(language), ", ")
    return f"{day_in(language, local.date())}{glue}{clock_in(language, local.time(), seconds=seconds)}"


def _spoken(language: str) -> str:
    return language if language in _LOCALES else "da"


def danish_date(day: date) -> str:
    """Write a date in Danish: `23. november 2021`."""
    return day_in("da", day)


def english_date(day: date) -> str:
    """Write a date in English: `23 November 2021`."""
    return day_in("en", day)


def danish_instant(instant: datetime) -> str:
    """Write an aware instant in Danish local time: `23. november 2021 kl. 17.00`."""
    return instant_in("da", instant)
