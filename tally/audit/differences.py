"""Where all papers are counted by candidate, they are laid beside the urn, and asked whether they would give the same seats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tally.allocation import BadInput, allocate
from tally.audit.outcome import CandidateDifference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tally.allocation import Allocation, Counts, Lot
    from tally.paper_record import RecordFigures
    from tally.rules import CountingRules


def by_candidate(urn: Counts, figures: RecordFigures) -> tuple[CandidateDifference, ...]:
    """Urn and papers by candidate, in ballot order, and the blank ones last; () where they were not counted so.

    ValueError where they are not of the same candidates.
    """
    if figures.votes is None or figures.blank is None:
        return ()
    pairs = zip(urn.candidates, figures.votes, strict=True)
    told = [CandidateDifference(one.id, one.received, votes) for one, votes in pairs]
    return (*told, CandidateDifference("", urn.blank, figures.blank))


def as_papers_say(counts: Counts, urn: Counts, figures: RecordFigures) -> Counts:
    """The whole count with the papers of the booths in the place of the urn; ballots of paper stay in it.

    `counts` are the urn's and the ballots of paper together. ValueError where the papers were not counted by candidate.
    """
    if figures.votes is None:
        raise ValueError("papers that were counted by number say nothing of seats")
    rows = zip(counts.candidates, urn.candidates, figures.votes, strict=True)
    return replace(
        counts,
        candidates=tuple(replace(one, votes=one.received - in_urn.received + votes) for one, in_urn, votes in rows),
    )


def gives_other_seats(rules: CountingRules, allocation: Allocation, counts: Counts, lots: Iterable[Lot]) -> bool:
    """Whether other counts would give other seats than an allocation, or leave one of them to a lot that nobody drew.

    Of the `lots` drawn, those are taken over that a tie in the other counts asks for as well. Substitutes are no seats.
    """
    kept: list[Lot] = []
    for lot in lots:
        if _is_asked(rules, counts, [*kept, lot]):
            kept.append(lot)
    other = allocate(rules, counts, kept)
    return _seats(other) != _seats(allocation)


def _is_asked(rules: CountingRules, counts: Counts, lots: Sequence[Lot]) -> bool:
    try:
        allocate(rules, counts, lots)
    except BadInput:
        return False
    return True


def _seats(allocation: Allocation) -> set[tuple[str, str]]:
    return {(one.id, one.seat) for one in allocation.elected}
