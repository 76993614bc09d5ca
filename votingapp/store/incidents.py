"""The log of incidents (hændelseslog): what went wrong in the evening, line by line; a line is put right by another one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from votingapp.store import audit
from votingapp.store.tables.staff import staff
from votingapp.store.tables.station import incident

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from votingapp.store.unit_of_work import Work

BOARD = ""
"""The desk of a line that the board wrote."""

OVER = "over"
"""The level of the machine's line that says that something it noticed is over."""

_RANK = {OVER: 0, "warning": 1, "alarm": 2}

SETTLED = timedelta(minutes=5)
"""What the machine noticed is called over no sooner than so long after its line: a figure that wavers fills no log."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `at` is UTC, `desk` is `BOARD` where the board wrote, and `writer` is None where the machine did.

    `corrects` is the number of the line that this one puts right.
    """

    number: int
    at: datetime
    desk: str
    text: str
    writer: str | None
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody writes: in her own words, without names and numbers of people.

    `id` is that of the form that was sent, None where the same line cannot be sent twice.
    """

    desk: str
    text: str
    corrects: int | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class NoSuchLine:
    """The line that was to be put right is not there."""


def write(work: Work, election_id: str, official_id: str, written: Written) -> int | NoSuchLine:
    """Add a line and answer its number; the caller records it, with that number."""
    last = _last_number(work.connection, election_id)
    if written.corrects is not None and not 1 <= written.corrects <= last:
        return NoSuchLine()
    row = {"desk": written.desk, "text": written.text, "corrects": written.corrects, "official_id": official_id}
    _add(work, election_id, last + 1, row | {"id": written.id or str(uuid.uuid4())})
    return last + 1


def number_of(connection: Connection, election_id: str, line_id: str | None) -> int | None:
    """The number of a line that stands already, because its form was sent twice; None where it does not."""
    here = select(incident.c.number).where(incident.c.election_id == election_id, incident.c.id == line_id)
    return connection.execute(here).scalar()


def notice(work: Work, election_id: str, code: str, level: str, text: str) -> bool:
    """Add the machine's own line with its entry, unless the newest line of this code says as much; whether it was added.

    A level that is no worse than the one written last is not written again, and one that is lower only as `OVER` and
    once the last line has settled.
    """
    newest = _newest_of(work.connection, election_id, code)
    if not is_news(newest, level, work.now):
        return False
    number = _last_number(work.connection, election_id) + 1
    row = {"id": str(uuid.uuid4()), "desk": BOARD, "text": text, "code": code, "level": level}
    _add(work, election_id, number, row)
    work.record(election_id, audit.HOUSE, "incident_noticed", number=number, code=code, level=level, text=text)
    return True


def is_news(newest: tuple[str, datetime] | None, level: str, now: datetime) -> bool:
    """Whether a level is worth a line after the `newest` one of its code, told as level and time; None = there is none."""
    if newest is None:
        return level != OVER
    said, at = newest
    if level == OVER:
        return said != OVER and abs(now - at) >= SETTLED
    return _RANK[level] > _RANK[said]


def _newest_of(connection: Connection, election_id: str, code: str) -> tuple[str, datetime] | None:
    """The level and the time of the machine's newest line of one code."""
    row = connection.execute(
        select(incident.c.level, incident.c.at)
        .where(incident.c.election_id == election_id, incident.c.code == code)
        .order_by(incident.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.level, row.at)


def noticed(connection: Connection, election_id: str) -> dict[str, tuple[str, datetime]]:
    """By code, the level and the time of the machine's newest line."""
    rows = connection.execute(
        select(incident.c.code, incident.c.level, incident.c.at)
        .where(incident.c.election_id == election_id, incident.c.code.is_not(None))
        .order_by(incident.c.number)
    )
    return {row.code: (row.level, row.at) for row in rows}


def lines(connection: Connection, election_id: str) -> tuple[Line, ...]:
    """Every line, in the order in which they were written."""
    return tuple(_read(row) for row in connection.execute(_lines(election_id).order_by(incident.c.number)))


def newest(connection: Connection, election_id: str, most: int) -> tuple[Line, ...]:
    """The newest lines, newest first."""
    chosen = _lines(election_id).order_by(incident.c.number.desc()).limit(most)
    return tuple(_read(row) for row in connection.execute(chosen))


def of_desk(connection: Connection, election_id: str, desk: str) -> tuple[Line, ...]:
    """What one desk has written, newest first."""
    chosen = _lines(election_id).where(incident.c.desk == desk).order_by(incident.c.number.desc())
    return tuple(_read(row) for row in connection.execute(chosen))


def _lines(election_id: str) -> Select[Any]:
    return (
        select(incident, staff.c.name.label("writer"))
        .join(staff, staff.c.id == incident.c.official_id, isouter=True)
        .where(incident.c.election_id == election_id)
    )


def _last_number(connection: Connection, election_id: str) -> int:
    found = connection.execute(
        select(func.max(incident.c.number)).where(incident.c.election_id == election_id)
    ).scalar()
    return int(found or 0)


def _add(work: Work, election_id: str, number: int, row: Mapping[str, object]) -> None:
    work.connection.execute(insert(incident).values(election_id=election_id, at=work.now, number=number, **row))


def _read(row: Row[Any]) -> Line:
    return Line(row.number, row.at, row.desk, row.text, row.writer, row.corrects)
