"""What two officials read on the drawn papers, each alone; kept only until the sample ends, for names can be a signature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from tally.audit.readings import marks_document, read_marks
from votingapp.store.tables.paper_audits import paper_audit_reading as reading

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.audit.readings import Marks
    from votingapp.store.unit_of_work import Work

READERS = 2
"""So many people read each paper, each alone."""


def keep(work: Work, election_id: str, draw: int, official_id: str, marks: Marks) -> None:
    """Keep what an official read on the paper that a draw took first."""
    told = json.dumps(marks_document(marks))
    work.connection.execute(
        insert(reading).values(election_id=election_id, draw=draw, staff_id=official_id, marks_json=told)
    )


def every(connection: Connection, election_id: str) -> dict[int, dict[str, Marks]]:
    """What was read, by draw and then by official."""
    found: dict[int, dict[str, Marks]] = {}
    for row in connection.execute(select(reading).where(reading.c.election_id == election_id)):
        found.setdefault(row.draw, {})[row.staff_id] = read_marks(row.marks_json)
    return found


def agreed(connection: Connection, election_id: str) -> dict[int, Marks]:
    """What both readers found, by draw; two who differ have nothing left here."""
    read = every(connection, election_id)
    return {draw: next(iter(both.values())) for draw, both in read.items() if len(both) == READERS}


def forget(work: Work, election_id: str, draw: int | None = None) -> None:
    """Delete what was read of one draw, which is read again, or of all: only totals stay when a sample ends."""
    gone = delete(reading).where(reading.c.election_id == election_id)
    work.connection.execute(gone if draw is None else gone.where(reading.c.draw == draw))
