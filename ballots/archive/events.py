"""What happened to the urn is a chain of events, each holding the hash of the one before (PROTOCOL.md section 4)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class EventType(StrEnum):
    """The events of an election with a homomorphic count, in their order."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"

    @property
    def data_members(self) -> int:
        """Tell how many data members stand before an event of this type; the last one is its payload."""
        match self:
            case EventType.SETUP:
                return 4
            case EventType.ENCRYPTED_TALLY | EventType.PARTIAL_DECRYPTION:
                return 2
            case EventType.BALLOT | EventType.RESULT:
                return 1
            case EventType.END_BALLOTS:
                return 0


@dataclass(frozen=True, slots=True)
class Event:
    """A link of the chain; `parent` and `payload` are SHA-256 in hexadecimal, absent where there is none."""

    parent: str | None
    height: int
    type: EventType
    payload: str | None

    def to_bytes(self) -> bytes:
        """Give the content of the archive member."""
        record: dict[str, object] = {} if self.parent is None else {"parent": self.parent}
        record |= {"height": self.height, "type": self.type.value}
        if self.payload is not None:
            record["payload"] = self.payload
        return canonical.write(record)


def parse_event(raw: bytes) -> Event:
    """Read an event; FormatError where it is none that this house knows."""
    parent, height, kind, payload = canonical.members(canonical.read(raw), "parent?", "height", "type", "payload?")
    if canonical.text(kind) not in set(EventType):
        raise FormatError("event_type", "an event of unknown type")
    return Event(
        parent=None if parent is None else parse_digest(parent),
        height=canonical.count(height),
        type=EventType(canonical.text(kind)),
        payload=None if payload is None else parse_digest(payload),
    )


def parse_digest(value: object) -> str:
    """Read a SHA-256 in lower-case hexadecimal."""
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return value
    raise FormatError("digest", "a SHA-256 in lower-case hexadecimal was expected")


def may_follow(previous: EventType | None, following: EventType) -> bool:
    """Tell whether the order Setup, Ballot*, EndBallots, EncryptedTally, PartialDecryption*, Result is kept.

    Stricter than Belenios, which does not enforce it (PROTOCOL.md section 14).
    """
    match following:
        case EventType.SETUP:
            return previous is None
        case EventType.BALLOT | EventType.END_BALLOTS:
            return previous in (EventType.SETUP, EventType.BALLOT)
        case EventType.ENCRYPTED_TALLY:
            return previous is EventType.END_BALLOTS
        case EventType.PARTIAL_DECRYPTION | EventType.RESULT:
            return previous in (EventType.ENCRYPTED_TALLY, EventType.PARTIAL_DECRYPTION)
