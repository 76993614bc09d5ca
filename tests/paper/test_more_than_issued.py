"""No paper ballot counts that nobody was given: two counters who find more than were handed out must explain them."""

from __future__ import annotations

import pytest

from ballots.poll import Obstacle, ObstacleCode, may_seal
from ballots.slips import Difference, DifferenceCode
from votingapp.desks.count import tallying
from votingapp.desks.paper import counting
from votingapp.desks.poll.reporting import Made
from votingapp.desks.slips.explaining import Explained, OtherFigures, explain
from votingapp.store import accounts, apart, counts, sealing
from votingapp.store.ledger import Paper
from votingapp.store.settled import ResultKnown

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
    assert enter(closed, second, found) == apart.Agreed(found)
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


def test_votes_where_nobody_voted_on_paper(any_store, board, enter, figures):
    """No paper ballot was printed or handed out: nine of them have an account all the same, and stop seal and count."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (1,), (2,))
    found = figures((0, 0, 9), valid=9)
    enter(seated, seated.chair, found)
    assert enter(seated, seated.members[1], found) == apart.Agreed(found)
    excess = Difference(DifferenceCode.MORE_BALLOTS_THAN_SLIPS, 0, 9)
    assert excess in differences(seated)
    with any_store.reading() as connection:
        assert Paper.BALLOT in accounts.in_use(connection, seated.now())
        assert excess.code.value in {one.code for one in sealing.gather(connection, seated.now()).differences}
        to_seal = may_seal(sealing.seal_facts(connection, seated.now(), any_store.clock()))
    assert ObstacleCode.PAPER_DIFFERENCES_UNEXPLAINED in {one.code for one in to_seal}
    standing = tallying.compute_tally(any_store, seated.chair, seated.election)
    assert isinstance(standing, tallying.NotSettled)
    assert ObstacleCode.PAPER_DIFFERENCES_UNEXPLAINED in {one.code for one in standing.obstacles}


def test_a_count_by_hand_that_began_before_the_sum_ends_with_it(any_store, board, enter, figures):
    """One has entered figures; when the urn is added up without paper ballots nobody can agree with her any more."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (1,), (2,))
    found = figures((0, 0, 9), valid=9)
    assert enter(seated, seated.chair, found) == apart.Waiting()
    seated.count()
    assert enter(seated, seated.members[1], found) == ResultKnown()
    with any_store.reading() as connection:
        progress = counting.read_progress(connection, seated.members[1], seated.now())
    assert (progress.count.may_enter, progress.count.is_late) == (False, True)
    assert [one.votes for one in result(seated).counts.candidates] == [2, 1, 0]


def test_as_many_as_were_handed_out_need_no_word(closed, enter, figures):
    """Five of five, or fewer, are the result as soon as two agree."""
    first, second, _third = closed.members
    found = figures((0, 3, 1), valid=4, blank=1)
    enter(closed, first, found)
    enter(closed, second, found)
    closed.count()
    assert result(closed) is not None
    assert DifferenceCode.MORE_BALLOTS_THAN_SLIPS not in {one.code for one in differences(closed)}
