"""How many papers a sample may be expected to take, so that nobody begins one that is longer than counting them all."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, log
from typing import TYPE_CHECKING

from tally.audit.assertions import ClaimKind

if TYPE_CHECKING:
    from tally.audit.announcement import Announcement
    from tally.audit.assertions import Claim
    from tally.audit.statistic import Evidence, Measure

_ENDS = 1000


def expected_draws(announced: Announcement) -> int | None:
    """About how many draws confirm the hardest claim if the papers are as the urn; None where no sample can be expected to.

    The average sample number of Lindeman, Stark and Yates (EVT/WOTE 2012), for each claim by its own stake. All claims
    together may take somewhat longer. For the eye alone: nothing is decided by it.
    """
    needed = 0
    for claim, measure in zip(announced.claims, announced.measures, strict=True):
        if not measure.confirmable:
            return None
        one = _draws(claim, measure, announced.evidence, announced.risk_limit)
        if one is None:
            return None
        needed = max(needed, one)
    return needed


def _draws(claim: Claim, measure: Measure, known: Evidence, risk_limit: int) -> int | None:
    if measure.threshold <= 0:
        return int(measure.threshold == 0)
    ones, zeros = _shares(claim, known)
    up, middle, down = (log(measure.factor(Fraction(twice, 2))) for twice in (2, 1, 0))
    growth = ones * up + max(0.0, 1 - ones - zeros) * middle + zeros * down
    return ceil((log(_ENDS / risk_limit) + up / 2) / growth) if growth > 0 else None


def _shares(claim: Claim, known: Evidence) -> tuple[float, float]:
    """The shares of the ballots in the urn that speak for a claim, and against it."""
    mine, ballots = known.urn[claim.candidate], max(1, known.ballots)
    match claim.kind:
        case ClaimKind.MORE:
            return mine / ballots, known.urn[claim.other] / ballots
        case ClaimKind.LEAST:
            return mine / ballots, 1 - mine / ballots
        case ClaimKind.BELOW:
            return 1 - mine / ballots, mine / ballots
