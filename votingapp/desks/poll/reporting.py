"""A report is set from one state of the house, and kept in the log only if the house still stands as it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ballots.protocol.hashing import digest_hex
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.store import elections, reports

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from ballots.poll import Obstacle
    from votingapp.store.attendance import Ceremony
    from votingapp.store.elections import Election
    from votingapp.store.reports import Frame
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

Body = TypeVar("Body")

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Kind(Generic[Body]):
    """A kind of report: how it is called in the log, what it says, what must be in order first, and how it is printed."""

    act: str
    ceremony: Ceremony
    gather: Callable[[Connection, Election], Body]
    obstacles: Callable[[Connection, Election, datetime], tuple[Obstacle, ...]]
    typeset: Callable[[Frame, Body], bytes]


@dataclass(frozen=True, slots=True)
class Made:
    """The report stands in the log, with the SHA-256 of its PDF."""

    pdf: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Moving:
    """Each time the report was set, something had changed: the board waits until the house is at rest."""


def make(
    store: Store, official: Staff, election: Election, kind: Kind[Any], others: str = ""
) -> Made | Obstructed | Moving:
    """Set a report and keep it; `others` are who else is there, in words.

    To print takes a second, in which no voter and no desk shall wait: the paper is set between two transactions, and
    the second one keeps it only where it finds what the first one found.
    """
    for _ in range(_ATTEMPTS):
        with store.reading() as connection:
            drawn = _draw(connection, election, kind, store.clock(), others)
        if isinstance(drawn, Obstructed):
            return drawn
        pdf = kind.typeset(*drawn)
        kept = _keep(store, official, election, kind, drawn, digest_hex(pdf))
        if isinstance(kept, Obstructed):
            return kept
        if kept:
            return Made(pdf, digest_hex(pdf))
    return Moving()


def _keep(
    store: Store, official: Staff, election: Election, kind: Kind[Any], drawn: tuple[Frame, Any], sha256: str
) -> Obstructed | bool:
    frame, body = drawn

    def act(work: Work) -> Obstructed | bool:
        found = _draw(work.connection, election, kind, work.now, frame.others)
        if isinstance(found, Obstructed):
            return found
        if (replace(found[0], at=frame.at), found[1]) != drawn:
            return False
        written = {"frame": reports.plain(frame), "body": reports.plain(body)}
        work.record(election.id, official.login, kind.act, sha256=sha256, **written)
        return True

    return store.write(act)


def _draw(
    connection: Connection, election: Election, kind: Kind[Any], now: datetime, others: str
) -> tuple[Frame, Any] | Obstructed:
    current = elections.by_id(connection, election.id)
    obstacles = kind.obstacles(connection, current, now)
    if obstacles:
        return Obstructed(obstacles)
    return reports.draw_frame(connection, current, kind.ceremony, now, others), kind.gather(connection, current)
