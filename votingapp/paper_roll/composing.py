"""What is printed of the roll at one instant: all of it, or, where it is too long, all of it once and those admitted again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from votingapp.documents.printed_roll import MOST_IN_ONE, RollHeading, RollLine, render_admitted, render_roll
from votingapp.store import admissions, roll

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.roll import Line


@dataclass(frozen=True, slots=True)
class Sheet:
    """One PDF under its file name."""

    name: str
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read of the roll in one transaction: `lines` by number, `last` the newest number of an admission."""

    election: Election
    lines: tuple[Line, ...] = field(repr=False)
    last: int
    at: datetime


def read_roll(connection: Connection, election: Election, at: datetime) -> Extract:
    """The whole roll at the instant `at`."""
    return Extract(election, roll.lines(connection, election), admissions.last_number(connection, election.id), at)


def read_admitted(connection: Connection, election: Election, at: datetime) -> Extract:
    """Those admitted, of a roll of any length."""
    return Extract(election, roll.admitted(connection, election), admissions.last_number(connection, election.id), at)


def parts_of(persons: int) -> int:
    """How many PDFs a roll of so many persons takes."""
    return max(1, -(-persons // MOST_IN_ONE))


def typeset_roll(extract: Extract, *, marked: bool = True) -> Iterator[Sheet]:
    """The roll, in as many parts as it needs; unless `marked`, without a word of who has come."""
    parts = parts_of(len(extract.lines))
    for part in range(parts):
        some = extract.lines[part * MOST_IN_ONE : (part + 1) * MOST_IN_ONE]
        heading = _heading(extract, part + 1, parts, marked=marked)
        number = f"-del-{part + 1:02d}" if parts > 1 else ""
        yield Sheet(
            f"{prefix_of(extract.election)}valgliste{number}.pdf", render_roll(_printed(some, marked=marked), heading)
        )


def typeset_admitted(extract: Extract) -> Iterator[Sheet]:
    """The list of those admitted, in as many parts as it needs."""
    parts = parts_of(len(extract.lines))
    for part in range(parts):
        some = extract.lines[part * MOST_IN_ONE : (part + 1) * MOST_IN_ONE]
        number = f"-del-{part + 1:02d}" if parts > 1 else ""
        heading = _heading(extract, part + 1, parts, marked=True)
        yield Sheet(
            f"{prefix_of(extract.election)}moedt-frem{number}.pdf",
            render_admitted(_printed(some, marked=True), heading),
        )


def prefix_of(election: Election) -> str:
    """What the file names of an election's papers begin with."""
    rehearsal = "proevevalg-" if election.rehearsal else ""
    return f"{rehearsal}{election.slug}-"


def _printed(lines: Sequence[Line], *, marked: bool) -> list[RollLine]:
    return [
        RollLine(one.number, one.name, one.birth_date, one.protected, one.admission if marked else None)
        for one in lines
    ]


def _heading(extract: Extract, part: int, parts: int, *, marked: bool) -> RollHeading:
    rules = extract.election.rules.election
    return RollHeading(
        election=extract.election.name,
        municipality=rules.municipality,
        day=rules.election_day,
        rehearsal=extract.election.rehearsal,
        at=extract.at,
        last=extract.last if marked else 0,
        part=part,
        parts=parts,
        marked=marked,
    )
