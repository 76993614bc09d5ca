"""Casting (stemmeafgivning): which slips exist, which are spent, and one more ballot put among the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from ballots.urn import Arrival, UrnState
from votingapp.store.tables.nominations import nomination
from votingapp.store.tables.urn import ballot, public_credential, urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

    from ballots.protocol.ballot import CheckedBallot


def arrival(connection: Connection, urn_uuid: str, credential: str, ballot_hash: str) -> Arrival:
    """What an urn knows as a ballot with this public credential and hash arrives; both are lower-case hex."""
    found = connection.execute(select(urn.c.state, urn.c.slips_issued).where(urn.c.uuid == urn_uuid)).one()
    return Arrival(
        state=UrnState(found.state),
        ballot_hash=ballot_hash,
        credential_known=_is_known(connection, urn_uuid, credential),
        spent_by=_spent_by(connection, urn_uuid, credential),
        ballots_in_urn=count_ballots(connection, urn_uuid),
        slips_issued=found.slips_issued,
    )


def put(connection: Connection, urn_uuid: str, checked: CheckedBallot, raw: bytes) -> None:
    """Put a ballot that the urn accepts among the others, as the exact bytes that came."""
    connection.execute(
        insert(ballot).values(hash=checked.hash_hex, urn_uuid=urn_uuid, credential=checked.credential, body=raw)
    )


def count_ballots(connection: Connection, urn_uuid: str) -> int:
    """How many ballots lie in an urn."""
    return connection.execute(
        select(func.count()).select_from(ballot).where(ballot.c.urn_uuid == urn_uuid)
    ).scalar_one()


def names_on_ballot(connection: Connection, election_id: str) -> Sequence[Row[int, str, str | None]]:
    """Number, name and distinguishing line of everyone on the frozen ballot, in ballot order.

    Who withdrew after the freeze still stands there: a frozen ballot is not reprinted, and the answers are numbered.
    """
    rows = connection.execute(
        select(nomination.c.ballot_number, nomination.c.name, nomination.c.distinguishing_line)
        .where(nomination.c.election_id == election_id, nomination.c.ballot_number.is_not(None))
        .order_by(nomination.c.ballot_number)
    )
    return rows.all()


def _is_known(connection: Connection, urn_uuid: str, credential: str) -> bool:
    known = public_credential.c
    return (
        connection.execute(
            select(known.credential).where(known.urn_uuid == urn_uuid, known.credential == credential)
        ).first()
        is not None
    )


def _spent_by(connection: Connection, urn_uuid: str, credential: str) -> str | None:
    return connection.execute(
        select(ballot.c.hash).where(ballot.c.urn_uuid == urn_uuid, ballot.c.credential == credential)
    ).scalar_one_or_none()
