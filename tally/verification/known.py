"""Whoever has judged an urn knows it again by its hash, and need not judge it a second time."""

from dataclasses import dataclass

from ballots.archive import EventType
from ballots.protocol import canonical
from ballots.protocol.ballot import BALLOT_MEMBERS
from ballots.protocol.errors import FormatError
from ballots.protocol.group import format_point, parse_point
from ballots.protocol.hashing import digest_hex
from tally.encrypted_tally import EncryptedTally
from tally.verification.setup import OpenedSetup
from tally.verification.slips import SpentSlips
from tally.verification.urn import refuse_opened, spend
from tally.verification.verdict import Refusal, place_of


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found when every ballot of an urn was judged and added up: its hash (ballots.urn.seal_urn), and the sum.

    The hash is over the SHA-256 of every ballot. Ballots that give it are the same to the byte, and so is what was found of
    them for the election of this `fingerprint`.
    """

    fingerprint: str
    urn_sha256: str
    tally: EncryptedTally


class KnownUrn:
    """Takes ballots that were judged and added up before: they are held against the hash that was found, and not judged again.

    With one byte of one ballot changed the hash is another, and nothing of what was found is said of them.
    """

    def __init__(self, setup: OpenedSetup, judged: Judged, opened: frozenset[str] = frozenset()) -> None:
        """Begin with none; `opened` are the hashes of ballots that must not come."""
        self._fingerprint = setup.election.fingerprint
        self._judged = judged
        self._opened = opened
        self._spent = SpentSlips(setup.slips)

    @property
    def ballots(self) -> int:
        """Count the ballots so far."""
        return len(self._spent)

    def add(self, height: int, ballot: bytes) -> None:
        """Take a ballot; Refusal where its slip is not on the list, or was spent."""
        refuse_opened(self._opened, height, ballot)
        try:
            _, _, credential, _, _ = canonical.members(canonical.read(ballot), *BALLOT_MEMBERS)
            spend(self._spent, format_point(parse_point(credential)), digest_hex(ballot), height)
        except FormatError as error:
            raise Refusal(error.reason, error.message, place_of(height, EventType.BALLOT)) from error

    def finish(self) -> None:
        """Refuse other ballots than those that were judged, and the same for another election."""
        if (self._fingerprint, self.seal()) != (self._judged.fingerprint, self._judged.urn_sha256):
            raise Refusal("other_ballots", "these are not the ballots that were judged before", "the urn")

    def tally(self) -> EncryptedTally:
        """Give the encrypted sum that was found."""
        return self._judged.tally

    def seal(self) -> str:
        """Give the hash of the urn as it stands."""
        return self._spent.seal()
