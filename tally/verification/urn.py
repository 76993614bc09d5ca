"""Then it judges every ballot: made for this election, by one of its credentials, once, and with proofs that hold."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ballots.archive import EventType
from ballots.protocol.ballot import BallotRejected, CheckedBallot, judge_ballot
from ballots.protocol.election import Election
from ballots.protocol.hashing import digest_hex
from ballots.urn import seal_urn
from tally.encrypted_tally import Accumulator, EncryptedTally
from tally.verification.setup import OpenedSetup
from tally.verification.verdict import Refusal, place_of

Judgement = CheckedBallot | BallotRejected
CheckMany = Callable[[Election, Sequence[bytes]], Iterable[Judgement]]
"""Judges ballots and gives the judgements in the same order; several cores may share the work."""

BATCH: Final = 64
"""So many ballots are judged together: enough to keep several cores busy, few enough to hold in memory."""


def check_serially(election: Election, ballots: Sequence[bytes]) -> Iterable[Judgement]:
    """Judge ballots one after another, on this core."""
    return (judge_ballot(election, ballot) for ballot in ballots)


class UrnCheck:
    """Judges the ballots of an archive; keeps their hashes and credentials, and of the rest one batch."""

    def __init__(self, setup: OpenedSetup, check_many: CheckMany, opened: frozenset[str] = frozenset()) -> None:
        """Begin with none; `opened` are the hashes of ballots that must not come."""
        self._setup = setup
        self._check_many = check_many
        self._accumulator = Accumulator(setup.election)
        self._waiting: list[tuple[int, bytes]] = []
        self._opened = opened
        self._hashes: set[str] = set()
        self._spent: set[str] = set()

    @property
    def ballots(self) -> int:
        """Count the ballots that hold so far."""
        return len(self._spent)

    def add(self, height: int, ballot: bytes) -> None:
        """Take a ballot; Refusal where it, or one that waited to be judged, is false."""
        digest = digest_hex(ballot)
        if digest in self._hashes:
            raise Refusal("duplicate_ballot", "the same ballot stands here again", place_of(height, EventType.BALLOT))
        if digest in self._opened:
            said = "a ballot that was opened to check a tablet was cast all the same"
            raise Refusal("opened_and_cast", said, place_of(height, EventType.BALLOT))
        self._hashes.add(digest)
        self._waiting.append((height, ballot))
        if len(self._waiting) >= BATCH:
            self.judge_waiting()

    def judge_waiting(self) -> None:
        """Judge what is left of the last batch."""
        waiting, self._waiting = self._waiting, []
        judgements = self._check_many(self._setup.election, [ballot for _, ballot in waiting])
        for (height, _), judgement in zip(waiting, judgements, strict=True):
            self._count(place_of(height, EventType.BALLOT), judgement)

    def tally(self) -> EncryptedTally:
        """Give the encrypted sum of all the ballots, once every one is judged."""
        return self._accumulator.tally()

    def seal(self) -> str:
        """Give the hash of the urn as it stands."""
        return seal_urn(self._hashes)

    def _count(self, place: str, judgement: Judgement) -> None:
        if isinstance(judgement, BallotRejected):
            raise Refusal(judgement.reason, judgement.message, place)
        if judgement.credential not in self._setup.credentials:
            raise Refusal("unknown_credential", "the ballot's credential is not on the public list", place)
        if judgement.credential in self._spent:
            raise Refusal("second_ballot", "this credential has already cast a ballot", place)
        self._spent.add(judgement.credential)
        self._accumulator.add(judgement)
