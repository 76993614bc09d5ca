"""The parts of the trial sum that key holders gave from their restored sheets; they are public, and never enter an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from votingapp.store.tables.trials import trial_part

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.keys import Ceremony


def every(connection: Connection, election_id: str) -> dict[int, bytes]:
    """The parts by the position of who gave them, in that order."""
    columns = trial_part.c
    rows = connection.execute(
        select(columns.owner, columns.part).where(columns.election_id == election_id).order_by(columns.owner)
    )
    return {row.owner: row.part.encode() for row in rows}


def missing(connection: Connection, election_id: str, ceremony: Ceremony) -> int:
    """How many holders still have to open the trial sum; as many as it takes, before there is a key."""
    if ceremony.step is not None:
        return ceremony.threshold
    return max(0, ceremony.threshold - len(every(connection, election_id)))


def keep(connection: Connection, election_id: str, owner: int, part: bytes, at: datetime) -> None:
    """Keep a checked part."""
    row = {"election_id": election_id, "owner": owner, "part": part.decode(), "given_at": at}
    connection.execute(insert(trial_part).values(row))


def forget(connection: Connection, election_id: str) -> None:
    """Forget all parts, because the ceremony is given up."""
    connection.execute(delete(trial_part).where(trial_part.c.election_id == election_id))
