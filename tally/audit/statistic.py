"""How strongly the papers drawn so far speak for a claim, in exact fractions that a pocket calculator finds again.

Stark, "ALPHA: Audit that Learns from Previously Hand-Audited Ballots" (Annals of Applied Statistics 17, 2023), sampling
with replacement and with the alternative fixed before the dice: then the statistic depends on counts alone, not on the
order of draws, so that totals can be published and no paper. It never falls below 0, and its mean never grows under a
claim that is false; so by Ville's inequality it ever reaches 1/limit with a probability of at most the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tally.audit.assertions import ClaimKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tally.audit.assertions import Claim

LEAST_STAKE, MOST_STAKE = Fraction(1, 50), Fraction(49, 50)
"""Of the evidence so far, what one contrary paper costs: never nothing, and never all of it."""

_HALF = Fraction(1, 2)
_PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known when the sample is announced.

    `papers` lie in the box (>= 1) and `ballots` in the urn; `doubted` papers, at least their difference, are taken for the
    worst. `urn` and `paper` are the votes by id in the urn and on ballots of paper, which two have counted in full.
    `least_votes` are the fewest that the rules ask of a member. ValueError for other figures.
    """

    papers: int
    ballots: int
    doubted: int
    urn: Mapping[str, int]
    paper: Mapping[str, int]
    least_votes: int = 0

    def __post_init__(self) -> None:
        if self.papers < 1:
            raise ValueError("where there is no paper none is drawn")
        if self.doubted < abs(self.papers - self.ballots):
            raise ValueError("a paper that is missing or too many is in doubt")

    def margin(self, claim: Claim) -> int:
        """By how many votes a claim holds as reported, each doubted paper against it; at 0 or less no sample shows it."""
        mine = self._votes(claim.candidate)
        match claim.kind:
            case ClaimKind.MORE:
                return mine - self._votes(claim.other) - self.doubted
            case ClaimKind.LEAST:
                return mine - (self.least_votes - 1) - self.doubted
            case ClaimKind.BELOW:
                return self.least_votes - mine - self.doubted

    def _votes(self, candidate: str) -> int:
        return self.urn[candidate] + self.paper.get(candidate, 0)


@dataclass(frozen=True, slots=True)
class Score:
    """How many draws so far speak for a claim (X = 1), say nothing (X = 1/2), or speak against it (X = 0)."""

    ones: int = 0
    halves: int = 0
    zeros: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """What one claim is measured by: the mean of X over all papers is more than `threshold`.

    `stake` is the share of the evidence that one contrary paper costs, between 1/50 and 49/50. Below a threshold of 0 the
    claim holds without a draw; at 1 and above, or where it is not `confirmable`, no sample shows it.
    """

    threshold: Fraction
    stake: Fraction
    confirmable: bool

    @property
    def alternative(self) -> Fraction:
        """The mean against which the threshold is tested (eta in the paper)."""
        return self.threshold + (1 - self.threshold) * self.stake

    def factor(self, x: Fraction) -> Fraction:
        """By what a paper multiplies the evidence; the mean of it is 1 where the mean of X is the threshold."""
        return 1 - self.stake + self.stake * x / self.threshold

    def value(self, score: Score) -> Fraction | None:
        """The evidence after so many draws; None where it is no figure, for the threshold is no share between 0 and 1."""
        if not 0 < self.threshold < 1:
            return None
        return Fraction(*self._parts(score))

    def confirms(self, score: Score, risk_limit: int) -> bool:
        """Whether the claim is confirmed at a `risk_limit` in per mille (1 to 999)."""
        if not self.confirmable:
            return False
        if self.threshold <= 0:  # what is at least 0 is more than 0 as soon as one paper says something
            return self.threshold < 0 or score.ones + score.halves > 0
        numerator, denominator = self._parts(score)
        return numerator * risk_limit >= _PER_MILLE * denominator

    def _parts(self, score: Score) -> tuple[int, int]:
        """The evidence as numerator and denominator, not reduced: after many draws that would take most of the time.

        Over the common denominator 2 stake threshold the factors of X = 0, 1/2 and 1 are three whole numbers.
        """
        costs, stakes = self.stake.as_integer_ratio()
        height, whole = self.threshold.as_integer_ratio()
        zero = 2 * (stakes - costs) * height
        half, one = zero + costs * whole, zero + 2 * costs * whole
        numerator = one**score.ones * half**score.halves * zero**score.zeros
        return numerator, (2 * stakes * height) ** (score.ones + score.halves + score.zeros)


def measure(claim: Claim, evidence: Evidence) -> Measure:
    """How a claim is measured, all of which is fixed before a die is rolled."""
    threshold = _threshold(claim, evidence)
    return Measure(
        threshold=threshold,
        stake=_stake(threshold, _expected(claim, evidence)),
        confirmable=threshold < 1 and evidence.margin(claim) > 0,
    )


def _threshold(claim: Claim, evidence: Evidence) -> Fraction:
    """What the mean of X is at most where the claim is false, each doubted paper being as false as can be."""
    papers, doubted, least = evidence.papers, evidence.doubted, evidence.least_votes
    mine = evidence.paper.get(claim.candidate, 0)
    match claim.kind:
        case ClaimKind.MORE:
            return _HALF + Fraction(evidence.paper.get(claim.other, 0) - mine + doubted, 2 * papers)
        case ClaimKind.LEAST:
            return Fraction(least - 1 - mine + doubted, papers)
        case ClaimKind.BELOW:
            return 1 - Fraction(least - mine - doubted, papers)


def _expected(claim: Claim, evidence: Evidence) -> Score:
    """How the ballots of the urn would speak, if each of them named one of the two at most."""
    mine, all_of_them = evidence.urn[claim.candidate], evidence.ballots
    match claim.kind:
        case ClaimKind.MORE:
            other = evidence.urn[claim.other]
            return Score(mine, max(0, all_of_them - mine - other), other)
        case ClaimKind.LEAST:
            return Score(ones=mine, zeros=all_of_them - mine)
        case ClaimKind.BELOW:
            return Score(ones=all_of_them - mine, zeros=mine)


def _stake(threshold: Fraction, expected: Score) -> Fraction:
    """The stake at which the evidence grows about fastest if the result is right; any other is as valid, only slower.

    The first step towards it of Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting"
    (Journal of the Royal Statistical Society B 86, 2024). Where all voted on a tablet and no paper is in doubt it is
    2s - 1, with s the share of the one among the votes of the two: exactly BRAVO's. Where the threshold is no share between 0
    and 1 the step leads to 0 or below, and so to the least stake.
    """
    apart = (
        (expected.ones, 1 - threshold),
        (expected.halves, _HALF - threshold),
        (expected.zeros, -threshold),
    )
    spread = sum(number * one * one for number, one in apart)
    towards = sum(number * one for number, one in apart)
    best = threshold * towards / spread if spread else LEAST_STAKE
    return min(max(best, LEAST_STAKE), MOST_STAKE)
