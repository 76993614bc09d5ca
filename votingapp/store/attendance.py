"""Who of the board is there when the poll is opened and when it is closed: each confirmed it with her own password."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from ballots.poll import PRESENT_FOR
from votingapp.store import audit
from votingapp.store.staff import Role
from votingapp.store.tables.staff import appointment, staff
from votingapp.store.tables.station import attendance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work


OPENED, CLOSED = "poll_opened", "poll_closed"
"""The acts in the log by which the poll was opened and closed; each names who was there."""


class Ceremony(StrEnum):
    """What the board is gathered for."""

    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Present:
    """A member who was there, and the instant (UTC) at which she last confirmed it."""

    staff_id: str
    login: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class There:
    """Who was there when a step was taken, as the log of that step has it, and since when (UTC)."""

    login: str
    name: str
    at: datetime


def present(connection: Connection, election_id: str, ceremony: Ceremony | str) -> tuple[Present, ...]:
    """Everybody of the board who confirmed, in the order in which they did; the same person is one.

    Whoever has been withdrawn from the board since is nobody to open or close with.
    """
    rows = connection.execute(
        select(staff.c.id, staff.c.login, staff.c.name, attendance.c.at)
        .join(staff, staff.c.id == attendance.c.staff_id)
        .join(
            appointment,
            (appointment.c.election_id == attendance.c.election_id)
            & (appointment.c.staff_id == attendance.c.staff_id)
            & (appointment.c.role == Role.BOARD.value),
        )
        .where(attendance.c.election_id == election_id, attendance.c.ceremony == Ceremony(ceremony).value)
        .order_by(attendance.c.at, staff.c.login)
    )
    return tuple(Present(row.id, row.login, row.name, row.at) for row in rows)


def present_now(connection: Connection, election_id: str, ceremony: Ceremony, now: datetime) -> tuple[Present, ...]:
    """Those whose confirmation is not too old to say that they still are there, nor of a clock that was set back since."""
    return tuple(one for one in present(connection, election_id, ceremony) if abs(now - one.at) <= PRESENT_FOR)


def written(there: Iterable[Present]) -> list[dict[str, str]]:
    """Those who were there as a step's entry in the log names them: who confirms later, or again, is none of them."""
    return [{"login": one.login, "name": one.name, "at": one.at.isoformat()} for one in there]


def logged(connection: Connection, election_id: str, act: str) -> tuple[There, ...]:
    """Who was there when the poll was opened or closed; nobody where it was not."""
    entry = audit.last(connection, election_id, act)
    told = [] if entry is None else json.loads(entry.details)["present"]
    return tuple(There(one["login"], one["name"], datetime.fromisoformat(one["at"])) for one in told)


def confirm(work: Work, election_id: str, ceremony: Ceremony, staff_id: str) -> None:
    """Keep that a member is there, from this instant."""
    key = {"election_id": election_id, "ceremony": ceremony.value, "staff_id": staff_id}
    here = [attendance.c[name] == value for name, value in key.items()]
    if not work.connection.execute(update(attendance).where(*here).values(at=work.now)).rowcount:
        work.connection.execute(insert(attendance).values(at=work.now, **key))
