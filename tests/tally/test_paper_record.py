"""The papers of the booths: what can be counted, what two counts differ on, and how they are held against the urn."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.paper import PaperDifference
from tally.paper_record import (
    RecordFault,
    RecordFigures,
    compare,
    count_unlike,
    find_faults,
    read_record,
    record_document,
    shows_candidates,
)

BALLOTS = st.lists(st.integers(0, 3), min_size=1, max_size=12)
"""One vote each: 0 is blank, the others candidates by number."""


def papers(*votes: int, unreadable: int = 0, spoilt: int = 0) -> RecordFigures:
    """A box with one paper for each vote, counted by candidate."""
    return RecordFigures(
        len(votes) + unreadable, unreadable, spoilt, votes.count(0), tuple(votes.count(one) for one in (1, 2, 3))
    )


def unlike(found: RecordFigures, *ballots: int) -> int:
    return count_unlike(found, len(ballots), ballots.count(0), [ballots.count(one) for one in (1, 2, 3)])


def test_figures_are_counts_and_come_together():
    """Nothing below 0, and blank papers are counted where votes are."""
    with pytest.raises(ValueError, match=r"^a count is at least 0$"):
        RecordFigures(1, 0, -1)
    with pytest.raises(ValueError, match=r"^blank papers are counted where votes are, and nowhere else$"):
        RecordFigures(1, 0, 0, blank=1)


@pytest.mark.parametrize(
    ("found", "faults"),
    [
        (RecordFigures(3, 4, 0), {RecordFault.MORE_PARTS_THAN_PAPERS}),
        (RecordFigures(3, 1, 9), set()),
        (RecordFigures(3, 3, 0), set()),
        (RecordFigures(3, 1, 0, 2, (0, 0)), set()),
        (RecordFigures(3, 0, 0, 0, (2, 1)), set()),
        (RecordFigures(3, 0, 0, 0, (3, 0)), set()),
        (RecordFigures(3, 1, 0, 3, (0, 0)), {RecordFault.MORE_PARTS_THAN_PAPERS}),
        (RecordFigures(3, 0, 0, 0, (4, 0)), {RecordFault.MORE_VOTES_THAN_PAPERS}),
        (RecordFigures(3, 0, 0, 0, (1, 1)), {RecordFault.TOO_FEW_VOTES}),
        (RecordFigures(3, 0, 0, 0, (3, 3)), set()),
        (RecordFigures(3, 0, 0, 0, (3, 3, 3)), {RecordFault.TOO_MANY_VOTES}),
    ],
)
def test_what_no_box_can_hold_is_a_slip_of_the_pen(found, faults):
    """With two votes for each voter, a paper names one or two."""
    assert set(find_faults(found, 2)) == faults


def test_two_counts_differ_by_name_of_the_figure():
    """Each figure is compared, and counts of other things are not compared at all."""
    first, second = papers(1, 2, 2), papers(1, 2, 3, spoilt=1)
    assert compare(first, first) == ()
    assert compare(first, second) == (
        PaperDifference("spoilt", 0, 1),
        PaperDifference("2", 2, 1),
        PaperDifference("3", 0, 1),
    )
    assert compare(papers(0, 1), papers(1, 1, unreadable=1)) == (
        PaperDifference("papers", 2, 3),
        PaperDifference("unreadable", 0, 1),
        PaperDifference("blank", 1, 0),
        PaperDifference("1", 1, 2),
    )
    with pytest.raises(ValueError, match=r"^two counts of one box count the same things$"):
        compare(first, RecordFigures(3, 0, 0))


def test_figures_are_kept_as_they_were_counted():
    """What is written is read again, with candidates and without."""
    for found in (papers(1, 2, 0, unreadable=1), RecordFigures(5, 1, 2)):
        assert read_record(json.dumps(record_document(found))) == found


@pytest.mark.parametrize(
    ("found", "ballots", "expected"),
    [
        (papers(1, 2, 0), (1, 2, 0), 0),
        (papers(1, 2), (1, 2, 0), 0),
        (papers(1, 1, 2), (1, 2, 2), 1),
        (papers(1, 3), (1, 2, 0), 1),
        (papers(1, 2, 2, 3), (1, 2, 2), 0),
        (papers(1, 1, 3, 3), (1, 2, 2), 2),
        (papers(0, 0, unreadable=1), (1, 0, 0), 0),
        (RecordFigures(2, 0, 0), (1, 2, 3), 0),
    ],
)
def test_votes_the_urn_has_not_are_counted(found, ballots, expected):
    """A paper too few or too many is another account; what it cannot account for is counted."""
    assert unlike(found, *ballots) == expected


def test_papers_are_held_against_votes_for_the_same_candidates():
    """Figures of two candidates and of three are not of one election."""
    with pytest.raises(ValueError, match="zip"):
        count_unlike(papers(1, 2, 3), 3, 0, [1, 1])


@given(BALLOTS, st.data())
def test_lost_papers_alone_are_never_unlike(ballots, data):
    """Whichever voters left no paper, or one too many, what the others' papers say is what the urn says."""
    kept = data.draw(st.lists(st.sampled_from(range(len(ballots))), unique=True))
    assert unlike(papers(*(ballots[one] for one in kept)), *ballots) == 0
    assert unlike(papers(*ballots), *(ballots[one] for one in kept)) == 0


def test_few_are_hidden():
    """Candidates are not shown of fewer than five papers, nor where one to four have no paper or voted on ballots of paper."""
    five = papers(1, 1, 2, 2, 0)
    assert shows_candidates(five, ballots=5, paper_ballots=0)
    assert shows_candidates(five, ballots=10, paper_ballots=5)
    assert not shows_candidates(papers(1, 1, 2, 2), ballots=4, paper_ballots=0)
    for apart in (1, 4):
        assert not shows_candidates(five, ballots=5 + apart, paper_ballots=0)
        assert not shows_candidates(five, ballots=5 - apart, paper_ballots=0)
        assert not shows_candidates(five, ballots=5, paper_ballots=apart)
    assert not shows_candidates(papers(1, 1, 2, 2, 0, unreadable=1), ballots=6, paper_ballots=0)
    assert not shows_candidates(papers(1, 1, 2, 2, unreadable=6), ballots=10, paper_ballots=0), "four can be read"
    assert shows_candidates(papers(1, 1, 2, 2, 0, unreadable=5), ballots=10, paper_ballots=0)
    assert not shows_candidates(RecordFigures(9, 0, 0), ballots=9, paper_ballots=0)
