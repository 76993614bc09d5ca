"""Dates and times as people in a Danish town hall write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_LOCAL = ZoneInfo("Europe/Copenhagen")

_DANISH = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def danish_date(day: date) -> str:
    """Write a date in Danish: `23. november 2021`."""
    return f"{day.day}. {_DANISH[day.month - 1]} {day.year}"


def english_date(day: date) -> str:
    """Write a date in English: `23 November 2021`."""
    return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"


def danish_instant(instant: datetime) -> str:
    """Write an aware instant in Danish local time: `23. november 2021 kl. 17.00`."""
    local = instant.astimezone(_LOCAL)
    return f"{danish_date(local)} kl. {local:%H.%M}"
