"""What is frozen has one hash: rules, candidates, slips and key cannot change afterwards without being seen."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ballots.archive import setup_hash
from ballots.protocol.election import parse_election
from ballots.protocol.hashing import digest_base64
from ballots.protocol.public_credentials import write_public_credentials
from votingapp.store import audit, ballot_paper, keys, urns
from votingapp.store.ballot_paper import FROZEN
from votingapp.store.elections import urn_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Seal:
    """The hashes that are read aloud at the freeze, entered in the log, and found again in the archive.

    `setup` covers question, trustees and slips (hex SHA-256, PROTOCOL.md section 5), `election` is the fingerprint
    phi that every ballot carries and `credentials` that of the list of slips (Base64), `rules` the rule set's SHA-256.
    """

    setup: str
    election: str
    rules: str
    credentials: str


def make_seal(election_raw: bytes, trustees_raw: bytes, slips: Iterable[str], rules_sha256: str) -> Seal:
    """Seal what is about to be frozen, or was."""
    credentials = write_public_credentials(slips)
    return Seal(
        setup=setup_hash(election_raw, trustees_raw, credentials),
        election=digest_base64(election_raw),
        rules=rules_sha256,
        credentials=digest_base64(credentials),
    )


def logged_seal(connection: Connection, election_id: str) -> Seal | None:
    """The seal as the log of decisions has it; None before the freeze."""
    for entry in audit.entries(connection, election_id):
        if entry.act == FROZEN:
            return Seal(**json.loads(entry.details)["seal"])
    return None


def seal_details(seal: Seal) -> dict[str, str]:
    """The seal as particulars of a log entry."""
    return asdict(seal)


def is_intact(connection: Connection, election: Election) -> bool:
    """Whether rules, candidates, slips and key still are those that were sealed."""
    logged, urn = logged_seal(connection, election.id), urn_of(connection, election.urn_uuid)
    if logged is None or urn.election_json is None or urn.trustees_json is None:
        return False
    now = make_seal(
        urn.election_json.encode(),
        urn.trustees_json.encode(),
        urns.credentials(connection, election.urn_uuid),
        election.rules.sha256,
    )
    return now == logged and _fits_the_house(connection, election, urn.election_json, urn.trustees_json)


def _fits_the_house(connection: Connection, election: Election, election_json: str, trustees_json: str) -> bool:
    """Whether candidates and key as the other desks see them are those in the frozen records."""
    labels = tuple(line.label for line in ballot_paper.lines(connection, election.id))
    ceremony = keys.ceremony_of(connection, election.id)
    trustees = None if ceremony is None else ceremony.trustees()
    same_key = trustees is not None and trustees.raw == trustees_json.encode()
    return same_key and labels == parse_election(election_json.encode()).answers
