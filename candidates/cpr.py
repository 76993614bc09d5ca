"""A person is identified by a CPR number (personnummer), which is read with care and never shown whole."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.dk import cpr as stdnum_cpr
from stdnum.exceptions import ValidationError

_DIGITS = 10
_REPLACEMENT_DAYS = range(61, 92)
_REPLACEMENT_DAY_OFFSET = 60
_LAST_DAY = 31
_LIKE_CPR = re.compile(r"(?<!\d)\d{6}[ -]?\d{4}(?!\d)")
_BREAK = r"[\s./\-\u2010-\u2015\u2212]"
_WRITTEN_OUT = re.compile(rf"(?<!\d)(?=(\d\d){_BREAK}?(\d\d){_BREAK}?\d\d{_BREAK}{{0,3}}\d{{4}}(?!\d))")
_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True, repr=False)
class Cpr:
    """A CPR number that names a real date: ten ASCII digits and the birth date they hold.

    Its text form is masked, so that a traceback or a log line never carries the number.
    """

    number: str
    birth_date: date

    def __repr__(self) -> str:
        return mask(self)


class CprRefusal(StrEnum):
    """Why a text was not taken as a CPR number."""

    MALFORMED = "malformed"
    """Not ten digits, spaces and hyphens aside."""
    IMPOSSIBLE_DATE = "impossible_date"
    """The first six digits and the century digit name no day of the calendar."""
    REPLACEMENT_NUMBER = "replacement_number"
    """A replacement number (erstatningspersonnummer, day 61-91): not in the register; take the manual route."""


def parse_cpr(text: str) -> Cpr | CprRefusal:
    """Read a CPR number as people write it: `DDMMYY-SSSS`, with or without the hyphen.

    The century comes from the seventh digit (CPR-kontoret, "Opbygning af CPR-nummeret"): 0-3 the 1900s; 4 and 9
    the 2000s to year 36, else the 1900s; 5-8 the 2000s to year 57, else the 1800s. Modulus 11 is no ground for
    refusal, since numbers without it have been issued since 2007. A birth date still to come is not refused
    either: this room knows no clock, and whoever asks for an age finds out.
    """
    number = text if text.isascii() and text.isdigit() else stdnum_cpr.compact(text)
    if not (len(number) == _DIGITS and number.isascii() and number.isdigit()):
        return CprRefusal.MALFORMED
    day = int(number[:2])
    is_replacement = day in _REPLACEMENT_DAYS
    dated = f"{day - _REPLACEMENT_DAY_OFFSET:02d}{number[2:]}" if is_replacement else number
    try:
        birth_date = stdnum_cpr.get_birth_date(dated)
    except ValidationError:
        return CprRefusal.IMPOSSIBLE_DATE
    return CprRefusal.REPLACEMENT_NUMBER if is_replacement else Cpr(number, birth_date)


def modulus_11_fits(cpr: Cpr) -> bool:
    """Tell whether the old check digit fits: a hint that the typing may be wrong, never a reason to refuse.

    Many valid numbers fail it, above all those of immigrants registered with 1 January as their birthday.
    """
    return bool(stdnum_cpr.checksum(cpr.number) == 0)


def mask(cpr: Cpr) -> str:
    """Return the number as screens may show it, the last four digits hidden: `101262-••••`."""
    return f"{cpr.number[:6]}-••••"


def blank_out_cpr(text: str) -> str:
    """A free text with whatever reads as a CPR number made illegible; such a text is neither kept nor shown in clear."""
    return _LIKE_CPR.sub(lambda found: _illegible(found.group()), text)


def may_hold_cpr(text: str) -> bool:
    """Tell whether a free text that many will read holds what may be a CPR number, however it is parted: `01.01.80 - 1234`.

    It says yes rather too often, as for a date in the month that has no such day: the writer is there and can put it otherwise.
    What is kept of a text (composed, with single spaces, without blank ends) is answered like the text itself: every door
    asks this, and so does the record, which takes whatever a door has let through.
    """
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    seen = " ".join(seen.split())
    return any(_could_be_date(int(found[1]), int(found[2])) for found in _WRITTEN_OUT.finditer(seen))


def _could_be_date(day: int, month: int) -> bool:
    return (1 <= day <= _LAST_DAY or day in _REPLACEMENT_DAYS) and month in _MONTHS


def _illegible(found: str) -> str:
    read = parse_cpr(found)
    return "••••••-••••" if isinstance(read, Cpr) or read is CprRefusal.REPLACEMENT_NUMBER else found
