"""Two people may be called almost the same; they stay two, and the ballot tells them apart by a line."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from candidates.ballot_order import BallotEntry
from candidates.letters import plain, split_words
from candidates.lookalikes import as_seen

# One slip of the pen makes a short name another; a long one still looks the same after two.
_LONG_NAME = 10
_SLIPS_IN_SHORT_NAME = 1
_SLIPS_IN_LONG_NAME = 2


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """Two candidates whose names are easily confused, by receipt number, in the order they were given."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name as a hurried eye takes it: its letters in a row, the same with the words sorted, and how many there are of each."""

    letters: str
    shuffled: str
    bag: Counter[str]


def similar_pairs(entries: Iterable[BallotEntry]) -> tuple[SimilarPair, ...]:
    """Find every pair of candidates with confusable names, whether or not a line tells them apart already.

    Names are confusable when, without case, diacritics, hyphens and spaces (aa as å), they differ by at most
    one added, left-out, changed or swapped letter (two if both have ten letters or more), the words taken in
    any order. Letters of other alphabets count as what they are and as what they look like (candidates/lookalikes.py).
    Receipt numbers must be unique.
    """
    read = [(entry.receipt, _readings(entry.name)) for entry in entries]
    return tuple(
        SimilarPair(one, other)
        for (one, one_read), (other, other_read) in combinations(read, 2)
        if _alike(one_read, other_read)
    )


def undistinguished(entries: Sequence[BallotEntry]) -> tuple[SimilarPair, ...]:
    """Find the similar pairs that still need a line: both must have one, and the two must not read the same."""
    lines = {entry.receipt: _read(as_seen(entry.line)).letters for entry in entries}
    return tuple(pair for pair in similar_pairs(entries) if not _told_apart(lines[pair.first], lines[pair.second]))


def _told_apart(line: str, other: str) -> bool:
    return bool(line and other) and line != other


def _readings(name: str) -> tuple[_Reading, ...]:
    """A name as it is spelled, and as it looks where that is something else."""
    seen = as_seen(name)
    return (_read(name),) if seen == name else (_read(name), _read(seen))


def _alike(one: tuple[_Reading, ...], other: tuple[_Reading, ...]) -> bool:
    """Spelling is held against spelling, and look against look where either looks otherwise than it is spelled."""
    if _confusable(one[0], other[0]):
        return True
    return max(len(one), len(other)) > 1 and _confusable(one[-1], other[-1])


def _read(text: str) -> _Reading:
    words = [word.replace("aa", "a") for word in split_words(plain(text))]
    return _Reading("".join(words), "".join(sorted(words)), Counter("".join(words)))


def _confusable(one: _Reading, other: _Reading) -> bool:
    long = min(len(one.letters), len(other.letters)) >= _LONG_NAME
    slips = _SLIPS_IN_LONG_NAME if long else _SLIPS_IN_SHORT_NAME
    # A slip brings in at most one letter that the other name lacks: most pairs need no closer look.
    if (one.bag - other.bag).total() > slips or (other.bag - one.bag).total() > slips:
        return False
    return _within_slips(one.letters, other.letters, slips) or _within_slips(one.shuffled, other.shuffled, slips)


def _within_slips(one: str, other: str, slips: int) -> bool:
    """Tell whether `slips` single-letter edits or swaps of neighbours lead from one text to the other.

    This is the optimal string alignment distance, computed only as far as it stays within `slips`.
    """
    if abs(len(one) - len(other)) > slips:
        return False
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i in range(1, len(one) + 1):
        above, row = row, _next_row(one, other, i, row, above)
        # A swap reaches back two rows, so only two hopeless rows in a row end the search.
        if min(row) > slips and min(above) > slips:
            return False
    return row[-1] <= slips


def _next_row(one: str, other: str, i: int, above: Sequence[int], two_above: Sequence[int]) -> list[int]:
    row = [i]
    for j in range(1, len(other) + 1):
        changed = above[j - 1] + (one[i - 1] != other[j - 1])
        cheapest = min(changed, above[j] + 1, row[j - 1] + 1)
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            cheapest = min(cheapest, two_above[j - 2] + 1)
        row.append(cheapest)
    return row
