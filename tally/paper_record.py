"""The papers that the booths print beside the ballots (kontrolsedler) are counted by two, each alone, and held against the urn.

They are no ballots: whatever is found, the result is that of the urn. Ballots on paper (papirstemmesedler) lie in another
box and are another matter (`tally.paper`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tally.paper import FEWEST_SHOWN, PaperDifference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class RecordFigures:
    """What one counter found: `papers` in the box, `unreadable` of them, and `spoilt` ones in the envelope, in no box.

    `blank` and `votes` (in ballot order) where they are counted by candidate, else None. Every figure is at least 0, and
    the two come together; ValueError otherwise.
    """

    papers: int
    unreadable: int
    spoilt: int
    blank: int | None = None
    votes: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if (self.blank is None) != (self.votes is None):
            raise ValueError("blank papers are counted where votes are, and nowhere else")
        if any(number < 0 for _field, number in _named(self)):
            raise ValueError("a count is at least 0")

    @property
    def readable(self) -> int:
        """How many papers in the box say a vote."""
        return self.papers - self.unreadable


class RecordFault(StrEnum):
    """Why figures cannot be those of any box of papers."""

    MORE_PARTS_THAN_PAPERS = "more_parts_than_papers"
    """More papers are unreadable or blank than there are."""
    MORE_VOTES_THAN_PAPERS = "more_votes_than_papers"
    """A candidate stands on more papers than bear a vote."""
    TOO_FEW_VOTES = "too_few_votes"
    """Each paper that is neither blank nor unreadable names one candidate at least."""
    TOO_MANY_VOTES = "too_many_votes"
    """No paper names more candidates than each voter has votes."""


def find_faults(figures: RecordFigures, votes_per_voter: int) -> tuple[RecordFault, ...]:
    """Name what no box of papers could show, so that a slip of the pen is seen before anything is compared."""
    bearing = figures.readable - (figures.blank or 0)
    votes = figures.votes
    if bearing < 0:
        return (RecordFault.MORE_PARTS_THAN_PAPERS,)
    if votes is None:
        return ()
    checks = (
        (any(number > bearing for number in votes), RecordFault.MORE_VOTES_THAN_PAPERS),
        (sum(votes) < bearing, RecordFault.TOO_FEW_VOTES),
        (sum(votes) > bearing * votes_per_voter, RecordFault.TOO_MANY_VOTES),
    )
    return tuple(fault for stands, fault in checks if stands)


def compare(first: RecordFigures, second: RecordFigures) -> tuple[PaperDifference, ...]:
    """Name every figure on which two counts differ; none means that they agree. ValueError for other papers' counts."""
    one, other = dict(_named(first)), dict(_named(second))
    if one.keys() != other.keys():
        raise ValueError("two counts of one box count the same things")
    return tuple(PaperDifference(field, one[field], other[field]) for field in one if one[field] != other[field])


def count_unlike(figures: RecordFigures, ballots: int, blank: int, votes: Sequence[int]) -> int:
    """How many votes on the papers are not those of the urn, beyond what a paper more or less would account for.

    `ballots` lay in the urn, and `blank` and `votes` (in ballot order) came out of it. Where `n` papers fail, the urn may
    have up to `n` more for each candidate, and no paper may say what the urn does not; where there are `n` too many, the
    other way round. 0 where nothing was counted by candidate. ValueError where they are not of the same candidates.
    """
    if figures.votes is None or figures.blank is None:
        return 0
    of_papers, of_urn = (figures.blank, *figures.votes), (blank, *votes)
    missing = ballots - figures.readable
    fewer, more = (of_papers, of_urn) if missing >= 0 else (of_urn, of_papers)
    pairs = list(zip(fewer, more, strict=True))
    without = sum(max(0, one - other) for one, other in pairs)
    beyond = sum(max(0, other - one - abs(missing)) for one, other in pairs)
    return max(without, beyond)


def shows_candidates(figures: RecordFigures, ballots: int, paper_ballots: int) -> bool:
    """Whether what the papers say is shown by candidate: it was counted so, and tells of no few."""
    return figures.votes is not None and not tells_of_few(figures, ballots, paper_ballots)


def tells_of_few(figures: RecordFigures, ballots: int, paper_ballots: int) -> bool:
    """Whether what the papers say of a candidate would tell how a few voted who may be known.

    Where one to four ballots have no paper the figures of the urn less those of the papers are the votes of those few, and
    an official stood beside them when the printer failed. Where one to four voted on ballots of paper, what the papers say
    and what came out in all would be theirs. Where four papers or fewer can be read, whose they are may be known: the
    first of the day, before the ink ran out.
    """
    return figures.readable < FEWEST_SHOWN or _few(abs(ballots - figures.readable)) or _few(paper_ballots)


def _few(number: int) -> bool:
    return 0 < number < FEWEST_SHOWN


def record_document(figures: RecordFigures) -> dict[str, Any]:
    """The figures as a JSON object."""
    return {
        "papers": figures.papers,
        "unreadable": figures.unreadable,
        "spoilt": figures.spoilt,
        "blank": figures.blank,
        "votes": None if figures.votes is None else list(figures.votes),
    }


def read_record(text: str) -> RecordFigures:
    """Read what `record_document` wrote; ValueError for anything else."""
    document = json.loads(text)
    votes = document["votes"]
    return RecordFigures(
        papers=document["papers"],
        unreadable=document["unreadable"],
        spoilt=document["spoilt"],
        blank=document["blank"],
        votes=None if votes is None else tuple(votes),
    )


def _named(figures: RecordFigures) -> Iterator[tuple[str, int]]:
    yield "papers", figures.papers
    yield "unreadable", figures.unreadable
    yield "spoilt", figures.spoilt
    if figures.blank is not None:
        yield "blank", figures.blank
    yield from ((str(number), votes) for number, votes in enumerate(figures.votes or (), 1))
