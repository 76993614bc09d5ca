"""Thirty-two tablets cast on one slip at the same moment."""

from __future__ import annotations

from collections import Counter

from polling import prepare_poll
from sqlalchemy import select

from ballots.protocol.hashing import digest_base64
from ballots.urn import UrnAnswer
from votingapp.desks.booth.service import Accepted, Refused, cast
from votingapp.store.tables.urn import ballot


def bodies(store):
    with store.reading() as connection:
        return connection.execute(select(ballot.c.body)).scalars().all()


def test_of_32_ballots_on_one_slip_exactly_one_counts(any_store, found_election, at_once):
    """One ballot lies in the urn and its receipt was shown once; the others are told that the slip is spent."""
    poll = prepare_poll(any_store, found_election(any_store), slips=3, issued=3)
    ballots = [poll.seal(poll.slips[0], number % 3) for number in range(32)]
    answers = at_once(lambda store, number: cast(store, poll.election, ballots[number]))
    (kept,) = bodies(any_store)
    assert answers[ballots.index(kept)] == Accepted(digest_base64(kept), again=False)
    assert answers.count(Refused(UrnAnswer.SPENT)) == 31


def test_32_sendings_of_one_ballot_get_one_receipt(any_store, found_election, at_once):
    """The same bytes lie in the urn once, and every sender gets the same receipt."""
    poll = prepare_poll(any_store, found_election(any_store), slips=3, issued=3)
    raw = poll.seal(poll.slips[0])
    answers = at_once(lambda store, _number: cast(store, poll.election, raw))
    assert Counter(answers) == {
        Accepted(digest_base64(raw), again=False): 1,
        Accepted(digest_base64(raw), again=True): 31,
    }
    assert bodies(any_store) == [raw]


def test_32_slips_race_for_the_last_issued_places(any_store, found_election, at_once):
    """With 5 slips issued, 5 of 32 ballots are taken and 27 are told that the urn is full."""
    poll = prepare_poll(any_store, found_election(any_store), slips=32, issued=5)
    ballots = [poll.seal(slip) for slip in poll.slips]
    answers = at_once(lambda store, number: cast(store, poll.election, ballots[number]))
    taken = [raw for raw, answer in zip(ballots, answers, strict=True) if isinstance(answer, Accepted)]
    assert sorted(taken) == sorted(bodies(any_store))
    assert len(taken) == 5
    assert answers.count(Refused(UrnAnswer.FULL)) == 27
