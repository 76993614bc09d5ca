"""When an election is certified (endeligt) is never written down: it follows from what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tally.deadlines import is_over
from votingapp.store import complaints, paper_audits, record_signatures

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election


def certified(connection: Connection, election: Election, now: datetime) -> bool:
    """Whether the outcome is final but for the council's appointment, at the aware instant `now`.

    It is once everybody has signed the record in force, the time for complaints and for appeals is over, no complaint is
    open, the election stands, and the audit of the papers bears it out or two have explained why not. Whoever acts on it
    asks in her own transaction: a complaint may come in meanwhile.
    """
    appeals_end = complaints.appeals_end(connection, election.id, election.rules.complaints.appeal_days)
    audit = paper_audits.outcome(connection, election)
    return all(
        (
            record_signatures.signed_by_all(connection, election),
            is_over(election.complaints_end, now),
            appeals_end is None or is_over(appeals_end, now),
            not complaints.any_open(connection, election.id),
            election.annulment is None,
            audit is None or audit.is_settled,
        )
    )
