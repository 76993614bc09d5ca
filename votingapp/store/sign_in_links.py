"""Where nobody vouches for people, a link is mailed: it is written down as a hash, works once, and not for long."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, insert, select

from votingapp.store.tables.applicants import sign_in_link

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault

LIFE = timedelta(minutes=30)
"""A link works in the last second of its half hour, and not in the next."""

_PURPOSE = "sign_in_link"


def new_token() -> str:
    """A token of 256 random bits, as it stands in the link."""
    return secrets.token_urlsafe(32)


def keep(work: Work, election_id: str, token: str, email: str) -> None:
    """Write a link down, its token as SHA-256, and forget the links of all elections whose time is over."""
    work.connection.execute(delete(sign_in_link).where(sign_in_link.c.asked_at < work.now - LIFE))
    work.connection.execute(
        insert(sign_in_link).values(
            token_sha256=_hash(token),
            election_id=election_id,
            email_sealed=work.vault.seal(election_id, _PURPOSE, email.encode()),
            asked_at=work.now,
        )
    )
    work.keep_unrecorded()


def whose(connection: Connection, vault: Vault, election_id: str, token: str, now: datetime) -> str | None:
    """The address to which a link was mailed; None when it is no link of this election that can still be used.

    Asking does not use it up.
    """
    row = connection.execute(select(sign_in_link).where(_is(election_id, token))).first()
    if row is None or now - row.asked_at > LIFE:
        return None
    return vault.unseal(election_id, _PURPOSE, row.email_sealed).decode()


def use(work: Work, election_id: str, token: str) -> str | None:
    """Use a link up and answer the address it was mailed to; None when it is no link of this election that still works."""
    email = whose(work.connection, work.vault, election_id, token, work.now)
    if email is not None:
        work.connection.execute(delete(sign_in_link).where(_is(election_id, token)))
    return email


def _is(election_id: str, token: str) -> ColumnElement[bool]:
    return and_(sign_in_link.c.token_sha256 == _hash(token), sign_in_link.c.election_id == election_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
