"""Ballots are judged some at a time, on as many cores as there are, and their judgements taken in the order they came in."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Generic, TypeVar

from ballots.protocol.ballot import BallotRejected, CheckedBallot, judge_ballot
from ballots.protocol.election import Election

Judgement = CheckedBallot | BallotRejected
CheckMany = Callable[[Election, Sequence[bytes]], Iterable[Judgement]]
"""Judges ballots and gives the judgements in the same order; several cores may share the work."""

BATCH: Final = 64
"""So many ballots are judged together: enough to keep several cores busy, few enough to hold in memory."""

_AHEAD: Final = 1
"""So many batches are at work while the judgements of the one before are taken, or the cores would wait for that."""

Name = TypeVar("Name")
"""What the caller knows a ballot by."""


def check_serially(election: Election, ballots: Sequence[bytes]) -> Iterable[Judgement]:
    """Judge ballots one after another, on this core."""
    return (judge_ballot(election, ballot) for ballot in ballots)


class Judging(Generic[Name]):
    """Takes ballots one after another and gives their judgements some time later; holds two batches of them."""

    def __init__(self, election: Election, check_many: CheckMany) -> None:
        self._election = election
        self._check_many = check_many
        self._waiting: list[tuple[Name, bytes]] = []
        self._at_work: deque[tuple[list[Name], Iterable[Judgement]]] = deque()

    def put(self, name: Name, ballot: bytes) -> list[tuple[Name, Judgement]]:
        """Take a ballot; give what is judged by now."""
        self._waiting.append((name, ballot))
        if len(self._waiting) < BATCH:
            return []
        self._hand_out()
        return self._take() if len(self._at_work) > _AHEAD else []

    def finish(self) -> list[tuple[Name, Judgement]]:
        """Give the judgements of all that are left."""
        self._hand_out()
        judged: list[tuple[Name, Judgement]] = []
        while self._at_work:
            judged += self._take()
        return judged

    def _hand_out(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            judgements = self._check_many(self._election, [ballot for _, ballot in waiting])
            self._at_work.append(([name for name, _ in waiting], judgements))

    def _take(self) -> list[tuple[Name, Judgement]]:
        names, judgements = self._at_work.popleft()
        return list(zip(names, judgements, strict=True))
