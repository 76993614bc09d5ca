"""How long a one-time password opens its account: a slip that nobody has used must not lie about as a key for ever."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from votingapp.store.tables.audit import audit_entry
from votingapp.store.tables.elections import election
from votingapp.store.tables.staff import appointment, staff

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.staff import Staff

LIFE = timedelta(days=14)
"""From the moment at which it was made."""


def has_ended(connection: Connection, official: Staff, now: datetime) -> bool:
    """Whether an official's one-time password opens nothing any more; never so where she has a password of her own.

    It ends after two weeks, and at the close of each election to which she is appointed: who has not come by then
    is not waited for. One that is made after the close, for whoever counts or seals, has its two weeks.
    """
    if not official.must_change_password:
        return False
    made = _made_at(connection, official)
    return now - made >= LIFE or any(made < closed for closed in _closes(connection, official.id))


def _made_at(connection: Connection, official: Staff) -> datetime:
    """When she got it: with her account, or with the last new password, which the log has with its time."""
    resets = connection.execute(
        select(audit_entry.c.at, audit_entry.c.details)
        .where(audit_entry.c.act == "password_reset")
        .order_by(audit_entry.c.at)
    )
    # Compared here and not by LIKE, for which Anne is anne on one database and another on the other.
    hers: list[datetime] = [at for at, details in resets if json.loads(details).get("login") == official.login]
    return hers[-1] if hers else connection.scalars(select(staff.c.added_at).where(staff.c.id == official.id)).one()


def _closes(connection: Connection, staff_id: str) -> tuple[datetime, ...]:
    closed = (
        select(election.c.closed_at)
        .join(appointment, appointment.c.election_id == election.c.id)
        .where(appointment.c.staff_id == staff_id, election.c.closed_at.is_not(None))
    )
    return tuple(connection.scalars(closed))
