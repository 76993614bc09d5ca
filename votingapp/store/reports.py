"""What the board prints and signs when it opens and when it has closed: kept in the log, from which it can be set again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ballots.poll import Report
from votingapp.store import audit
from votingapp.store.attendance import Ceremony, There, present_now
from votingapp.store.tables.station import incident
from votingapp.version import Software, software

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from votingapp.store.elections import Election

ZERO_REPORT, URN_REPORT = "zero_report_made", "urn_report_made"
"""The acts in the log that hold a report, word for word, and the SHA-256 of its PDF."""


@dataclass(frozen=True, slots=True)
class LogHead:
    """Where the log of the election stood: its last entry before the report, which commits to all before it."""

    serial: int
    hash: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every report says: which election, when and where, who was there, which program, and where the log stood.

    `incidents` is how many lines the log of incidents had. None of this needs the report to be made again.
    """

    election: str
    municipality: str
    place: str
    day: date
    opens: str
    closes: str
    rehearsal: bool
    at: datetime
    present: tuple[There, ...]
    others: str
    incidents: int
    log: LogHead
    software: Software


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as the log has it: the entry's number, the SHA-256 of the PDF, and what the report says."""

    serial: int
    sha256: str
    frame: Frame
    body: Mapping[str, Any]


def draw_frame(connection: Connection, election: Election, ceremony: Ceremony, now: datetime, others: str) -> Frame:
    """Everything about a report but its figures, as the house stands; `others` are who else is there, in words."""
    rules, head = election.rules.election, audit.last(connection, election.id)
    return Frame(
        election=election.name,
        municipality=rules.municipality,
        place=rules.place,
        day=rules.election_day,
        opens=f"{rules.opens:%H.%M}",
        closes=f"{rules.closes:%H.%M}",
        rehearsal=election.rehearsal,
        at=now,
        present=tuple(
            There(one.login, one.name, one.at) for one in present_now(connection, election.id, ceremony, now)
        ),
        others=others,
        incidents=_incidents(connection, election.id),
        log=LogHead(0, "") if head is None else LogHead(head.serial, head.hash),
        software=software(),
    )


def plain(value: Any) -> Any:
    """A report or a part of one as JSON has it: lists, and instants as text."""
    return json.loads(json.dumps(asdict(value), default=lambda instant: instant.isoformat()))


def kept(connection: Connection, election_id: str, act: str) -> Kept | None:
    """The latest report of a kind; None before the first."""
    entry = audit.last(connection, election_id, act)
    if entry is None:
        return None
    details = json.loads(entry.details)
    return Kept(entry.serial, details["sha256"], _read_frame(details["frame"]), details["body"])


def standing(report: Kept | None, body: Any) -> Report:
    """How a report stands to its figures as they are now, and to the program that runs.

    Who is there and where the log stands is as it was when the report was made, and may have gone on since.
    """
    if report is None:
        return Report.MISSING
    return Report.FITS if tells(report, body) and report.frame.software == software() else Report.STALE


def tells(report: Kept, body: Any) -> bool:
    """Whether a report says these figures, whatever program runs now.

    Of a figure that was not known yet when it was made it says nothing.
    """
    now = plain(body)
    return all(name in now and now[name] == figure for name, figure in report.body.items())


def _incidents(connection: Connection, election_id: str) -> int:
    found = select(func.count()).select_from(incident).where(incident.c.election_id == election_id)
    return connection.execute(found).scalar_one()


def _read_frame(written: Mapping[str, Any]) -> Frame:
    present = tuple(There(one["login"], one["name"], datetime.fromisoformat(one["at"])) for one in written["present"])
    return Frame(
        **{
            **written,
            "day": date.fromisoformat(written["day"]),
            "at": datetime.fromisoformat(written["at"]),
            "present": present,
            "log": LogHead(**written["log"]),
            "software": Software(**written["software"]),
        }
    )
