"""A full count is laid beside the urn by candidate, and says whether the papers would give other seats."""

from __future__ import annotations

from dataclasses import replace

import pytest
from audited_papers import counts, rules

from tally.allocation import Lot, allocate
from tally.audit.differences import as_papers_say, by_candidate, gives_other_seats
from tally.audit.outcome import AuditOutcome, AuditState, CandidateDifference
from tally.paper_record import RecordFigures


def figures(*votes, blank=0):
    return RecordFigures(sum(votes) + blank, 0, 0, blank, votes)


def test_urn_and_papers_stand_side_by_side():
    """Each candidate in ballot order and the blank ones last, with how many more the papers have."""
    urn = replace(counts((5, 3)), blank=2)
    told = by_candidate(urn, figures(5, 4, blank=1))
    assert told == (CandidateDifference("c1", 5, 5), CandidateDifference("c2", 3, 4), CandidateDifference("", 2, 1))
    assert [one.difference for one in told] == [0, 1, -1]
    assert by_candidate(urn, RecordFigures(10, 0, 0)) == ()
    with pytest.raises(ValueError, match="argument"):
        by_candidate(urn, figures(1, 2, 3))


def test_ballots_of_paper_stay_in_the_count():
    """The papers of the booths take the urn's place, and only that."""
    urn, everything = counts((5, 3)), counts((7, 3))
    assert as_papers_say(everything, urn, figures(4, 4)) == counts((6, 4))
    with pytest.raises(ValueError, match=r"^papers that were counted by number say nothing of seats$"):
        as_papers_say(everything, urn, RecordFigures(8, 0, 0))
    with pytest.raises(ValueError, match="argument"):
        as_papers_say(everything, urn, figures(4, 4, 0))


@pytest.mark.parametrize(
    ("votes", "other"),
    [((9, 8, 1), False), ((8, 9, 2), False), ((9, 2, 5), True), ((9, 5, 5), True), ((0, 0, 0), True)],
    ids=["same", "another_order", "another_seat", "a_lot", "nothing"],
)
def test_other_seats_are_other_people_or_a_lot_that_nobody_drew(votes, other):
    """Two seats for c1 and c2: who came first of them is no seat."""
    reported = allocate(rules(2), counts((9, 8, 2)))
    assert gives_other_seats(rules(2), reported, counts(votes), ()) is other


def test_another_kind_of_seat_is_another_seat():
    """Of two of a group, the other one would sit on the reserved seat: another person would follow her."""
    groups = ("a", "a", None)
    reported = allocate(rules(2, ("a", 1)), counts((9, 8, 1), groups))
    assert gives_other_seats(rules(2, ("a", 1)), reported, counts((8, 9, 1), groups), ())


def test_a_lot_that_was_drawn_holds_for_the_papers_too():
    """The same tie on the papers is settled by the same lot; where the tie is another one the lot says nothing."""
    tied, lots = counts((9, 4, 4)), (Lot(("c2", "c3"), ("c3", "c2")),)
    reported = allocate(rules(2), tied, lots)
    assert not gives_other_seats(rules(2), reported, tied, lots)
    assert not gives_other_seats(rules(2), reported, counts((9, 3, 4)), lots)
    assert gives_other_seats(rules(2), reported, counts((9, 4, 3)), lots)
    assert gives_other_seats(rules(2), reported, counts((4, 4, 4)), lots)


@pytest.mark.parametrize(
    ("state", "explanation", "settled"),
    [
        (AuditState.NOT_BEGUN, "", False),
        (AuditState.RUNNING, "Vi tæller", False),
        (AuditState.CONFIRMED, "", True),
        (AuditState.SAME, "", True),
        (AuditState.OTHER_VOTES, "", False),
        (AuditState.OTHER_VOTES, "En kopi", True),
        (AuditState.OTHER_SEATS, "", False),
        (AuditState.OTHER_SEATS, "Ukendt", True),
    ],
)
def test_what_differs_is_settled_by_an_explanation(state, explanation, settled):
    """Nothing is certified before the audit agrees, or two have said what they know of it."""
    assert AuditOutcome("sample", state, 9, 9, explanation=explanation).is_settled is settled
