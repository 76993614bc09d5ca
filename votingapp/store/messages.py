"""What the board says to all desks at once; the newest message is what holds."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from votingapp.store.tables.staff import staff
from votingapp.store.tables.station import station_message

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Message:
    """A message; `at` is UTC. Who has read it is known to the desk's own browser alone, by `id`."""

    id: str
    at: datetime
    text: str
    sender: str


def send(work: Work, election_id: str, official_id: str, text: str) -> str:
    """Keep a message for all desks and answer its id; the caller records it."""
    sent = str(uuid.uuid4())
    last = select(func.max(station_message.c.number)).where(station_message.c.election_id == election_id)
    number = (work.connection.execute(last).scalar() or 0) + 1
    work.connection.execute(
        insert(station_message).values(
            id=sent, number=number, election_id=election_id, at=work.now, text=text, official_id=official_id
        )
    )
    return sent


def latest(connection: Connection, election_id: str) -> Message | None:
    """The newest message, or None before the first."""
    row = connection.execute(_messages(election_id).limit(1)).first()
    return None if row is None else _read(row)


def every(connection: Connection, election_id: str) -> tuple[Message, ...]:
    """All messages, newest first."""
    return tuple(_read(row) for row in connection.execute(_messages(election_id)))


def _messages(election_id: str) -> Select[Any]:
    return (
        select(station_message, staff.c.name.label("sender"))
        .join(staff, staff.c.id == station_message.c.official_id)
        .where(station_message.c.election_id == election_id)
        .order_by(station_message.c.number.desc())
    )


def _read(row: Row[Any]) -> Message:
    return Message(row.id, row.at, row.text, row.sender)
