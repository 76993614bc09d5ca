"""The hand count: two people, each alone, until both find the same, and not before the close."""

from __future__ import annotations

import io
import json
import tarfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from pypdfium2 import PdfDocument

from ballots.poll import Obstacle, ObstacleCode
from tally.paper import PaperDifference, PaperFault
from votingapp.desks.count import decrypting, tallying
from votingapp.desks.paper import counting
from votingapp.documents.record import render_record
from votingapp.store import apart, audit, counts, paper_counts, record_draft, urns

ACT = "paper_counted"


@pytest.fixture
def closed(any_store, board, on_paper):
    """A closed poll with three ballots in the urn and five on paper."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (2,), (), meanwhile=lambda: on_paper(seated, 5))
    return seated


def result(board):
    with board.store.reading() as connection:
        return counts.outcome(connection, board.now())


def tally(board):
    return tallying.compute_tally(board.store, board.chair, board.election)


def events(board) -> set[str]:
    """Of which kinds the events in the public archive are."""
    stream = io.BytesIO()
    with board.store.reading() as connection:
        urns.write_archive(connection, board.now(), stream)
    stream.seek(0)
    with tarfile.open(fileobj=stream) as archive:
        found = [archive.extractfile(one).read() for one in archive if one.name.endswith(".event.json")]
    return {json.loads(event)["type"] for event in found}


def progress(board, member):
    with board.store.reading() as connection:
        return counting.read_progress(connection, member, board.election).count


def test_two_who_agree_make_the_paper_column(closed, enter, figures):
    """The second count that is the same settles it; the sum of both columns decides, and each column stands apart."""
    found = figures((0, 3, 1), valid=4, marked=1)
    assert enter(closed, closed.members[0], found) == apart.Waiting()
    assert enter(closed, closed.members[1], found) == apart.Agreed(found)
    assert result(closed) is None, "the urn is not opened"
    closed.count()
    outcome = result(closed)
    assert [one.votes for one in outcome.urn.candidates] == [1, 1, 0]
    assert [one.votes for one in outcome.counts.candidates] == [1, 4, 1]
    assert (outcome.counts.blank, outcome.counts.invalid) == (1, 1)
    assert outcome.paper == found


def test_a_difference_is_shown_and_both_count_again(closed, enter, figures):
    """Whoever differs is shown both figures by name of the candidate, and a new round begins for everybody."""
    first, second = figures((0, 3, 1), valid=4), figures((1, 3, 0), valid=4)
    enter(closed, closed.members[0], first)
    closed.store.clock.advance(minutes=9)
    outcome = enter(closed, closed.members[1], second)
    assert outcome == apart.Differ((PaperDifference("1", 0, 1), PaperDifference("3", 1, 0)))
    seen = progress(closed, closed.members[0])
    assert (seen.round, seen.counted, seen.may_enter) == (2, (), True)
    assert seen.differences == outcome.differences
    assert [one.figures for one in seen.last] == [first, second]
    assert enter(closed, closed.members[2], first) == apart.Waiting()
    assert enter(closed, closed.members[0], first) == apart.Agreed(first)


def test_nobody_counts_alone(closed, enter, figures):
    """One official cannot be both counters, in the first round or in a later one."""
    found = figures((0, 3, 1), valid=4)
    enter(closed, closed.chair, found)
    assert enter(closed, closed.chair, found) == apart.CountedAlready()
    assert not progress(closed, closed.chair).may_enter
    assert progress(closed, closed.members[1]).may_enter
    with closed.store.reading() as connection:
        assert paper_counts.BALLOTS.result_of(connection, closed.election.id) is None


def test_the_second_counter_cannot_see_the_first_ones_figures(closed, enter, figures):
    """Until both stand neither page nor log tells what the first one found."""
    enter(closed, closed.chair, figures((0, 3, 1), valid=4, blank=1))
    seen = progress(closed, closed.members[1])
    assert (seen.counted, seen.last, seen.differences, seen.agreed) == ((closed.chair.name,), (), (), None)
    with closed.store.reading() as connection:
        newest = list(audit.entries(connection, closed.election.id))[-1]
    assert json.loads(newest.details) == {"outcome": "waiting", "round": 1}


def test_the_log_says_who_counted_and_no_figure_of_a_candidate(closed, enter, figures):
    """Few ballots are few voters, and the log is kept for ever: it has how many there were, and a round that failed has none."""
    enter(closed, closed.members[0], figures((0, 3, 1), valid=4, blank=1))
    enter(closed, closed.members[1], figures((1, 3, 0), valid=4, blank=1))
    for member in closed.members[:2]:
        enter(closed, member, figures((0, 3, 1), valid=4, blank=1))
    with closed.store.reading() as connection:
        told = [json.loads(one.details) for one in audit.entries(connection, closed.election.id) if one.act == ACT]
    assert told == [
        {"outcome": "waiting", "round": 1},
        {"outcome": "differ", "round": 1},
        {"outcome": "waiting", "round": 2},
        {"outcome": "agreed", "round": 2, "ballots": 5},
    ]


def test_the_urn_waits_until_the_paper_is_counted(closed, enter, figures):
    """Whoever counts by hand cannot know what the urn gave: until two agree nothing is added up or opened."""
    alone = (Obstacle(ObstacleCode.PAPER_BALLOTS_UNCOUNTED),)
    found = figures((0, 3, 1), valid=4, blank=1)
    for step in (
        lambda: enter(closed, closed.members[0], found),
        lambda: enter(closed, closed.members[1], figures((1, 3, 0), valid=4, blank=1)),
        lambda: enter(closed, closed.members[1], found),
    ):
        assert tally(closed) == tallying.NotSettled(alone)
        assert (
            decrypting.submit_decryption(closed.store, closed.chair, closed.election, b"{}") == decrypting.NotTallied()
        )
        assert events(closed) == {"Setup", "Ballot", "EndBallots"}
        step()
    assert enter(closed, closed.members[0], found) == apart.Agreed(found)
    closed.count()
    assert {"EncryptedTally", "PartialDecryption", "Result"} < events(closed)


def test_before_the_close_no_paper_is_counted(any_store, board, enter, figures):
    """Promise 6 holds for paper too."""
    seated = board(any_store)
    seated.prepare()
    seated.freeze()
    seated.open()
    assert enter(seated, seated.chair, figures((0, 0, 0), valid=0)) == apart.NotClosed()


def test_what_two_agreed_on_stands(closed, enter, figures):
    """A third count changes nothing."""
    found = figures((0, 3, 1), valid=4)
    enter(closed, closed.members[0], found)
    enter(closed, closed.members[1], found)
    assert enter(closed, closed.members[2], figures((4, 0, 0), valid=4)) == apart.AlreadyAgreed()
    assert progress(closed, closed.members[2]).agreed == found


def test_impossible_figures_are_kept_from_nobody_and_for_nothing(closed, enter, figures):
    """A slip of the pen is told before anything is kept, so that it makes no difference between two counters."""
    outcome = enter(closed, closed.chair, figures((5, 0, 0), valid=4))
    assert isinstance(outcome, counting.Impossible)
    assert PaperFault.MORE_VOTES_THAN_BALLOTS in outcome.faults
    assert progress(closed, closed.chair).may_enter


def test_two_who_press_at_once_are_one_round(closed, enter, figures):
    """Two counters at the same instant are the two of one round, whatever the order of their presses."""
    found = figures((0, 3, 1), valid=4)
    with ThreadPoolExecutor(2) as pool:
        outcomes = set(pool.map(lambda member: type(enter(closed, member, found)), closed.members[:2]))
    assert outcomes == {apart.Waiting, apart.Agreed}


def test_without_paper_voters_nothing_waits(any_store, board):
    """Where nobody voted on paper the result stands as soon as the urn is opened, and has no paper column."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (2,), ())
    seated.count()
    outcome = result(seated)
    assert outcome.paper is None
    assert outcome.counts == outcome.urn


def test_the_record_has_a_column_for_five_and_none_for_fewer(any_store, board, on_paper, enter, figures):
    """Five paper ballots stand beside the urn's; their sum, blank and invalid ones are told in the record's account."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (2,), (), meanwhile=lambda: on_paper(seated, 5))
    for member in seated.members[:2]:
        enter(seated, member, figures((0, 3, 1), valid=4, marked=1))
    seated.count()
    with any_store.reading() as connection:
        record = record_draft.draft(connection, seated.now())
    assert [(one.votes, one.paper_votes) for one in record.candidates] == [(1, 0), (4, 3), (1, 1)]
    turnout = record.turnout
    assert (turnout.on_paper, turnout.paper_ballots, turnout.ballots) == (5, 5, 3)
    assert (turnout.blank, turnout.invalid) == (1, 1)
    assert {one.account: one.difference for one in record.reconciliation}["votes"] == 0
    text = " ".join(page.get_textpage().get_text_bounded() for page in PdfDocument(render_record(record)))
    assert "På papir" in text
    assert "5 blev afgivet på papir" in text.replace("\r\n", " ")
