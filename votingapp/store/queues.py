"""How many stand in line at each desk, as its officials last said; what they said before is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from votingapp.store.tables.station import queue_report

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work

STEPS = (0, 5, 10, 20, 40)
"""What a desk can report with one press; the last one means so many or more."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The line at one desk: how many stand there, and when (UTC) that was said."""

    desk: str
    waiting: int
    at: datetime


def report(work: Work, election_id: str, desk: str, waiting: int) -> None:
    """Keep a desk's report in the place of the one before. ValueError for a number that is none of `STEPS`.

    It is kept without an entry in the log: entries would be figures by the hour, which a small electorate must not
    leave behind.
    """
    if waiting not in STEPS:
        raise ValueError(f"no desk reports {waiting} waiting")
    said = {"waiting": waiting, "at": work.now}
    here = (queue_report.c.election_id == election_id) & (queue_report.c.desk == desk)
    if not work.connection.execute(update(queue_report).where(here).values(said)).rowcount:
        work.connection.execute(insert(queue_report).values(election_id=election_id, desk=desk, **said))
    work.keep_unrecorded()


def every(connection: Connection, election_id: str) -> tuple[Queue, ...]:
    """The last report of each desk that has made one, by name."""
    rows = connection.execute(
        select(queue_report).where(queue_report.c.election_id == election_id).order_by(queue_report.c.desk)
    )
    return tuple(Queue(row.desk, row.waiting, row.at) for row in rows)


def at_desk(connection: Connection, election_id: str, desk: str) -> Queue | None:
    """A desk's own last report."""
    return next((queue for queue in every(connection, election_id) if queue.desk == desk), None)
