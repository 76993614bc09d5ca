"""What two read on each drawn paper is held against every claim, draw by draw, until all are confirmed at once."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tally.audit.assertions import ClaimKind
from tally.audit.statistic import Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tally.audit.assertions import Claim
    from tally.audit.statistic import Measure


@dataclass(frozen=True, slots=True)
class Marks:
    """What a paper says: the ids of the candidates it names, none where it is blank; `lost` if it cannot be read or found."""

    named: frozenset[str] = frozenset()
    lost: bool = False

    def __post_init__(self) -> None:
        if self.lost and self.named:
            raise ValueError("a paper that cannot be read names nobody")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sample has come: so many `draws` were held against the claims, each with its score and whether it is confirmed.

    Once all are confirmed at the same draw, no later one is asked.
    """

    draws: int
    scores: tuple[Score, ...]
    confirmed: tuple[bool, ...]

    @property
    def is_over(self) -> bool:
        """Whether every claim is confirmed."""
        return all(self.confirmed)


def progress_document(progress: Progress) -> dict[str, Any]:
    """How far a sample has come, as a JSON object."""
    return {
        "draws": progress.draws,
        "scores": [[one.ones, one.halves, one.zeros] for one in progress.scores],
        "confirmed": list(progress.confirmed),
    }


def read_progress(text: str) -> Progress:
    """Read what `progress_document` wrote; ValueError for anything else."""
    told = json.loads(text)
    return Progress(told["draws"], tuple(Score(*one) for one in told["scores"]), tuple(told["confirmed"]))


def marks_document(marks: Marks) -> dict[str, Any]:
    """What was read on a paper, as a JSON object."""
    return {"named": sorted(marks.named), "lost": marks.lost}


def read_marks(text: str) -> Marks:
    """Read what `marks_document` wrote; ValueError for anything else."""
    told = json.loads(text)
    return Marks(frozenset(told["named"]), lost=told["lost"])


def twice_x(claim: Claim, marks: Marks) -> int:
    """Twice the value X of a paper for a claim: 2, 1 or 0. One that nobody can read or find is taken for the worst."""
    if marks.lost:
        return 0
    names = claim.candidate in marks.named
    match claim.kind:
        case ClaimKind.MORE:
            return 1 + names - (claim.other in marks.named)
        case ClaimKind.LEAST:
            return 2 * names
        case ClaimKind.BELOW:
            return 2 * (not names)


def follow(claims: Sequence[Claim], measures: Sequence[Measure], read: Sequence[Marks], risk_limit: int) -> Progress:
    """Hold the papers of the draws against the claims, in the order of the draws; `measures` are those of the claims.

    A claim that was confirmed and is not any more, for the papers drawn after it spoke against it, is not confirmed.
    """
    found = [[0, 0, 0] for _ in claims]
    pairs = tuple(zip(claims, measures, found, strict=True))
    turning = deque(pairs)  # as long as the first of these is not confirmed, no other need be looked at

    def all_confirmed() -> bool:
        for _ in pairs:
            _claim, measure, tallied = turning[0]
            if not measure.confirms(_as_score(tallied), risk_limit):
                return False
            turning.rotate()
        return True

    draws = 0
    while draws < len(read) and not all_confirmed():
        for claim, _measure, tallied in pairs:
            tallied[twice_x(claim, read[draws])] += 1
        draws += 1
    confirmed = tuple(measure.confirms(_as_score(tallied), risk_limit) for _claim, measure, tallied in pairs)
    return Progress(draws, tuple(_as_score(one) for one in found), confirmed)


def _as_score(tallied: Sequence[int]) -> Score:
    return Score(ones=tallied[2], halves=tallied[1], zeros=tallied[0])
