"""Who was told of what after the election, each once: letters that belong to no decision about a nomination."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from votingapp.store.notices import Delivery
from votingapp.store.tables.post import message
from votingapp.store.tables.told import told

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Told:
    """One letter: its kind, whom and what it is about, when (UTC) it was made, and how it left the house."""

    id: str
    kind: str
    about: str
    at: datetime
    delivery: Delivery


def keep(work: Work, election_id: str, kind: str, about: str, message_id: str | None) -> None:
    """Keep that somebody is told; a second time of the same is refused by the database, so that nobody is told twice."""
    work.connection.execute(
        insert(told).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            kind=kind,
            about=about,
            message_id=message_id,
            told_at=work.now,
        )
    )


def every(connection: Connection, election_id: str) -> tuple[Told, ...]:
    """All letters, as they were made."""
    rows = connection.execute(
        select(told, message.c.sent_at, message.c.given_up_at)
        .join(message, message.c.id == told.c.message_id, isouter=True)
        .where(told.c.election_id == election_id)
        .order_by(told.c.told_at, told.c.kind, told.c.about)
    )
    return tuple(
        Told(row.id, row.kind, row.about, row.told_at, _delivery(row.message_id, row.sent_at, row.given_up_at))
        for row in rows
    )


def _delivery(message_id: str | None, sent_at: datetime | None, given_up_at: datetime | None) -> Delivery:
    if message_id is None:
        return Delivery.BY_POST
    if given_up_at is not None:
        return Delivery.FAILED
    return Delivery.WAITING if sent_at is None else Delivery.SENT
