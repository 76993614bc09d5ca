"""The board prints the report of the empty urn and signs it before the first voter is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.poll import ObstacleCode, may_open
from votingapp.desks.poll import zero
from votingapp.desks.poll.facts import open_facts
from votingapp.desks.poll.reporting import Kind, Made, Moving, make
from votingapp.documents.zero_report import Zero, read_zero, render_zero_report
from votingapp.store import reports
from votingapp.store.attendance import Ceremony
from votingapp.store.reports import ZERO_REPORT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from ballots.poll import Obstacle
    from votingapp.desks.poll.outcomes import Obstructed
    from votingapp.store.elections import Election
    from votingapp.store.reports import Frame
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

    Printer = Callable[[Frame, Zero], bytes]

_AFTER_THE_REPORT = frozenset({ObstacleCode.REPORT_MISSING, ObstacleCode.REPORT_STALE, ObstacleCode.BEFORE_TIME})


def make_zero_report(
    store: Store, official: Staff, election: Election, others: str = "", printer: Printer = render_zero_report
) -> Made | Obstructed | Moving:
    """Report that the urn is empty; refused while it is not, or while anything else but the report itself is missing."""
    kind = Kind(ZERO_REPORT, Ceremony.OPEN, zero.gather, obstacles_to_report, printer)
    return make(store, official, election, kind, others)


def obstacles_to_report(connection: Connection, election: Election, now: datetime) -> tuple[Obstacle, ...]:
    """Everything that keeps the poll shut, but what comes after the report."""
    found = may_open(open_facts(connection, election, now))
    return tuple(one for one in found if one.code not in _AFTER_THE_REPORT)


def print_again(connection: Connection, election: Election) -> bytes | None:
    """The latest report once more, byte for byte, as the same program sets it; None where none was made."""
    kept = reports.kept(connection, election.id, ZERO_REPORT)
    return None if kept is None else render_zero_report(kept.frame, read_zero(kept.body))
