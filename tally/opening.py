"""When the parts open nothing together, every choice of enough of them is tried, and whose part is wrong is found.

The proof of a part covers neither alpha nor the factor (PROTOCOL.md section 14): who decrypts may choose it so that a wrong
factor passes. She cannot choose what comes of it, but with such a part among them the parts open nothing, and nobody is to
blame. Enough right parts open the sum; a wrong one opens it with no choice of others, but for chances of 2^-200.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ballots.protocol.threshold.parameters import PedersenTrustees
from ballots.protocol.trustees import Trustees
from tally.decryption import Factors, TooFewDecryptions, combine_factors
from tally.encrypted_tally import EncryptedTally
from tally.result import Result, ResultRejected, compute_result


@dataclass(frozen=True, slots=True)
class Opened:
    """The result, and the numbers (from 1) of the trustees whose part is wrong though its proof holds."""

    result: Result
    wrong: tuple[int, ...]


def open_sum(trustees: Trustees, tally: EncryptedTally, decrypted: Mapping[int, Factors]) -> Opened:
    """Open the sum with checked decryptions, given by their owner's number.

    TooFewDecryptions where that many are not there. ResultRejected (`undecodable`) where no choice of enough parts opens the sum:
    one of them is wrong, and with another part it is found whose.
    """
    combine_factors(trustees, decrypted)  # too few are told apart from wrong ones
    for chosen in _choices(trustees, decrypted):
        result = _result_of(trustees, tally, {owner: decrypted[owner] for owner in chosen})
        if result is not None:
            others = sorted(set(decrypted) - set(chosen))
            wrong = (owner for owner in others if not _fits(trustees, tally, decrypted, chosen, owner))
            return Opened(result, tuple(wrong))
    raise ResultRejected("undecodable", "no choice of enough parts opens the sum")


def _choices(trustees: Trustees, decrypted: Mapping[int, Factors]) -> Iterator[tuple[int, ...]]:
    """Every choice of as many owners as are needed, those of the first numbers first."""
    needed = sum(item.threshold if isinstance(item, PedersenTrustees) else 1 for item in trustees.items)
    return combinations(sorted(decrypted), needed)


def _fits(
    trustees: Trustees,
    tally: EncryptedTally,
    decrypted: Mapping[int, Factors],
    right: tuple[int, ...],
    owner: int,
) -> bool:
    """Whether a part opens the sum in the place of one that is right."""
    tried = ({*right, owner} - {left_out} for left_out in right)
    return any(_result_of(trustees, tally, {one: decrypted[one] for one in chosen}) is not None for chosen in tried)


def _result_of(trustees: Trustees, tally: EncryptedTally, chosen: Mapping[int, Factors]) -> Result | None:
    try:
        return compute_result(tally, combine_factors(trustees, chosen))
    except (ResultRejected, TooFewDecryptions):
        return None
