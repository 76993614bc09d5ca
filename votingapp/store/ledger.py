"""The ledger of slips and paper ballots: what was moved, counted, exchanged or made void, and the accounts drawn from it."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, func, insert, select, update

from ballots.slips import DeskAccount, Movement
from votingapp.store import admissions
from votingapp.store.admissions import Channel
from votingapp.store.tables.admissions import admission_undone
from votingapp.store.tables.elections import election
from votingapp.store.tables.ledger import movement
from votingapp.store.tables.urn import urn

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

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
    """A line to be written; `desk` is a desk's name, `BOARD` for the board's box, and the officials are ids.

    `id` is a random UUID of the form that was sent, None where the same line cannot be sent twice.
    """

    kind: Movement
    desk: str
    number: int
    official_id: str
    second_id: str | None = None
    note: str = ""
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger, as an `Entry`, when it was written, and for a count how many there should have been."""

    at: datetime
    kind: Movement
    desk: str
    number: int
    official_id: str
    second_id: str | None
    note: str
    expected: int | None


def write(work: Work, election_id: str, paper: Paper, entry: Entry) -> None:
    """Add a line; its number is at least 0. Beside a count stands how many there should have been just then."""
    connection = work.connection
    values = asdict(entry) | {
        "id": entry.id or str(uuid.uuid4()),
        "kind": entry.kind.value,
        "election_id": election_id,
        "serial": _last_serial(connection, election_id, paper) + 1,
        "at": work.now,
        "paper": paper.value,
        "expected": _due(connection, election_id, paper, entry),
    }
    connection.execute(insert(movement).values(values))


def fold_undoings(work: Work, election_id: str, official_id: str) -> None:
    """Put one line for each desk and paper in the place of those that admissions taken back wrote (ADR 19).

    Such a line has the instant, the desk and the officials of the undoing, which names the person: together they tell how
    she was to vote. The others are numbered anew, so that no gap is left where it stood. Part of the transaction that
    closes the poll, by this official; who signed each undoing stands with it.
    """
    connection = work.connection
    found = connection.execute(_OF_AN_UNDOING.where(movement.c.election_id == election_id)).all()
    if not found:
        return
    connection.execute(delete(movement).where(movement.c.id.in_([row.id for row in found])))
    void: Counter[tuple[Paper, str]] = Counter()
    for row in found:
        void[Paper(row.paper), row.desk] += row.number
    for paper in Paper:
        _number_anew(connection, election_id, paper)
    for (paper, desk), number in sorted(void.items()):
        write(work, election_id, paper, Entry(Movement.VOID, desk, number, official_id))


def is_written(connection: Connection, line_id: str) -> bool:
    """Whether the line with this id stands already: its form was sent twice."""
    return connection.execute(select(movement.c.id).where(movement.c.id == line_id)).first() is not None


def lines(connection: Connection, election_id: str, paper: Paper) -> tuple[Line, ...]:
    """Every line, in the order in which they were written."""
    rows = connection.execute(
        select(movement)
        .where(movement.c.election_id == election_id, movement.c.paper == paper.value)
        .order_by(movement.c.serial)
    )
    return tuple(_line(row) for row in rows)


def last_count(connection: Connection, election_id: str, paper: Paper, desk: str) -> Line | None:
    """The latest count of a box, None before the first."""
    row = connection.execute(
        select(movement)
        .where(
            movement.c.election_id == election_id,
            movement.c.paper == paper.value,
            movement.c.kind == Movement.COUNTED.value,
            movement.c.desk == desk,
        )
        .order_by(movement.c.serial.desc())
        .limit(1)
    ).first()
    return None if row is None else _line(row)


def latest(connection: Connection, election_id: str, paper: Paper, kind: Movement, desk: str) -> datetime | None:
    """When something of this kind was last written at a desk."""
    return connection.execute(
        select(movement.c.at)
        .where(
            movement.c.election_id == election_id,
            movement.c.paper == paper.value,
            movement.c.kind == kind.value,
            movement.c.desk == desk,
        )
        .order_by(movement.c.serial.desc())
        .limit(1)
    ).scalar()


def printed(connection: Connection, election_id: str, paper: Paper) -> int:
    """How many came from the printer: the urn counts the slips as they are made, the ledger the paper ballots."""
    if paper is Paper.BALLOT:
        return total(connection, election_id, paper, Movement.PRINTED)
    found = select(urn.c.slips_printed).join(election, election.c.urn_uuid == urn.c.uuid)
    return int(connection.execute(found.where(election.c.id == election_id)).scalar_one())


def expected(connection: Connection, election_id: str, paper: Paper, desk: str) -> int:
    """How many should lie in a box now; negative where more was handed out than received."""
    return box_of(connection, election_id, paper, desk).expected


def box_of(connection: Connection, election_id: str, paper: Paper, desk: str) -> DeskAccount:
    """The account of one box, `BOARD` for the board's own."""
    if desk == BOARD:
        return board_box(connection, election_id, paper)
    kept = lines(connection, election_id, paper)
    return _box(desk, kept, _issued(connection, election_id, paper).get(desk, 0))


def total(connection: Connection, election_id: str, paper: Paper, kind: Movement) -> int:
    """How many were moved in one way, at all desks; not for a count, where the last one is what holds."""
    found = connection.execute(
        select(func.sum(movement.c.number)).where(
            movement.c.election_id == election_id, movement.c.paper == paper.value, movement.c.kind == kind.value
        )
    ).scalar()
    return int(found or 0)


def boxes(connection: Connection, election_id: str, paper: Paper) -> tuple[DeskAccount, ...]:
    """The account of every desk that was ever supplied, counted or handed anything to a voter, by name.

    What happened in the board's own box is no desk's: see `board_box`.
    """
    kept = lines(connection, election_id, paper)
    issued = _issued(connection, election_id, paper)
    names = sorted({line.desk for line in kept} | set(issued))
    return tuple(_box(name, kept, issued.get(name, 0)) for name in names if name != BOARD)


def board_box(connection: Connection, election_id: str, paper: Paper, stock: int | None = None) -> DeskAccount:
    """The account of the board's own box, which held all that was printed; the desks' supplies are what it gave.

    `stock` is how many were printed, where the caller knows.
    """
    kept = lines(connection, election_id, paper)
    made = printed(connection, election_id, paper) if stock is None else stock
    own = _box(BOARD, kept, 0)
    return replace(
        own,
        received=made + _sum(kept, Movement.FROM_DESK),
        given_back=_sum(kept, Movement.TO_DESK),
    )


def _box(name: str, kept: tuple[Line, ...], issued: int) -> DeskAccount:
    here = tuple(line for line in kept if line.desk == name)
    counted, spoiled = _last(here, Movement.COUNTED), _last(here, Movement.SPOILED)
    return DeskAccount(
        name,
        received=_sum(here, Movement.TO_DESK),
        issued=issued,
        exchanged=_sum(here, Movement.EXCHANGED),
        void=_sum(here, Movement.VOID),
        given_back=_sum(here, Movement.FROM_DESK),
        counted=counted.number if counted else None,
        due=counted.expected if counted else None,
        returned=_sum(here, Movement.RETURNED),
        spoiled_counted=spoiled.number if spoiled else None,
        spoiled_due=spoiled.expected if spoiled else None,
    )


def _due(connection: Connection, election_id: str, paper: Paper, entry: Entry) -> int | None:
    match entry.kind:
        case Movement.COUNTED:
            return expected(connection, election_id, paper, entry.desk)
        case Movement.SPOILED:
            return box_of(connection, election_id, paper, entry.desk).spoiled
        case _:
            return None


def _last(here: tuple[Line, ...], kind: Movement) -> Line | None:
    return next((line for line in reversed(here) if line.kind is kind), None)


def _line(row: Row[Any]) -> Line:
    return Line(
        row.at, Movement(row.kind), row.desk, row.number, row.official_id, row.second_id, row.note, row.expected
    )


def _last_serial(connection: Connection, election_id: str, paper: Paper) -> int:
    last = select(func.max(movement.c.serial)).where(
        movement.c.election_id == election_id, movement.c.paper == paper.value
    )
    return connection.execute(last).scalar() or 0


_OF_AN_UNDOING = select(movement.c.id, movement.c.paper, movement.c.desk, movement.c.number).where(
    movement.c.kind == Movement.VOID.value,
    exists().where(
        admission_undone.c.election_id == movement.c.election_id,
        admission_undone.c.undone_at == movement.c.at,
        admission_undone.c.desk == movement.c.desk,
        admission_undone.c.undone_by == movement.c.official_id,
    ),
)


def _number_anew(connection: Connection, election_id: str, paper: Paper) -> None:
    """Number the lines from 1 in their order; each moves to a smaller number, so that no two ever have the same."""
    here = (movement.c.election_id == election_id, movement.c.paper == paper.value)
    rows = connection.execute(select(movement.c.id, movement.c.serial).where(*here).order_by(movement.c.serial)).all()
    for serial, row in enumerate(rows, start=1):
        if row.serial != serial:
            connection.execute(update(movement).where(movement.c.id == row.id).values(serial=serial))


def _sum(kept: tuple[Line, ...], kind: Movement) -> int:
    return sum(line.number for line in kept if line.kind is kind)


def _issued(connection: Connection, election_id: str, paper: Paper) -> dict[str, int]:
    counted = admissions.count_each(connection, election_id)
    return {desk: number for (desk, channel), number in counted.items() if channel is paper.channel}
