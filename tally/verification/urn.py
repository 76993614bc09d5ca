"""Then it judges every ballot: made for this election, by one of its credentials, once, and with proofs that hold."""

from collections.abc import Iterable
from typing import Protocol

from ballots.archive import EventType
from ballots.protocol.ballot import BallotRejected
from ballots.protocol.hashing import digest_hex
from tally.encrypted_tally import Accumulator, EncryptedTally
from tally.verification.judging import CheckMany, Judgement, Judging
from tally.verification.setup import OpenedSetup
from tally.verification.slips import Spending, SpentSlips
from tally.verification.verdict import Refusal, place_of

_WHY = {
    Spending.UNKNOWN: "the ballot's credential is not on the public list",
    Spending.SAME_AGAIN: "the same ballot stands here again",
    Spending.SECOND: "this credential has already cast a ballot",
}


class Urn(Protocol):
    """What the verifier asks of the ballots of an archive."""

    @property
    def ballots(self) -> int:
        """Count the ballots that hold so far."""

    def add(self, height: int, ballot: bytes) -> None:
        """Take a ballot; Refusal where it, or one before it, is false."""

    def finish(self) -> None:
        """Settle what is still open of the ballots so far; Refusal where one of them is false."""

    def tally(self) -> EncryptedTally:
        """Give the encrypted sum of all the ballots, once they are settled."""

    def seal(self) -> str:
        """Give the hash of the urn as it stands."""


class UrnCheck:
    """Judges the ballots of an archive; beside the slips' it keeps two batches of them, however many there are."""

    def __init__(self, setup: OpenedSetup, check_many: CheckMany, opened: frozenset[str] = frozenset()) -> None:
        """Begin with none; `opened` are the hashes of ballots that must not come."""
        self._judging: Judging[int] = Judging(setup.election, check_many)
        self._accumulator = Accumulator(setup.election)
        self._opened = opened
        self._spent = SpentSlips(setup.slips)

    @property
    def ballots(self) -> int:
        """Count the ballots that hold so far."""
        return len(self._spent)

    def add(self, height: int, ballot: bytes) -> None:
        """Take a ballot; Refusal where it, or one that waited to be judged, is false."""
        refuse_opened(self._opened, height, ballot)
        self._count(self._judging.put(height, ballot))

    def finish(self) -> None:
        """Judge what is left of the last batches."""
        self._count(self._judging.finish())

    def tally(self) -> EncryptedTally:
        """Give the encrypted sum of all the ballots, once every one is judged."""
        return self._accumulator.tally()

    def seal(self) -> str:
        """Give the hash of the urn as it stands."""
        return self._spent.seal()

    def _count(self, judged: Iterable[tuple[int, Judgement]]) -> None:
        for height, judgement in judged:
            if isinstance(judgement, BallotRejected):
                raise Refusal(judgement.reason, judgement.message, place_of(height, EventType.BALLOT))
            spend(self._spent, judgement.credential, judgement.hash_hex, height)
            self._accumulator.add(judgement)


def refuse_opened(opened: frozenset[str], height: int, ballot: bytes) -> None:
    """Refuse a ballot whose hash is among those of the opened ones."""
    if opened and digest_hex(ballot) in opened:
        said = "a ballot that was opened to check a tablet was cast all the same"
        raise Refusal("opened_and_cast", said, place_of(height, EventType.BALLOT))


def spend(spent: SpentSlips, credential: str, hash_hex: str, height: int) -> None:
    """Spend a slip on a ballot; Refusal where that cannot be."""
    spending = spent.spend(credential, hash_hex)
    if spending is not Spending.FIRST:
        raise Refusal(spending.value, _WHY[spending], place_of(height, EventType.BALLOT))
