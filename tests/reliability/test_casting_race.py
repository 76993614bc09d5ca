"""Thirty-two tablets cast on one slip at the same moment, or have its ballot opened."""

from __future__ import annotations

from collections import Counter

from polling import prepare_poll
from sqlalchemy import select

from ballots.protocol.hashing import digest_base64, digest_hex
from ballots.urn import UrnAnswer
from votingapp.desks.booth import service
from votingapp.desks.booth.fairness import Fairness
from votingapp.desks.booth.service import Accepted, Challenged, Refused, cast
from votingapp.store.tables.urn import ballot, challenged_ballot

GENEROUS = Fairness(per_tablet=1000, per_slip=1000)


def challenge(store, election, raw):
    """Challenge on a tablet of which nobody has had her share."""
    return service.challenge(store, election, raw, GENEROUS, "tablet")


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


def opened(store):
    with store.reading() as connection:
        return set(connection.scalars(select(challenged_ballot.c.hash)))


def test_of_16_casts_and_16_challenges_of_one_ballot_one_side_wins(any_store, found_election, at_once):
    """The ballot is cast or opened, never both: whoever comes first decides, and everybody else is told so."""
    poll = prepare_poll(any_store, found_election(any_store), slips=3, issued=3)
    raw = poll.seal(poll.slips[0])
    answers = at_once(lambda store, number: (challenge if number % 2 else cast)(store, poll.election, raw))
    tracker, count = digest_base64(raw), Counter(answers)
    if bodies(any_store):
        assert opened(any_store) == set()
        assert count == {Accepted(tracker, again=False): 1, Accepted(tracker, again=True): 31}
    else:
        assert opened(any_store) == {digest_hex(raw)}
        assert count == {
            Challenged(tracker, again=False): 1,
            Challenged(tracker, again=True): 15,
            Refused(UrnAnswer.CHALLENGED): 16,
        }


def test_8_ballots_raced_for_by_two_casts_and_two_challenges_each(any_store, found_election, at_once):
    """Eight slips at once: each ballot is in one of the two tables, and nobody is told the other thing."""
    poll = prepare_poll(any_store, found_election(any_store), slips=8, issued=8)
    ballots = [poll.seal(slip) for slip in poll.slips]
    answers = at_once(
        lambda store, number: (challenge if number % 4 < 2 else cast)(store, poll.election, ballots[number // 4])
    )
    cast_ones = {digest_hex(raw) for raw in bodies(any_store)}
    assert cast_ones ^ opened(any_store) == {digest_hex(raw) for raw in ballots}
    for number, answer in enumerate(answers):
        is_cast = digest_hex(ballots[number // 4]) in cast_ones
        assert isinstance(answer, Accepted) == is_cast
        assert isinstance(answer, Challenged) == (not is_cast and number % 4 < 2)
