"""Two small records tie others together: what the election was set up with, and who decrypted what.

Source: PROTOCOL.md sections 5 and 12.
"""

from dataclasses import dataclass

from ballots.archive.events import parse_digest
from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.hashing import digest_hex


@dataclass(frozen=True, slots=True)
class Setup:
    """The SHA-256, in hexadecimal, of the three records that are fixed before voting opens."""

    election: str
    trustees: str
    credentials: str


@dataclass(frozen=True, slots=True)
class OwnedRecord:
    """A partial decryption, by its SHA-256, and the number (from 1) of the trustee who made it."""

    owner: int
    payload: str


def write_setup(election: bytes, trustees: bytes, credentials: bytes) -> bytes:
    """Give the set-up record of three published records."""
    return canonical.write(
        {
            "election": digest_hex(election),
            "trustees": digest_hex(trustees),
            "credentials": digest_hex(credentials),
        }
    )


def setup_hash(election: bytes, trustees: bytes, credentials: bytes) -> str:
    """Give the one hash, in hexadecimal, that fixes an election when it is frozen."""
    return digest_hex(write_setup(election, trustees, credentials))


def parse_setup(raw: bytes) -> Setup:
    """Read a set-up record; FormatError where it is none."""
    digests = canonical.members(canonical.read(raw), "election", "trustees", "credentials")
    election, trustees, credentials = (parse_digest(digest) for digest in digests)
    return Setup(election, trustees, credentials)


def write_owned(payload: bytes, owner: int) -> bytes:
    """Give the record that a partial decryption was made by trustee number `owner`."""
    return canonical.write({"owner": owner, "payload": digest_hex(payload)})


def parse_owned(raw: bytes) -> OwnedRecord:
    """Read the record of an owner; FormatError where it is none."""
    owner, payload = canonical.members(canonical.read(raw), "owner", "payload")
    if canonical.count(owner) == 0:
        raise FormatError("owner", "trustees are numbered from 1")
    return OwnedRecord(canonical.count(owner), parse_digest(payload))
