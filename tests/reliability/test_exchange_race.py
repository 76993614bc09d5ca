"""One slip at two desks, and one slip at a desk and in a booth, at the same moment."""

from __future__ import annotations

import secrets
from collections import Counter

from polling import prepare_poll
from sqlalchemy import func, select

from ballots.protocol.possession import prove_possession
from ballots.slips import Movement
from ballots.urn import UrnAnswer
from votingapp.desks.booth.service import Accepted, Refused, cast
from votingapp.desks.slips.exchanging import Act, Desk, Done, NotTaken, take
from votingapp.store import ledger
from votingapp.store.elections import urn_of
from votingapp.store.ledger import Paper
from votingapp.store.slips import SlipAnswer
from votingapp.store.tables.urn import ballot


def shown(poll, slip: str) -> tuple[str, object]:
    proof = prove_possession(poll.election.urn_uuid, slip, secrets.token_bytes)
    return poll.public(slip), proof.to_json()


def figures(store, poll) -> tuple[int, int, int, int]:
    """Exchanged, returned, the urn's cap, and the ballots in it."""
    with store.reading() as connection:
        moved = [
            ledger.total(connection, poll.election.id, Paper.SLIP, kind)
            for kind in (Movement.EXCHANGED, Movement.RETURNED)
        ]
        cast_so_far = connection.execute(select(func.count()).select_from(ballot)).scalar_one()
        return moved[0], moved[1], urn_of(connection, poll.election.urn_uuid).slips_issued, cast_so_far


def test_of_32_desks_that_exchange_one_slip_exactly_one_does(any_store, found_election, add_staff, at_once):
    """One voter draws one new slip; the other desks are told that it is void."""
    official = add_staff(any_store, None, "bente")
    poll = prepare_poll(any_store, found_election(any_store), slips=40, issued=2)
    slip = shown(poll, poll.slips[0])
    answers = at_once(
        lambda store, number: take(store, Desk(f"Bord {number}", official), poll.election, Act.EXCHANGE, slip)
    )
    assert answers.count(Done()) == 1
    assert Counter(type(one) for one in answers)[NotTaken] == 31
    assert {one.answer for one in answers if isinstance(one, NotTaken)} == {SlipAnswer.VOID}
    assert figures(any_store, poll) == (1, 0, 2, 0)


def test_a_slip_is_exchanged_or_returned_but_not_both(any_store, found_election, add_staff, at_once):
    """Sixteen desks exchange it and sixteen take it back: one of them wins, and the cap falls only if that was a return."""
    official = add_staff(any_store, None, "bente")
    poll = prepare_poll(any_store, found_election(any_store), slips=40, issued=2)
    slip, acts = shown(poll, poll.slips[0]), list(Act)
    answers = at_once(
        lambda store, number: take(store, Desk("Bord 1", official), poll.election, acts[number % 2], slip)
    )
    assert answers.count(Done()) == 1
    returned = answers.index(Done()) % 2
    assert figures(any_store, poll) == (1 - returned, returned, 2 - returned, 0)


def test_a_slip_is_cast_or_exchanged_but_not_both(any_store, found_election, add_staff, at_once):
    """Sixteen slips, each brought to a desk and cast in a booth at the same instant: of each exactly one comes true."""
    official = add_staff(any_store, None, "bente")
    poll = prepare_poll(any_store, found_election(any_store), slips=40, issued=16)
    slips = poll.slips[:16]
    ballots, shows = [poll.seal(slip) for slip in slips], [shown(poll, slip) for slip in slips]

    def act(store, number: int):
        if number < 16:
            return cast(store, poll.election, ballots[number])
        return take(store, Desk("Bord 1", official), poll.election, Act.EXCHANGE, shows[number - 16])

    answers = at_once(act)
    for booth, desk in zip(answers[:16], answers[16:], strict=True):
        if isinstance(booth, Accepted):
            assert desk == NotTaken(SlipAnswer.SPENT)
        else:
            assert (booth, desk) == (Refused(UrnAnswer.VOID), Done())
    exchanged, _returned, cap, cast_so_far = figures(any_store, poll)
    assert (exchanged + cast_so_far, cap) == (16, 16)


def test_the_last_place_is_cast_or_given_back_but_not_both(any_store, found_election, add_staff, at_once):
    """One voter is in: her ballot and the return of another slip race for her place, and the urn never holds more than its cap."""
    official = add_staff(any_store, None, "bente")
    poll = prepare_poll(any_store, found_election(any_store), slips=40, issued=1)
    ballots = [poll.seal(slip) for slip in poll.slips[:16]]
    shows = [shown(poll, slip) for slip in poll.slips[16:32]]

    def act(store, number: int):
        if number < 16:
            return cast(store, poll.election, ballots[number])
        return take(store, Desk("Bord 1", official), poll.election, Act.RETURN, shows[number - 16])

    answers = at_once(act)
    _exchanged, returned, cap, cast_so_far = figures(any_store, poll)
    assert cast_so_far == sum(isinstance(one, Accepted) for one in answers)
    assert (returned + cast_so_far, cap) == (1, cast_so_far)
