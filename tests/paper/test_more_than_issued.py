"""No paper ballot counts that nobody was given: two counters who find more than were handed out must explain them."""

from __future__ import annotations

import pytest

from ballots.poll import Obstacle, ObstacleCode
from ballots.slips import Difference, DifferenceCode
from votingapp.desks.count import tallying
from votingapp.desks.paper import counting
from votingapp.desks.poll.reporting import Made
from votingapp.desks.slips.explaining import Explained, OtherFigures, explain
from votingapp.store import accounts, counts
from votingapp.store.ledger import Paper

EXCESS = Difference(DifferenceCode.MORE_BALLOTS_THAN_SLIPS, 5, 90)


@pytest.fixture
def closed(any_store, board, on_paper):
    """A closed poll with three ballots in the urn and five handed out on paper."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (2,), (), meanwhile=lambda: on_paper(seated, 5))
    return seated


def result(board):
    with board.store.reading() as connection:
        return counts.outcome(connection, board.now())


def differences(board):
    with board.store.reading() as connection:
        return accounts.unexplained(connection, board.now(), Paper.BALLOT)


def test_votes_of_nobody_are_in_no_result(closed, enter, figures):
    """Two who agree on ninety ballots of five change nothing before two have said in writing where they came from."""
    first, second, _third = closed.members
    found = figures((0, 80, 10), valid=90)
    enter(closed, first, found)
    assert enter(closed, second, found) == counting.Agreed(found)
    standing = tallying.compute_tally(closed.store, closed.chair, closed.election)
    assert isinstance(standing, tallying.NotSettled)
    assert Obstacle(ObstacleCode.PAPER_DIFFERENCES_UNEXPLAINED, 1) in standing.obstacles
    assert EXCESS in differences(closed)
    other = Difference(DifferenceCode.MORE_BALLOTS_THAN_SLIPS, 5, 91)
    assert explain(closed.store, closed.election, other, "Ved ikke.", (first, second), Paper.BALLOT) == OtherFigures()
    assert explain(closed.store, closed.election, EXCESS, "Ved ikke.", (first, second), Paper.BALLOT) == Explained()
    assert EXCESS not in differences(closed)
    assert isinstance(closed.seal(), Made)
    closed.count()
    assert [one.votes for one in result(closed).counts.candidates] == [1, 81, 10]


def test_as_many_as_were_handed_out_need_no_word(closed, enter, figures):
    """Five of five, or fewer, are the result as soon as two agree."""
    first, second, _third = closed.members
    found = figures((0, 3, 1), valid=4, blank=1)
    enter(closed, first, found)
    enter(closed, second, found)
    closed.count()
    assert result(closed) is not None
    assert DifferenceCode.MORE_BALLOTS_THAN_SLIPS not in {one.code for one in differences(closed)}
