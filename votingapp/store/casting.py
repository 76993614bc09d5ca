"""Casting (stemmeafgivning): what the urn knows of a slip as its ballot comes, and one more ballot put among the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from ballots.urn import Arrival, UrnState
from votingapp.store import challenges, urns
from votingapp.store.elections import urn_of
from votingapp.store.tables.urn import ballot, public_credential

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ballots.protocol.ballot import CheckedBallot


def arrival(connection: Connection, urn_uuid: str, credential: str, ballot_hash: str) -> Arrival:
    """What an urn knows as a ballot with this public credential and hash arrives; both are lower-case hex."""
    found, is_void = urn_of(connection, urn_uuid), void_of(connection, urn_uuid, credential)
    return Arrival(
        state=UrnState(found.state),
        ballot_hash=ballot_hash,
        credential_known=is_void is not None,
        void=bool(is_void),
        spent_by=_spent_by(connection, urn_uuid, credential),
        ballots_in_urn=urns.count(connection, urn_uuid),
        slips_issued=found.slips_issued,
        challenged=challenges.is_challenged(connection, ballot_hash),
    )


def put(connection: Connection, urn_uuid: str, checked: CheckedBallot, raw: bytes) -> None:
    """Put a ballot that the urn accepts among the others, as the exact bytes that came."""
    connection.execute(
        insert(ballot).values(hash=checked.hash_hex, urn_uuid=urn_uuid, credential=checked.credential, body=raw)
    )


def void_of(connection: Connection, urn_uuid: str, credential: str) -> bool | None:
    """Whether the slip with this public credential was given back; None for no slip of this urn."""
    return connection.execute(
        select(public_credential.c.void).where(
            public_credential.c.urn_uuid == urn_uuid, public_credential.c.credential == credential
        )
    ).scalar()


def make_void(connection: Connection, urn_uuid: str, credential: str) -> None:
    """Let no ballot in on this slip any more."""
    connection.execute(
        update(public_credential)
        .where(public_credential.c.urn_uuid == urn_uuid, public_credential.c.credential == credential)
        .values(void=True)
    )


def is_spent(connection: Connection, urn_uuid: str, credential: str) -> bool:
    """Whether a ballot was cast with the slip that has this public credential."""
    return _spent_by(connection, urn_uuid, credential) is not None


def _spent_by(connection: Connection, urn_uuid: str, credential: str) -> str | None:
    return connection.execute(
        select(ballot.c.hash).where(ballot.c.urn_uuid == urn_uuid, ballot.c.credential == credential)
    ).scalar()
