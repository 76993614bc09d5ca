"""What two officials count, each alone, as the house keeps it: every count, and the figures on which two agreed."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import insert, select

from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection, Table

    from votingapp.store.unit_of_work import Work

COUNTERS = 2
"""So many people count, each alone."""

Figures = TypeVar("Figures")


@dataclass(frozen=True, slots=True)
class OneCount(Generic[Figures]):
    """What one official found in one round; rounds count from 1."""

    round: int
    official_id: str
    name: str
    at: datetime
    figures: Figures


@dataclass(frozen=True, slots=True)
class TwoCounts(Generic[Figures]):
    """The counts of one kind of paper: their table, that of the results, and how figures are written as JSON and read."""

    table: Table
    results: Table
    document: Callable[[Figures], object]
    read: Callable[[str], Figures]

    def keep(self, work: Work, election_id: str, number: int, official_id: str, figures: Figures) -> None:
        """Keep what an official found in a round."""
        work.connection.execute(
            insert(self.table).values(
                id=str(uuid.uuid4()),
                election_id=election_id,
                round=number,
                entered_at=work.now,
                official_id=official_id,
                figures=json.dumps(self.document(figures)),
            )
        )

    def every(self, connection: Connection, election_id: str) -> tuple[OneCount[Figures], ...]:
        """Every count, by round and then as they came."""
        rows = connection.execute(
            select(self.table, staff.c.name)
            .join(staff, staff.c.id == self.table.c.official_id)
            .where(self.table.c.election_id == election_id)
            .order_by(self.table.c.round, self.table.c.entered_at, self.table.c.id)
        )
        return tuple(
            OneCount(row.round, row.official_id, row.name, row.entered_at, self.read(row.figures)) for row in rows
        )

    def accept(self, work: Work, election_id: str, figures: Figures) -> None:
        """Let the figures on which two counters agreed stand."""
        work.connection.execute(
            insert(self.results).values(
                election_id=election_id, accepted_at=work.now, figures=json.dumps(self.document(figures))
            )
        )

    def result_of(self, connection: Connection, election_id: str) -> Figures | None:
        """What two agreed on, None before that."""
        query = select(self.results.c.figures).where(self.results.c.election_id == election_id)
        found = connection.execute(query).scalar()
        return None if found is None else self.read(found)
