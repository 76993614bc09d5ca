"""Help with voting (hjælp til stemmeafgivning) is counted by kind, and by nothing else."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from votingapp.store.tables.station import assistance

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work


class Assistance(StrEnum):
    """How a voter was helped; the values are kept."""

    TWO_OFFICIALS = "two_officials"
    """By two officials (to tilforordnede)."""
    OWN_HELPER = "own_helper"
    """By one official and a helper of her own choice."""
    HELPER_ALONE = "helper_alone"
    """By her own helper alone, on her express wish."""
    OUTSIDE_ROOM = "outside_room"
    """She voted just outside the room."""


def count_up(work: Work, election_id: str, kind: Assistance) -> None:
    """Count one more; the caller records it."""
    here = (assistance.c.election_id == election_id, assistance.c.kind == kind.value)
    changed = work.connection.execute(update(assistance).where(*here).values(number=assistance.c.number + 1))
    if not changed.rowcount:
        work.connection.execute(insert(assistance).values(election_id=election_id, kind=kind.value, number=1))


def count_down(work: Work, election_id: str, kind: Assistance) -> bool:
    """Take back one that was counted by mistake; False where none was counted."""
    here = (assistance.c.election_id == election_id, assistance.c.kind == kind.value, assistance.c.number > 0)
    changed = work.connection.execute(update(assistance).where(*here).values(number=assistance.c.number - 1))
    return changed.rowcount > 0


def counts(connection: Connection, election_id: str) -> dict[Assistance, int]:
    """How many were helped in each way, 0 where nobody was."""
    rows = connection.execute(
        select(assistance.c.kind, assistance.c.number).where(assistance.c.election_id == election_id)
    )
    counted = {Assistance(row.kind): row.number for row in rows}
    return {kind: counted.get(kind, 0) for kind in Assistance}
