"""The board prints the report of the sealed urn and signs it before anybody learns what the urn holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.poll import may_seal
from votingapp.desks.poll.reporting import Kind, Made, Moving, make
from votingapp.documents.urn_report import render_urn_report
from votingapp.store import reports, sealing
from votingapp.store.attendance import Ceremony
from votingapp.store.reports import URN_REPORT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from ballots.poll import Obstacle
    from votingapp.desks.poll.outcomes import Obstructed
    from votingapp.store.elections import Election
    from votingapp.store.reports import Frame
    from votingapp.store.sealing import Sealed
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

    Printer = Callable[[Frame, Sealed], bytes]


def make_urn_report(
    store: Store, official: Staff, election: Election, others: str = "", printer: Printer = render_urn_report
) -> Made | Obstructed | Moving:
    """Seal the urn by its report; refused until every box is counted and every difference is explained."""
    kind = Kind(URN_REPORT, Ceremony.CLOSE, sealing.gather, obstacles_to_seal, printer)
    return make(store, official, election, kind, others)


def obstacles_to_seal(connection: Connection, election: Election, now: datetime) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of the report."""
    return may_seal(sealing.seal_facts(connection, election, now))


def print_again(connection: Connection, election: Election) -> bytes | None:
    """The latest report once more, byte for byte, as the same program sets it; None where none was made."""
    kept = reports.kept(connection, election.id, URN_REPORT)
    return None if kept is None else render_urn_report(kept.frame, sealing.read_sealed(kept.body))
