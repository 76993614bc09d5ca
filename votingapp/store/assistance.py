"""Help with voting (hjælp til stemmeafgivning) is counted by kind, and by nothing else."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

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


def count_up(work: Work, election_id: str, kind: Assistance, press: str | None = None) -> None:
    """Count one more; the caller records it. `press` is the id of the form, None where it cannot be sent twice."""
    _add(work, election_id, kind, 1, press)


def count_down(work: Work, election_id: str, kind: Assistance, press: str | None = None) -> bool:
    """Take back one that was counted by mistake; False where none was counted."""
    if counts(work.connection, election_id)[kind] == 0:
        return False
    _add(work, election_id, kind, -1, press)
    return True


def has_counted(connection: Connection, press: str | None) -> bool:
    """Whether this press has counted already: its form was sent twice."""
    return connection.execute(select(assistance.c.id).where(assistance.c.id == press)).first() is not None


def counts(connection: Connection, election_id: str) -> dict[Assistance, int]:
    """How many were helped in each way, 0 where nobody was."""
    rows = connection.execute(
        select(assistance.c.kind, func.sum(assistance.c.number).label("number"))
        .where(assistance.c.election_id == election_id)
        .group_by(assistance.c.kind)
    )
    counted = {Assistance(row.kind): int(row.number) for row in rows}
    return {kind: counted.get(kind, 0) for kind in Assistance}


def _add(work: Work, election_id: str, kind: Assistance, number: int, press: str | None) -> None:
    row = {"id": press or str(uuid.uuid4()), "election_id": election_id, "kind": kind.value, "number": number}
    work.connection.execute(insert(assistance).values(row))
