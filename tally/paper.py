"""Ballots on paper (papirstemmesedler) are counted by hand by two people, each alone, until both find the same figures."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tally.allocation import Counts


FEWEST_SHOWN = 5
"""Fewer ballots or voters than this are not shown apart: whoever is known to be one of them would be known with them."""


class InvalidReason(StrEnum):
    """Why a paper ballot does not count; a blank one is counted apart (after kommunal- og regionalvalgloven § 75)."""

    TOO_MANY = "too_many"
    """More names are marked than each voter has votes."""
    UNCERTAIN = "uncertain"
    """It cannot be told with certainty whom the voter meant."""
    NOT_ISSUED_HERE = "not_issued_here"
    """It was not handed out at this polling station."""
    MARKED = "marked"
    """It carries a mark by which the voter could be known."""


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """What one counter found: `votes` in ballot order, `valid` ballots that bear them, `blank`, and `invalid` by reason.

    Every figure is a count of ballots or votes of at least 0; `invalid` names each reason once, in the order of
    `InvalidReason`. ValueError otherwise.
    """

    votes: tuple[int, ...]
    valid: int
    blank: int
    invalid: tuple[tuple[InvalidReason, int], ...]

    def __post_init__(self) -> None:
        if tuple(reason for reason, _number in self.invalid) != tuple(InvalidReason):
            raise ValueError("invalid ballots are counted for every reason, once")
        if any(number < 0 for number in (*self.votes, self.valid, self.blank, *dict(self.invalid).values())):
            raise ValueError("a count is at least 0")

    @property
    def ballots(self) -> int:
        """How many ballots lay in the box."""
        return self.valid + self.blank + self.invalid_in_all

    @property
    def invalid_in_all(self) -> int:
        """How many ballots do not count, for whatever reason."""
        return sum(number for _reason, number in self.invalid)


class PaperFault(StrEnum):
    """Why figures cannot be those of any heap of ballots."""

    MORE_VOTES_THAN_BALLOTS = "more_votes_than_ballots"
    """A candidate has more votes than there are valid ballots."""
    TOO_FEW_VOTES = "too_few_votes"
    """Each valid ballot bears one vote at least."""
    TOO_MANY_VOTES = "too_many_votes"
    """No valid ballot bears more votes than each voter has."""


def find_faults(figures: PaperFigures, votes_per_voter: int) -> tuple[PaperFault, ...]:
    """Name what no heap of ballots could show, so that a slip of the pen is seen before anything is compared."""
    cast = sum(figures.votes)
    checks = (
        (any(votes > figures.valid for votes in figures.votes), PaperFault.MORE_VOTES_THAN_BALLOTS),
        (cast < figures.valid, PaperFault.TOO_FEW_VOTES),
        (cast > figures.valid * votes_per_voter, PaperFault.TOO_MANY_VOTES),
    )
    return tuple(fault for stands, fault in checks if stands)


@dataclass(frozen=True, slots=True)
class PaperDifference:
    """One figure on which two counters differ; `field` is valid, blank, a reason, or a ballot number as text."""

    field: str
    first: int
    second: int


def compare(first: PaperFigures, second: PaperFigures) -> tuple[PaperDifference, ...]:
    """Name every figure on which two counts differ; none means that they agree. ValueError for other ballots' counts."""
    one, other = dict(_named(first)), dict(_named(second))
    if one.keys() != other.keys():
        raise ValueError("two counts of one ballot paper have the same candidates")
    return tuple(PaperDifference(field, one[field], other[field]) for field in one if one[field] != other[field])


def _named(figures: PaperFigures) -> Iterator[tuple[str, int]]:
    yield from ((str(number), votes) for number, votes in enumerate(figures.votes, 1))
    yield "valid", figures.valid
    yield "blank", figures.blank
    yield from ((reason.value, number) for reason, number in figures.invalid)


def add_paper(counts: Counts, paper: PaperFigures) -> Counts:
    """The counts of the urn with the paper ballots added. ValueError where they are not of the same candidates."""
    candidates = tuple(
        replace(candidate, votes=candidate.received + votes)
        for candidate, votes in zip(counts.candidates, paper.votes, strict=True)
    )
    return replace(
        counts,
        candidates=candidates,
        blank=counts.blank + paper.blank,
        invalid=counts.invalid + paper.invalid_in_all,
    )


def paper_document(figures: PaperFigures) -> dict[str, Any]:
    """The figures as a JSON object."""
    return {
        "votes": list(figures.votes),
        "valid": figures.valid,
        "blank": figures.blank,
        "invalid": {reason.value: number for reason, number in figures.invalid},
    }


def read_paper(text: str) -> PaperFigures:
    """Read what `paper_document` wrote; ValueError for anything else."""
    document = json.loads(text)
    invalid = document["invalid"]
    return PaperFigures(
        votes=tuple(document["votes"]),
        valid=document["valid"],
        blank=document["blank"],
        invalid=tuple((reason, invalid[reason.value]) for reason in InvalidReason),
    )
