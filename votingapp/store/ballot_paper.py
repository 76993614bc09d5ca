"""The ballot paper (stemmeseddel) as it was frozen: who stands under which number, whatever happens to her afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import nominations

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from candidates.ballot_order import BallotEntry

FROZEN = "poll_frozen"
"""The act in the log that fixes the ballot paper: it carries the seal, and names each picture by its hash."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ballot paper; `number` counts from 1, `line` is "", `group` and `photo_id` None, where there is none."""

    number: int
    name: str
    line: str
    group: str | None
    photo_id: str | None = None

    @property
    def id(self) -> str:
        """The candidate's id in counts and results."""
        return f"c{self.number}"

    @property
    def label(self) -> str:
        """The candidate as the encrypted question names her."""
        return label(self.name, self.line)


def label(name: str, line: str) -> str:
    """A candidate's name, with the line that tells her from another of almost the same name."""
    return f"{name} ({line})" if line else name


def labels(ordered: tuple[BallotEntry, ...]) -> tuple[str, ...]:
    """The answers of the question, in ballot order."""
    return tuple(label(entry.name, entry.line) for entry in ordered)


def lines(connection: Connection, election_id: str) -> tuple[Line, ...]:
    """The ballot paper in its order, with those who withdrew after the freeze; nobody before the freeze."""
    numbered = (
        Line(filed.ballot_number, filed.name, filed.line, filed.group, filed.photo_id)
        for filed in nominations.every(connection, election_id)
        if filed.ballot_number is not None
    )
    return tuple(sorted(numbered, key=lambda line: line.number))
