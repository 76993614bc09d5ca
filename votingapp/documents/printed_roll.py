"""The roll on paper (valgliste): with it the desks go on, whatever fails, and admit nobody twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from votingapp.documents.apart import typeset_apart
from votingapp.documents.dates import instant_in
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

MOST_IN_ONE = 5000
"""Lines in one PDF: it takes three seconds and 360 MB to set; 100,000 lines in one would take 7 GB."""

_FEW = 500


@dataclass(frozen=True, slots=True)
class RollLine:
    """A person on the paper; `name` may be empty where `protected`, `admission` is None for who has not been here."""

    number: int
    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    protected: bool
    admission: int | None


@dataclass(frozen=True, slots=True)
class RollHeading:
    """What stands on every page: the election, the instant the paper tells of (aware), and the newest number, 0 for none.

    `part` and `parts` count from 1 where the roll is too long for one PDF. Unless `marked`, the paper says that it tells of
    nobody whether she has come, and where that stands.
    """

    election: str
    municipality: str
    day: date
    rehearsal: bool
    at: datetime
    last: int
    part: int = 1
    parts: int = 1
    marked: bool = True


def render_roll(lines: Sequence[RollLine], heading: RollHeading) -> bytes:
    """Set the roll, a box to tick at each person and the number at each who was admitted; return the PDF.

    The lines stand in the order given. It may have none. ValueError for more than MOST_IN_ONE.
    """
    return _set("roll", lines, heading)


def render_admitted(lines: Sequence[RollLine], heading: RollHeading) -> bytes:
    """Set the list of those admitted, which goes with a roll that is too long to be set again and again."""
    return _set("admitted", lines, heading)


def _set(kind: str, lines: Sequence[RollLine], heading: RollHeading) -> bytes:
    if len(lines) > MOST_IN_ONE:
        raise ValueError(f"at most {MOST_IN_ONE} persons are printed in one PDF")
    data = {
        "kind": kind,
        "election": heading.election,
        "municipality": heading.municipality,
        "rehearsal": heading.rehearsal,
        "at": instant_in("da", heading.at, seconds=True),
        "last": heading.last,
        "part": heading.part,
        "parts": heading.parts,
        "marked": heading.marked,
        "lines": [[one.number, one.name, f"{one.birth_date:%d-%m-%Y}", one.protected, one.admission] for one in lines],
    }
    press = typeset if len(lines) <= _FEW else typeset_apart
    return press("printed_roll", data, dated=heading.day)
