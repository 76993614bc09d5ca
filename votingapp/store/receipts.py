"""The receipts (kvitteringer) of a closed urn: what each voter may have written down, in the order of the hashes."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from sqlalchemy import select

from votingapp.store.tables.urn import ballot

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election


def every(connection: Connection, election: Election) -> tuple[str, ...] | None:
    """The receipt of every ballot in the urn; None until the poll is closed (promise 6).

    A receipt is the ballot's hash once more, in Base64 without padding; no ballot is read for it.
    """
    if election.closed_at is None:
        return None
    hashes = connection.scalars(
        select(ballot.c.hash).where(ballot.c.urn_uuid == election.urn_uuid).order_by(ballot.c.hash)
    )
    return tuple(b64encode(bytes.fromhex(one)).rstrip(b"=").decode() for one in hashes)
