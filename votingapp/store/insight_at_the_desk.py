"""What the polling station keeps about one person beside her admission: cases in doubt, and admissions taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from votingapp.store.admissions import Channel
from votingapp.store.doubts import DoubtKind
from votingapp.store.tables.admissions import admission_undone
from votingapp.store.tables.register import register_person
from votingapp.store.tables.staff import staff
from votingapp.store.tables.station import doubt

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class InDoubt:
    """A case that was raised about her, or that turned out to be about her; instants are UTC, officials by name.

    `note` is what the desk wrote, `reason` what the supervisor decided by; `admit` is None until it is decided.
    """

    id: str
    raised_at: datetime
    desk: str
    raised_by: str
    kind: DoubtKind
    note: str
    decided_at: datetime | None
    decided_by: str
    admit: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An admission of hers that two officials took back: when it was given and undone (UTC), where, why, and by whom.

    `on_paper` is as in `insight.Attendance`; `slip` tells whether she had drawn none or gave it back, never which.
    """

    number: int
    admitted_at: datetime
    desk: str
    undone_at: datetime
    undone_by: str
    second: str
    reason: str
    slip: str
    on_paper: bool | None


def doubts_about(connection: Connection, election_id: str, person_id: str) -> tuple[InDoubt, ...]:
    """The cases that are tied to a person, oldest first."""
    raised_by, decided_by = staff.alias("raised_by"), staff.alias("decided_by")
    rows = connection.execute(
        select(doubt, raised_by.c.name.label("raiser"), decided_by.c.name.label("decider"))
        .join(raised_by, raised_by.c.id == doubt.c.raised_by)
        .join(decided_by, decided_by.c.id == doubt.c.decided_by, isouter=True)
        .where(doubt.c.election_id == election_id, doubt.c.person_id == person_id)
        .order_by(doubt.c.raised_at, doubt.c.id)
    )
    return tuple(
        InDoubt(
            row.id, row.raised_at, row.desk, row.raiser, DoubtKind(row.kind),
            row.note, row.decided_at, row.decider or "", row.admit, row.reason or "",
        )
        for row in rows
    )  # fmt: skip


def taken_back(connection: Connection, election_id: str, person_id: str) -> tuple[TakenBack, ...]:
    """The admissions of a person that were undone, by their numbers."""
    undone_by, second = staff.alias("undone_by"), staff.alias("second")
    rows = connection.execute(
        select(admission_undone, undone_by.c.name.label("undoer"), second.c.name.label("witness"))
        .join(undone_by, undone_by.c.id == admission_undone.c.undone_by)
        .join(second, second.c.id == admission_undone.c.second_id)
        .where(admission_undone.c.election_id == election_id, admission_undone.c.person_id == person_id)
        .order_by(admission_undone.c.number)
    )
    return tuple(
        TakenBack(
            row.number, row.admitted_at, row.desk, row.undone_at, row.undoer, row.witness,
            row.reason, row.slip, None if row.channel is None else row.channel == Channel.PAPER.value,
        )
        for row in rows
    )  # fmt: skip


def is_entered_by_supervisor(connection: Connection, person_id: str) -> bool:
    """Whether the register lacked a person, and a supervisor took her down from her papers."""
    return bool(connection.scalar(select(register_person.c.by_supervisor).where(register_person.c.id == person_id)))
