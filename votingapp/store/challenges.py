"""Challenges (kontrol af tabletten): the hashes of opened ballots, a set that remembers no voter, no time and no order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from ballots.protocol.hashing import digest_base64
from votingapp.store.elections import urn_of
from votingapp.store.tables.urn import challenged_ballot

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election


def is_challenged(connection: Connection, ballot_hash: str) -> bool:
    """Whether the ballot with this hash (lower-case hex) was opened, and so may never be cast."""
    found = select(challenged_ballot.c.hash).where(challenged_ballot.c.hash == ballot_hash)
    return connection.execute(found).scalar() is not None


def keep(connection: Connection, urn_uuid: str, ballot_hash: str) -> None:
    """Bar the ballot with this hash for ever; the caller has looked that it does not lie in the urn."""
    connection.execute(insert(challenged_ballot).values(hash=ballot_hash, urn_uuid=urn_uuid))


def count(connection: Connection, urn_uuid: str) -> int:
    """How many ballots of an urn's election were opened."""
    found = select(func.count()).select_from(challenged_ballot).where(challenged_ballot.c.urn_uuid == urn_uuid)
    return connection.execute(found).scalar_one()


def hashes(connection: Connection, urn_uuid: str) -> tuple[str, ...]:
    """The hashes of the opened ballots, sorted."""
    found = select(challenged_ballot.c.hash).where(challenged_ballot.c.urn_uuid == urn_uuid)
    return tuple(connection.execute(found.order_by(challenged_ballot.c.hash)).scalars())


def listing(connection: Connection, election: Election) -> dict[str, object]:
    """What `challenges.json` says: which election, by its fingerprint too, and the sorted hashes (docs/challenge.md)."""
    frozen = urn_of(connection, election.urn_uuid).election_json or ""
    return {
        "election": election.urn_uuid,
        "fingerprint": digest_base64(frozen.encode()),
        "challenged": hashes(connection, election.urn_uuid),
    }
