"""What was fixed before the first vote, as everybody may compare it: rules, key and holders, slips, and what the board signed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ballots.archive import setup_hash
from ballots.protocol.election import parse_election
from ballots.protocol.hashing import digest_base64
from ballots.protocol.trustees import parse_trustees
from votingapp.documents.zero_report import read_zero
from votingapp.store import keys, reports, urns
from votingapp.store.elections import urn_of
from votingapp.store.reports import ZERO_REPORT

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.documents.zero_report import Zero
    from votingapp.store.elections import Election
    from votingapp.store.reports import Kept


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a part of the key (nøgleholder), and the fingerprint of what is public of it."""

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """The hashes that the report of the empty urn prints, in the forms it prints them in, and what they are of.

    `threshold` of the `holders` open the sum together; `slips` are all that were printed, the void ones too.
    """

    setup: str
    election: str
    rules: str
    credentials: str
    key: str
    slips: int
    threshold: int
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """The report of the empty urn by which the poll was opened: none of it changes from then on."""

    report: Kept
    zero: Zero


def begun_of(connection: Connection, election: Election) -> Begun | None:
    """What the board signed; None until the poll is opened, for before that the report may be made again."""
    made = None if election.opened_at is None else reports.kept(connection, election.id, ZERO_REPORT)
    return None if made is None else Begun(made, read_zero(made.body))


def fixed_of(connection: Connection, election: Election) -> Fixed | None:
    """What is fixed of an election; None before the freeze.

    It is computed of the records that the archive begins with, so a reader of the archive finds the same.
    """
    urn, ceremony = urn_of(connection, election.urn_uuid), keys.ceremony_of(connection, election.id)
    if election.frozen_at is None or urn.election_json is None or urn.trustees_json is None or ceremony is None:
        return None
    question, trustees = urn.election_json.encode(), urn.trustees_json.encode()
    slips = urns.credentials(connection, election.urn_uuid)
    listed = urns.public_list(slips)
    key, parts = _fingerprints(question, trustees)
    return Fixed(
        setup=setup_hash(question, trustees, listed),
        election=digest_base64(question),
        rules=election.rules.sha256,
        credentials=digest_base64(listed),
        key=key,
        slips=len(slips),
        threshold=ceremony.threshold,
        holders=tuple(Holder(one.name, part) for one, part in zip(ceremony.members, parts, strict=True)),
    )


@lru_cache(maxsize=16)
def _fingerprints(question: bytes, trustees: bytes) -> tuple[str, tuple[str, ...]]:
    """The fingerprints of an election's key and of its holders' parts; all proofs are checked, once for each record."""
    parts = tuple(keys.key_fingerprint(one.public_key) for one in parse_trustees(trustees).keys)
    return keys.key_fingerprint(parse_election(question).public_key), parts
