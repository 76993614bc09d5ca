"""How far the journal on the stick has come, as every worker finds it under the lock before it writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from votingapp.store.tables.journal import journal_mark

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

OWN_UPKEEP = {"unjournaled": True}
"""Execution options of what the journal itself writes into the database: it is no act, and restoring does not repeat it."""


class Why(StrEnum):
    """Why the stick is not enough to go on from."""

    GONE = "gone"
    """The stick, or the journal on it, is not there."""
    FULL = "full"
    SLOW = "slow"
    READ_ONLY = "read_only"
    BROKEN = "broken"
    """Reading or writing fails, or the stick gives back other bytes than were written."""
    NOT_THE_STICK = "not_the_stick"
    """The folder now lies on the computer's own disk: the stick that was there is not mounted."""
    LARGE = "large"
    """A single act was too large for the journal; a fresh copy follows by itself."""
    OTHER_PROGRAM = "other_program"
    """A program without VOTINGAPP_BACKUP wrote into the house; a fresh copy follows by itself."""
    CHANGED = "changed"
    """The tables or the emergency sheet are new; a fresh copy follows by itself."""
    RESTORED = "restored"
    """This computer goes on from a stick; a fresh copy follows by itself."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The row by which journal and database keep in step; the fields are the columns of `journal_mark`."""

    serial: int
    epoch: int
    following: bool
    size: int
    snapshot_epoch: int | None
    snapshot_serial: int | None
    snapshot_at: datetime | None
    lost_at: datetime | None
    why: Why | None
    forget: int


def read_mark(connection: Connection) -> Mark:
    """The mark as this transaction sees it."""
    row = connection.execute(select(journal_mark), execution_options=OWN_UPKEEP).one()
    why = None if row.why is None else Why(row.why)
    return Mark(
        row.serial, row.epoch, row.following, row.size, row.snapshot_epoch,
        row.snapshot_serial, row.snapshot_at, row.lost_at, why, row.forget,
    )  # fmt: skip


def change_mark(connection: Connection, **values: object) -> None:
    """Change the mark inside the transaction that holds the lock."""
    changes: dict[str, Any] = values
    connection.execute(update(journal_mark).values(changes), execution_options=OWN_UPKEEP)


def lose(connection: Connection, mark: Mark, now: datetime, why: Why) -> None:
    """Note that the stick is no longer enough, from the transaction with the next number on, which may be there or not."""
    since = mark.lost_at or now.replace(second=0, microsecond=0)
    change_mark(connection, serial=mark.serial + 1, following=False, lost_at=since, why=why.value)
