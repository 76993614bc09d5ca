"""Two people count the paper ballots, each alone; what they agree on is added to the urn's figures."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.allocation import CandidateCount, Counts
from tally.paper import (
    InvalidReason,
    PaperDifference,
    PaperFault,
    PaperFigures,
    add_paper,
    compare,
    find_faults,
    paper_document,
    read_paper,
)

NONE_INVALID = tuple((reason, 0) for reason in InvalidReason)
NUMBER = st.integers(0, 400)


@st.composite
def heaps(draw, candidates: int = 4, most: int = 2):
    """A heap of ballots as it lies on the table, and what an exact counter finds in it."""
    marks = st.sets(st.integers(0, candidates - 1), min_size=1, max_size=most)
    valid = draw(st.lists(marks, max_size=30))
    votes = tuple(sum(place in ballot for ballot in valid) for place in range(candidates))
    invalid = tuple((reason, draw(st.integers(0, 3))) for reason in InvalidReason)
    return PaperFigures(votes, len(valid), draw(st.integers(0, 5)), invalid)


@given(heaps())
def test_what_a_heap_shows_is_never_called_impossible(figures):
    """Whatever lies on the table, its exact count has no fault, and it agrees with itself."""
    assert find_faults(figures, 2) == ()
    assert compare(figures, figures) == ()


@pytest.mark.parametrize(
    ("votes", "valid", "fault"),
    [
        ((5, 0), 4, PaperFault.MORE_VOTES_THAN_BALLOTS),
        ((1, 2), 4, PaperFault.TOO_FEW_VOTES),
        ((4, 5), 4, PaperFault.TOO_MANY_VOTES),
    ],
)
def test_what_no_heap_could_show_is_named(votes, valid, fault):
    """A figure that no ballots could give is a slip of the pen, seen at once."""
    assert fault in find_faults(PaperFigures(votes, valid, 0, NONE_INVALID), 2)


@given(heaps(), st.integers(0, 6), st.integers(1, 3))
def test_every_figure_that_differs_is_named_with_both(figures, place, more):
    """Whichever figure one counter has more of, that one is named, with what each found, and no other."""
    fields = ["1", "2", "3", "4", "valid", "blank", "too_many"]
    document = paper_document(figures)
    if place < 4:
        document["votes"][place] += more
        before = figures.votes[place]
    elif place < 6:
        before = document[fields[place]]
        document[fields[place]] += more
    else:
        before = document["invalid"]["too_many"]
        document["invalid"]["too_many"] += more
    other = read_paper(json.dumps(document))
    assert compare(figures, other) == (PaperDifference(fields[place], before, before + more),)
    assert compare(other, figures) == (PaperDifference(fields[place], before + more, before),)


@given(heaps(), st.lists(NUMBER, min_size=4, max_size=4), NUMBER)
def test_the_paper_is_added_and_loses_nobody(figures, votes, blank):
    """Each candidate has the urn's votes and the paper's, and every ballot is counted once."""
    people = tuple(CandidateCount(f"c{place}", str(place), None, given) for place, given in enumerate(votes, 1))
    counts = Counts(people, blank, 0)
    added = add_paper(counts, figures)
    assert [one.received for one in added.candidates] == [a + b for a, b in zip(votes, figures.votes, strict=True)]
    assert (added.blank, added.invalid) == (blank + figures.blank, figures.invalid_in_all)
    assert figures.ballots == figures.valid + figures.blank + figures.invalid_in_all
    assert [one.id for one in added.candidates] == [one.id for one in people]


def test_counts_of_other_ballots_are_not_mixed():
    """Figures with another number of candidates are an error of the caller."""
    two, three = (PaperFigures((0,) * number, 0, 0, NONE_INVALID) for number in (2, 3))
    with pytest.raises(ValueError, match=r"^two counts of one ballot paper have the same candidates$"):
        compare(two, three)
    with pytest.raises(ValueError, match="zip"):
        add_paper(Counts((CandidateCount("c1", "A", None, 1),), 0, 0), two)


@pytest.mark.parametrize(
    "change", [{"votes": (-1,)}, {"valid": -1}, {"blank": -1}, {"invalid": NONE_INVALID[1:]}, {"invalid": ()}]
)
def test_no_figure_is_negative_and_no_reason_left_out(change):
    """A negative count, and a reason without a figure, are errors of the caller."""
    said = "invalid ballots are counted for every reason, once" if "invalid" in change else "a count is at least 0"
    with pytest.raises(ValueError, match=f"^{said}$"):
        PaperFigures(**{"votes": (0,), "valid": 0, "blank": 0, "invalid": NONE_INVALID} | change)


@given(heaps())
def test_figures_are_read_back_as_written(figures):
    """What is kept is what was entered."""
    assert read_paper(json.dumps(paper_document(figures))) == figures
