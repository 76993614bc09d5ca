"""The ledger of slips and paper ballots: what was moved, counted, exchanged or made void, and the accounts drawn from it."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from ballots.slips import DeskAccount, Movement
from votingapp.store.admissions import Channel
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.ledger import movement

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work

BOARD = ""
"""The board's own box, from which the desks are supplied."""


class Paper(StrEnum):
    """What is accounted for."""

    SLIP = "slip"
    BALLOT = "ballot"
    """A ballot on paper (papirstemmeseddel)."""

    @property
    def channel(self) -> Channel:
        """How a voter votes who is handed one."""
        return Channel.SLIP if self is Paper.SLIP else Channel.PAPER


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to be written; `desk` is a desk's name, `BOARD` for the board's box, and the officials are ids."""

    kind: Movement
    desk: str
    number: int
    official_id: str
    second_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger, as an `Entry`, and when it was written."""

    at: datetime
    kind: Movement
    desk: str
    number: int
    official_id: str
    second_id: str | None
    note: str


def write(work: Work, election_id: str, paper: Paper, entry: Entry) -> None:
    """Add a line; its number is at least 0."""
    values = asdict(entry) | {"kind": entry.kind.value}
    work.connection.execute(
        insert(movement).values(id=str(uuid.uuid4()), election_id=election_id, at=work.now, paper=paper.value, **values)
    )


def lines(connection: Connection, election_id: str, paper: Paper) -> tuple[Line, ...]:
    """Every line, oldest first."""
    rows = connection.execute(
        select(movement)
        .where(movement.c.election_id == election_id, movement.c.paper == paper.value)
        .order_by(movement.c.at, movement.c.id)
    )
    return tuple(
        Line(row.at, Movement(row.kind), row.desk, row.number, row.official_id, row.second_id, row.note) for row in rows
    )


def total(connection: Connection, election_id: str, paper: Paper, kind: Movement) -> int:
    """How many were moved in one way, at all desks; not for COUNTED, where the last count is what holds."""
    found = connection.execute(
        select(func.sum(movement.c.number)).where(
            movement.c.election_id == election_id, movement.c.paper == paper.value, movement.c.kind == kind.value
        )
    ).scalar()
    return int(found or 0)


def boxes(connection: Connection, election_id: str, paper: Paper) -> tuple[DeskAccount, ...]:
    """The account of every desk that was ever supplied, counted or handed anything to a voter, by name.

    What happened in the board's own box is no desk's: see `left_with_the_board`.
    """
    kept = lines(connection, election_id, paper)
    issued = _issued(connection, election_id, paper)
    names = sorted({line.desk for line in kept} | set(issued))
    return tuple(_box(name, kept, issued.get(name, 0)) for name in names if name != BOARD)


def board_box(connection: Connection, election_id: str, paper: Paper, printed: int) -> DeskAccount:
    """The account of the board's own box, which held all that was printed; the desks' supplies are what it gave."""
    kept = lines(connection, election_id, paper)
    own = _box(BOARD, kept, 0)
    return DeskAccount(
        BOARD,
        received=printed + _sum(kept, Movement.FROM_DESK),
        issued=0,
        exchanged=own.exchanged,
        void=own.void,
        given_back=_sum(kept, Movement.TO_DESK),
        counted=own.counted,
    )


def _box(name: str, kept: tuple[Line, ...], issued: int) -> DeskAccount:
    here = tuple(line for line in kept if line.desk == name)
    counts = [line.number for line in here if line.kind is Movement.COUNTED]
    return DeskAccount(
        name,
        received=_sum(here, Movement.TO_DESK),
        issued=issued,
        exchanged=_sum(here, Movement.EXCHANGED),
        void=_sum(here, Movement.VOID),
        given_back=_sum(here, Movement.FROM_DESK),
        counted=counts[-1] if counts else None,
    )


def _sum(kept: tuple[Line, ...], kind: Movement) -> int:
    return sum(line.number for line in kept if line.kind is kind)


def _issued(connection: Connection, election_id: str, paper: Paper) -> dict[str, int]:
    rows = connection.execute(
        select(admission.c.desk, func.count().label("number"))
        .where(admission.c.election_id == election_id, admission.c.channel == paper.channel.value)
        .group_by(admission.c.desk)
    )
    return {row.desk: row.number for row in rows}
