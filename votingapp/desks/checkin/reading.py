"""What a hand scanner, a camera or a finger puts into the one search field: a poll card, a number on a card, or a name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from candidates.cpr import CprRefusal, parse_cpr

if TYPE_CHECKING:
    from candidates.cpr import Cpr

_OLDEST = 120
"""Years: nobody in the register is older, so that a year of two digits means one of two centuries."""

# A reader may put the code's kind (ISO/IEC 15424) before what it read, and a few letters of its own before and after.
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_TEN_DIGITS = re.compile(r"[A-Za-z]{0,5}([0-9]{10})[A-Za-z]{0,5}")
# A US reader at a Danish keyboard writes + for -, and whatever else stands between digits means nothing.
_NOT_IN_NUMBERS = re.compile(r"[\W_]+")
_CARD = re.compile(r"VK[1I][.,:][0-9\s]{1,12}[.,:](?:\s*[A-Z0-9]){16}", re.IGNORECASE)
_CARD_BEGINS = re.compile(r"VK[1I][.,:]", re.IGNORECASE)
_ROLL_NUMBER = re.compile(r"(?:nr|no|#)[.:\s]*([0-9]{1,9})", re.IGNORECASE)
_DATE_WITH_GLUE = re.compile(r"([0-9]{1,2})[\s.\-+/,]+([0-9]{1,2})[\s.\-+/,]+([0-9]{4}|[0-9]{2})")
_DATE_BY_YEAR = re.compile(r"([0-9]{4})[\-+./]([0-9]{1,2})[\-+./]([0-9]{1,2})")
_DATE_OF_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")


@dataclass(frozen=True, slots=True)
class CardText:
    """The text of a poll card (valgkort)."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RollNumber:
    """A number on the roll (valglistenummer), read off a card whose code cannot be scanned."""

    number: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name or a part of one."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A birth date as a voter says it; `year` has four digits, or two where `short`."""

    day: int
    month: int
    year: int
    short: bool

    def fits(self, birth_date: date) -> bool:
        """Whether it is this day; of a year in two digits, those two."""
        year = birth_date.year % 100 if self.short else birth_date.year
        return (self.day, self.month, self.year) == (birth_date.day, birth_date.month, year)

    def days(self, latest: date) -> tuple[date, ...]:
        """The days it may mean, up to `latest` and no longer ago than a life; none for 31 February."""
        centuries = (2000, 1900, 1800) if self.short else (0,)
        meant = (_day(century + self.year, self.month, self.day) for century in centuries)
        return tuple(one for one in meant if one and one <= latest and latest.year - one.year <= _OLDEST)


Search = CardText | RollNumber | Name


def read_search(typed: str) -> Search | Cpr | CprRefusal | None:
    """What was put into the search field; CprRefusal for digits that are no CPR number, None where there is nothing."""
    text = unicodedata.normalize("NFKC", typed).strip()
    text = _SYMBOLOGY.sub("", text, count=1) if text.startswith("]") else text
    if _CARD_BEGINS.search(text):
        whole = _CARD.search(text)
        return CardText(whole.group() if whole else text)
    numbered = _ROLL_NUMBER.fullmatch(text)
    if numbered:
        return RollNumber(int(numbered[1]))
    if any(sign.isdecimal() for sign in text):
        found = _TEN_DIGITS.fullmatch(_NOT_IN_NUMBERS.sub("", text))
        return parse_cpr(found[1]) if found else CprRefusal.MALFORMED
    return Name(text) if any(sign.isalpha() for sign in text) else None


def read_birth_date(typed: str) -> BirthDate | None:
    """A day as people write it, day first or year first; None for anything that is no day of the calendar."""
    text = unicodedata.normalize("NFKC", typed).strip()
    by_year = _DATE_BY_YEAR.fullmatch(text)
    if by_year:
        return _checked(BirthDate(int(by_year[3]), int(by_year[2]), int(by_year[1]), short=False))
    found = _DATE_OF_DIGITS.fullmatch(text) or _DATE_WITH_GLUE.fullmatch(text)
    if not found:
        return None
    return _checked(BirthDate(int(found[1]), int(found[2]), int(found[3]), short=len(found[3]) == 2))  # noqa: PLR2004


def _checked(read: BirthDate) -> BirthDate | None:
    years = (2000 + read.year, 1900 + read.year) if read.short else (read.year,)
    return read if any(_day(year, read.month, read.day) for year in years) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
