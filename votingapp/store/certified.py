"""When an election is certified (endeligt) is never written down: it follows from what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tally.deadlines import is_over
from votingapp.store import record_signatures

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election


def certified(connection: Connection, election: Election, now: datetime) -> bool:
    """Whether the outcome is final but for the council's appointment, at the aware instant `now`.

    It is once everybody has signed the record in force, the time for complaints is over.
    """
    return all(
        (
            record_signatures.signed_by_all(connection, election),
            is_over(election.complaints_end, now),
        )
    )
