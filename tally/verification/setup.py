"""First of all the verifier opens what was frozen before voting: question, key, trustees and credentials."""

from dataclasses import dataclass

from ballots.archive import Setup, parse_setup
from ballots.protocol.election import Election, parse_election
from ballots.protocol.errors import FormatError
from ballots.protocol.hashing import digest_hex
from ballots.protocol.public_credentials import parse_public_credentials
from ballots.protocol.trustees import Trustees, parse_trustees
from tally.verification.slips import Slips


@dataclass(frozen=True, slots=True)
class OpenedSetup:
    """The checked set-up of an election."""

    election: Election
    trustees: Trustees
    slips: Slips
    hash_hex: str


def open_setup(data: tuple[bytes, ...]) -> OpenedSetup:
    """Check the four records of the first event; a ProtocolError says what does not hold (sections 5, 7 and 13)."""
    election_raw, trustees_raw, credentials_raw, setup_raw = data
    expected = Setup(*(digest_hex(raw) for raw in (election_raw, trustees_raw, credentials_raw)))
    if parse_setup(setup_raw) != expected:
        raise FormatError("setup", "the set-up names other records than those before it")
    election = parse_election(election_raw)
    trustees = parse_trustees(trustees_raw)
    if trustees.combined_public_key != election.public_key:
        raise FormatError("public_key", "the election's key is not the one its trustees hold")
    slips = Slips(parse_public_credentials(credentials_raw))
    return OpenedSetup(election, trustees, slips, digest_hex(setup_raw))
