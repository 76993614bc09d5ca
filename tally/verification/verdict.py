"""The verdict on an archive is one of four, and only one of them says that the election is proved."""

from dataclasses import dataclass

from ballots.archive import EventType
from ballots.protocol.election import Election
from ballots.protocol.errors import ProtocolError


@dataclass(frozen=True, slots=True)
class Accepted:
    """Everything holds, to the result; `last_event` commits to the whole archive."""

    election: Election
    setup_hash: str
    credentials: int
    ballots: int
    decryptions: int
    result: tuple[int, ...]
    last_event: str
    urn_sha256: str
    """The hash of the urn (ballots.urn.seal_urn), as the board printed and signed it at the close."""
    opened: int | None = None
    """How many ballots were opened to check a tablet, and lie in no urn; None where no list of them was given."""
    opened_sha256: str | None = None
    """The hash over their hashes (ballots.urn.seal_urn), as the board signed it beside that of the urn; None without a list."""


@dataclass(frozen=True, slots=True)
class SoundSoFar:
    """Everything up to the last event holds, and the result is still to come.

    Whether something was cut off after `stage`, the type of that event, only an outside copy of `last_event` can tell.
    """

    election: Election
    setup_hash: str
    credentials: int
    ballots: int
    stage: EventType
    last_event: str
    urn_sha256: str
    opened: int | None = None
    opened_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """The archive is false: `reason` is a short code, `place` says where, in words."""

    reason: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file is no archive, or it ends in the middle of an event."""

    reason: str
    message: str


Verdict = Accepted | SoundSoFar | Rejected | Unreadable


class Refusal(ProtocolError):  # noqa: N818 - a finding of the verifier, not a fault
    """What a step of the verification found false, and at which event."""

    def __init__(self, reason: str, message: str, place: str) -> None:
        super().__init__(reason, message)
        self.place = place


def place_of(height: int, kind: EventType) -> str:
    """Name an event for people."""
    return f"event {height} ({kind})"
