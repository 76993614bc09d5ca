"""The ballot on paper (papirstemmeseddel): everybody in ballot order, a square beside each name, and no mark of its own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from votingapp.documents.dates import danish_date
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from datetime import date

_COLUMNS = ((20, 1), (50, 2))
"""Up to so many candidates: columns of the list; with more there are three."""

_MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class BallotLine:
    """A candidate as the ballot names her; `line` and `group` are "" where there is none."""

    number: int
    name: str
    line: str
    group: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """How to vote in one language, already in it; `direction` is ltr or rtl."""

    language: str
    direction: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperBallot:
    """What every ballot says alike."""

    election: str
    municipality: str
    day: date
    rehearsal: bool
    lines: tuple[BallotLine, ...]
    instructions: tuple[Instruction, ...]


def render_paper_ballot(ballot: PaperBallot, number: int) -> bytes:
    """Set `number` ballots, one to an A4 page and each page the same; return the PDF. ValueError for less than one."""
    if number < 1:
        raise ValueError("at least one ballot is printed")
    columns = next((columns for most, columns in _COLUMNS if len(ballot.lines) <= most), _MOST_COLUMNS)
    data = asdict(ballot) | {"day": danish_date(ballot.day), "number": number, "columns": columns}
    return typeset("paper_ballot", data, dated=ballot.day)
