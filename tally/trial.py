"""The trial sum is opened as the real one will be, by as many as are enough, and so the loss of the others is rehearsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.protocol.group import multiply_generator, scalar, subtract
from tally.decryption import TooFewDecryptions, combine_factors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ballots.protocol.group import Point
    from ballots.protocol.threshold.trial import TrialSum
    from ballots.protocol.trustees import Trustees


def open_trial(trial: TrialSum, trustees: Trustees, parts: Mapping[int, Point]) -> int | None:
    """Give the number that checked parts (by position, from 1) open, or None where it is not the one that lies in the sum.

    Raises TooFewDecryptions for fewer than are needed.
    """
    (combined,) = combine_factors(trustees, {position: (factor,) for position, factor in parts.items()})
    found = subtract(trial.beta, combined)
    return trial.number if found == multiply_generator(scalar(trial.number)) else None


def spared(trial: TrialSum, trustees: Trustees, parts: Mapping[int, Point]) -> frozenset[int]:
    """Whose loss was rehearsed: every position without which these parts open the sum all the same."""
    found = set()
    for lost in range(1, len(trustees.keys) + 1):
        rest = {position: factor for position, factor in parts.items() if position != lost}
        try:
            if open_trial(trial, trustees, rest) is not None:
                found.add(lost)
        except TooFewDecryptions:
            continue
    return frozenset(found)
