"""A slip comes back to a desk, on both databases: void and counted in one step, or nothing changed and the reason said."""

from __future__ import annotations

import uuid

import pytest
from polling import prepare_poll
from sqlalchemy import select

from ballots.slips import SlipAccount
from ballots.urn import UrnAnswer
from votingapp.desks.booth.service import Accepted, Refused, cast
from votingapp.desks.checkin import service as checkin
from votingapp.desks.slips.exchanging import (
    Act,
    Desk,
    Done,
    JustNow,
    NoneIssued,
    NoneLeft,
    NoneUnused,
    NotTaken,
    PollNotOpen,
    take,
    take_unread,
)
from votingapp.store.slips import SlipAnswer
from votingapp.store.tables.ledger import movement
from votingapp.store.tables.urn import public_credential

FORM = str(uuid.uuid4())


def state(store) -> tuple:
    """Everything that an exchange could change."""
    with store.reading() as connection:
        void = connection.execute(select(public_credential.c.credential).where(public_credential.c.void)).scalars()
        return sorted(void), connection.execute(select(movement)).all()


def test_an_exchanged_slip_is_void_and_counted_and_the_cap_stays(
    any_store, open_poll, desk_1, shown, account, cap, log
):
    """The voter draws another slip: the first takes no ballot any more, and as many ballots as before may come."""
    poll = open_poll(any_store, issued=2)
    first, other = poll.slips[:2]
    assert take(any_store, desk_1, poll.election, Act.EXCHANGE, shown(poll, first)) == Done()
    assert cast(any_store, poll.election, poll.seal(first)) == Refused(UrnAnswer.VOID)
    assert isinstance(cast(any_store, poll.election, poll.seal(other)), Accepted)
    assert cap(any_store, poll) == 2
    whole = account(any_store, poll).whole
    assert (whole.exchanged, whole.issued, whole.left) == (1, 2, 2)
    assert log(any_store, poll)[-1] == ("slip_exchanged", {"desk": "Bord 1"})


def test_a_returned_slip_lowers_the_cap_and_the_voter_stays_on_the_list(
    any_store, open_poll, residents_of, desk_1, shown, account, cap, log
):
    """A voter who leaves gives her place in the urn back; she came and is counted, and does not come a second time."""
    poll = open_poll(any_store)
    who = residents_of(any_store)[0]
    checkin.admit(any_store, desk_1.official, poll.election, who, "Bord 1", declared=True)
    assert cap(any_store, poll) == 1
    assert take(any_store, desk_1, poll.election, Act.RETURN, shown(poll, poll.slips[0])) == Done()
    assert cap(any_store, poll) == 0
    drawn = account(any_store, poll)
    assert drawn.whole == SlipAccount(printed=5, issued=1, admitted=1, ballots=None, returned=1)
    assert drawn.whole.left == 4
    assert log(any_store, poll)[-1] == ("slip_returned", {"desk": "Bord 1"})
    again = checkin.admit(any_store, desk_1.official, poll.election, who, "Bord 2", declared=True)
    assert type(again).__name__ == "AlreadyAdmitted"


@pytest.mark.parametrize("act", list(Act))
def test_a_spent_slip_is_told_so_and_nothing_changes(any_store, open_poll, desk_1, shown, cap, log, act):
    """A receipt exists somewhere: whoever brings the slip gets no other one, and the ballot stays."""
    poll = open_poll(any_store, issued=2)
    assert isinstance(cast(any_store, poll.election, poll.seal(poll.slips[0])), Accepted)
    before = state(any_store), cap(any_store, poll), log(any_store, poll)
    answer = take(any_store, desk_1, poll.election, act, shown(poll, poll.slips[0]))
    assert answer == NotTaken(SlipAnswer.SPENT)
    assert (state(any_store), cap(any_store, poll), log(any_store, poll)) == before


def test_a_slip_is_exchanged_once(any_store, open_poll, desk_1, shown, account, clock):
    """Pressed twice, or brought to another desk later, it is void already; only the same desk a moment ago hears of a press."""
    poll = open_poll(any_store, issued=2)
    slip = shown(poll, poll.slips[0])
    assert take(any_store, desk_1, poll.election, Act.EXCHANGE, slip) == Done()
    clock.advance(seconds=3)
    assert take(any_store, desk_1, poll.election, Act.EXCHANGE, slip) == NotTaken(SlipAnswer.VOID, just_now=True)
    assert take(any_store, desk_1, poll.election, Act.RETURN, slip) == NotTaken(SlipAnswer.VOID)
    clock.advance(minutes=2)
    assert take(any_store, desk_1, poll.election, Act.EXCHANGE, slip) == NotTaken(SlipAnswer.VOID)
    assert account(any_store, poll).whole.exchanged == 1


def test_who_does_not_hold_a_slip_learns_nothing_of_it(any_store, open_poll, desk_1, shown):
    """Spent, void, good or of nobody: without its own proof each is unknown, and nothing changes."""
    poll = open_poll(any_store, issued=4)
    spent, void, good, held = poll.slips[:4]
    cast(any_store, poll.election, poll.seal(spent))
    take(any_store, desk_1, poll.election, Act.EXCHANGE, shown(poll, void))
    before = state(any_store)
    _public, foreign = shown(poll, held)
    for slip in (spent, void, good):
        for proof in (foreign, {}, None, "x", {"challenge": "0", "response": "0"}, [1]):
            answer = take(any_store, desk_1, poll.election, Act.EXCHANGE, (poll.public(slip), proof))
            assert answer == NotTaken(SlipAnswer.UNKNOWN)
    assert state(any_store) == before


def test_a_slip_of_another_election_is_unknown(any_store, open_poll, desk_1, shown, found_election):
    """A slip from the rehearsal beside it is no slip here."""
    poll = open_poll(any_store, issued=1)
    other = prepare_poll(any_store, found_election(any_store, slug="øvelse", rehearsal=True), slips=1, issued=1)
    assert take(any_store, desk_1, poll.election, Act.EXCHANGE, shown(other, other.slips[0])) == NotTaken(
        SlipAnswer.UNKNOWN
    )


@pytest.mark.parametrize("state_of_poll", ["not_open", "closed"])
@pytest.mark.parametrize("act", list(Act))
def test_outside_the_poll_nothing_is_taken_back(any_store, open_poll, desk_1, bente, shown, act, state_of_poll):
    """Before the opening no voter has a slip, and after the close none can be cast."""
    poll = open_poll(any_store, issued=1, state=state_of_poll)
    before = state(any_store)
    assert take(any_store, desk_1, poll.election, act, shown(poll, poll.slips[0])) == PollNotOpen()
    assert take_unread(any_store, desk_1, poll.election, act, bente, "våd", FORM) == PollNotOpen()
    assert state(any_store) == before


def test_before_anybody_was_admitted_no_slip_can_come_back(any_store, open_poll, desk_1, bente, shown):
    """A slip that was never handed out is the board's to make void."""
    poll = open_poll(any_store)
    before = state(any_store)
    assert take(any_store, desk_1, poll.election, Act.EXCHANGE, shown(poll, poll.slips[0])) == NoneIssued()
    assert take_unread(any_store, desk_1, poll.election, Act.RETURN, bente, "våd", FORM) == NoneIssued()
    assert state(any_store) == before


def test_the_last_slip_is_not_exchanged_for_none(any_store, open_poll, desk_1, shown):
    """Where no slip is left to draw, the damaged one stays good."""
    poll = open_poll(any_store, slips=3, issued=2)
    assert take(any_store, desk_1, poll.election, Act.EXCHANGE, shown(poll, poll.slips[0])) == Done()
    assert take(any_store, desk_1, poll.election, Act.EXCHANGE, shown(poll, poll.slips[1])) == NoneLeft()
    assert isinstance(cast(any_store, poll.election, poll.seal(poll.slips[1])), Accepted)


def test_a_slip_nobody_can_read_is_counted_and_cannot_vote_anybody_out(
    any_store, open_poll, desk_1, chair, account, cap, log
):
    """It could not be made void: whoever kept it can cast it, but never more ballots come in than voters hold slips."""
    poll = open_poll(any_store, issued=1)
    assert take_unread(any_store, desk_1, poll.election, Act.EXCHANGE, chair, "Kaffe på koden", FORM) == Done()
    assert account(any_store, poll).whole.exchanged == 1
    said = {"desk": "Bord 1", "second": "formand", "unread": True, "reason": "Kaffe på koden"}
    assert log(any_store, poll)[-1] == ("slip_exchanged", said)
    (row,) = state(any_store)[1]
    assert (row.second_id, row.note, row.number) == (chair.id, "Kaffe på koden", 1)
    assert isinstance(cast(any_store, poll.election, poll.seal(poll.slips[0])), Accepted)
    assert cast(any_store, poll.election, poll.seal(poll.slips[1])) == Refused(UrnAnswer.FULL)
    assert cap(any_store, poll) == 1


def test_a_form_sent_twice_counts_once(any_store, open_poll, desk_1, chair, account, cap):
    """Pressed twice, the second answer says that it was just now."""
    poll = open_poll(any_store, issued=3)
    for expected in (Done(), JustNow()):
        assert take_unread(any_store, desk_1, poll.election, Act.RETURN, chair, "Revet i to", FORM) == expected
    assert account(any_store, poll).whole.returned == 1
    assert cap(any_store, poll) == 2


def test_one_form_is_as_many_lines_as_it_was_used_for(any_store, open_poll, desk_1, bente, chair, account, cap):
    """A second slip on a page gone back to has another reason, another desk or another end, and a line of its own."""
    poll = open_poll(any_store, slips=9, issued=5)
    uses = (
        (desk_1, Act.EXCHANGE, "Kaffe på koden"),
        (desk_1, Act.EXCHANGE, "Revet i to"),
        (Desk("Bord 2", bente), Act.EXCHANGE, "Revet i to"),
        (desk_1, Act.RETURN, "Revet i to"),
    )
    for desk, act, reason in uses:
        assert take_unread(any_store, desk, poll.election, act, chair, reason, FORM) == Done()
        assert take_unread(any_store, desk, poll.election, act, chair, reason, FORM) == JustNow()
    whole = account(any_store, poll).whole
    assert (whole.exchanged, whole.returned, cap(any_store, poll)) == (3, 1, 4)
    assert [row.note for row in state(any_store)[1]] == [reason for _desk, _act, reason in uses]


def test_the_cap_never_falls_below_the_ballots_in_the_urn(any_store, open_poll, desk_1, chair, shown, cap):
    """Promise 4: a return that cannot be, since every voter with a slip has cast, changes nothing."""
    poll = open_poll(any_store, issued=1)
    cast(any_store, poll.election, poll.seal(poll.slips[0]))
    before = state(any_store)
    assert take(any_store, desk_1, poll.election, Act.RETURN, shown(poll, poll.slips[1])) == NoneUnused()
    assert take_unread(any_store, desk_1, poll.election, Act.RETURN, chair, "våd", FORM) == NoneUnused()
    assert (state(any_store), cap(any_store, poll)) == (before, 1)
