"""Stacks and boxes, on both databases: signed, written once, and each box comes out or says by how many it does not."""

from __future__ import annotations

import uuid

import pytest
from joined import join_device, revoke_device
from sqlalchemy import update

from ballots.slips import Difference, DifferenceCode, Movement
from ballots.urn import UrnAnswer
from votingapp.desks.booth.service import Refused, cast
from votingapp.desks.checkin import service as checkin
from votingapp.desks.slips import explaining
from votingapp.desks.slips.exchanging import Act, take
from votingapp.desks.slips.supply import (
    NotVoided,
    PollOver,
    Signed,
    TooMany,
    Written,
    boxes_of,
    count,
    supply,
    void_slip,
    void_unread,
)
from votingapp.store import accounts, elections, explanations, ledger
from votingapp.store.devices import Kind
from votingapp.store.ledger import BOARD, Paper
from votingapp.store.slips import SlipAnswer
from votingapp.store.tables.elections import election


@pytest.fixture
def signed(chair, bente):
    """The chair and the desk's official sign a form of its own: `signed()`."""
    return lambda: Signed(chair, str(uuid.uuid4()), bente)


@pytest.fixture
def boxes(account):
    """The boxes by name: `boxes(store, poll)`."""
    return lambda store, poll: {box.desk: box for box in account(store, poll).boxes}


@pytest.fixture
def unexplained():
    def read(store, poll):
        with store.reading() as connection:
            return accounts.unexplained(connection, elections.by_id(connection, poll.election.id))

    return read


@pytest.fixture
def flag():
    def read(store, poll, desk: str):
        with store.reading() as connection:
            return accounts.flag_of(connection, poll.election.id, desk)

    return read


def test_a_stack_goes_to_a_desk_and_comes_back(any_store, open_poll, signed, chair, bente, boxes, log):
    """Each movement stands once in the ledger with both names, and both boxes know it."""
    poll = open_poll(any_store, slips=10)
    assert supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 1", 7) == Written()
    assert supply(any_store, poll.election, signed(), Movement.FROM_DESK, "Bord 1", 2) == Written()
    assert boxes(any_store, poll)[BOARD].expected == 5
    assert boxes(any_store, poll)["Bord 1"].expected == 5
    with any_store.reading() as connection:
        lines = ledger.lines(connection, poll.election.id, Paper.SLIP)
    assert [(line.kind, line.number, line.official_id, line.second_id) for line in lines] == [
        (Movement.TO_DESK, 7, chair.id, bente.id),
        (Movement.FROM_DESK, 2, chair.id, bente.id),
    ]
    assert log(any_store, poll)[-1] == ("slips_from_desk", {"desk": "Bord 1", "number": 2, "second": "bente"})


def test_a_form_sent_twice_moves_one_stack(any_store, open_poll, signed, boxes):
    """Whoever presses twice has handed over once."""
    poll, form = open_poll(any_store, slips=10), signed()
    for _ in range(2):
        assert supply(any_store, poll.election, form, Movement.TO_DESK, "Bord 1", 4) == Written()
    assert boxes(any_store, poll)["Bord 1"].received == 4


def test_a_form_brought_back_and_changed_is_another_one(any_store, open_poll, signed, boxes):
    """Whoever goes back in her browser and writes another number or desk has handed over a second time, and is not lost."""
    poll, form = open_poll(any_store, slips=10), signed()
    supply(any_store, poll.election, form, Movement.TO_DESK, "Bord 1", 4)
    supply(any_store, poll.election, form, Movement.TO_DESK, "Bord 1", 3)
    supply(any_store, poll.election, form, Movement.TO_DESK, "Bord 2", 3)
    assert (boxes(any_store, poll)["Bord 1"].received, boxes(any_store, poll)["Bord 2"].received) == (7, 3)


def test_no_more_is_handed_out_than_lies_in_the_boards_box(any_store, open_poll, signed):
    """A number typed wrong is told with what should be there, and nothing is written."""
    poll = open_poll(any_store, slips=10)
    supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 1", 8)
    assert supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 2", 3) == TooMany(2)
    assert void_unread(any_store, poll.election, signed(), BOARD, "Revet", 3) == TooMany(2)


def test_after_the_close_stacks_only_come_back(any_store, open_poll, signed, shown):
    """Nothing is handed out or made void when no ballot can be cast; what is left over is still taken back and counted."""
    poll = open_poll(any_store, slips=10, state="closed")
    slip = shown(poll, poll.slips[0])
    assert supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 1", 1) == PollOver()
    assert void_slip(any_store, poll.election, signed(), BOARD, "Revet", slip) == PollOver()
    assert void_unread(any_store, poll.election, signed(), BOARD, "Revet", 1) == PollOver()
    assert supply(any_store, poll.election, signed(), Movement.FROM_DESK, "Bord 1", 1) == Written()
    assert count(any_store, poll.election, signed(), BOARD, 10, spoiled=0) == Written()


@pytest.mark.parametrize("state", ["not_open", "open"])
def test_a_slip_made_void_can_never_be_cast(any_store, open_poll, signed, shown, boxes, state):
    """A torn slip is out of its box and out of the poll, before the opening too."""
    poll = open_poll(any_store, slips=3, issued=0, state=state)
    slip = shown(poll, poll.slips[0])
    assert void_slip(any_store, poll.election, signed(), BOARD, "Revet", slip) == Written()
    assert void_slip(any_store, poll.election, signed(), BOARD, "Revet", slip) == NotVoided(SlipAnswer.VOID)
    assert boxes(any_store, poll)[BOARD].expected == 2
    if state == "open":
        assert cast(any_store, poll.election, poll.seal(poll.slips[0])) == Refused(UrnAnswer.VOID)


def test_why_slips_are_void_stands_in_the_log(any_store, open_poll, signed, shown, log):
    """A reason that stood in the ledger alone could be written anew there by whoever owns the database."""
    poll = open_poll(any_store, slips=3, issued=0)
    void_slip(any_store, poll.election, signed(), BOARD, "Revet", shown(poll, poll.slips[0]))
    void_unread(any_store, poll.election, signed(), BOARD, "Printet skævt", 1)
    assert [details["reason"] for _act, details in log(any_store, poll)[-2:]] == ["Revet", "Printet skævt"]


def test_a_spent_slip_is_not_made_void(any_store, open_poll, signed, shown, boxes):
    """What was cast stays cast; and whoever holds no slip is told that it is unknown."""
    poll = open_poll(any_store, slips=3, issued=2)
    cast(any_store, poll.election, poll.seal(poll.slips[0]))
    spent = void_slip(any_store, poll.election, signed(), BOARD, "Fundet", shown(poll, poll.slips[0]))
    assert spent == NotVoided(SlipAnswer.SPENT)
    not_held = (poll.public(poll.slips[0]), {})
    assert void_slip(any_store, poll.election, signed(), BOARD, "x", not_held) == NotVoided(SlipAnswer.UNKNOWN)
    assert boxes(any_store, poll)[BOARD].void == 0


def test_a_whole_evening_comes_out(any_store, open_poll, residents_of, signed, desk_1, shown, account, unexplained):
    """Handed out, drawn, exchanged, returned, torn, taken back and counted: every sum comes out."""
    poll = open_poll(any_store, slips=12)
    election = poll.election
    supply(any_store, election, signed(), Movement.TO_DESK, "Bord 1", 10)
    for who in residents_of(any_store):
        checkin.admit(any_store, desk_1.official, election, who, "Bord 1", declared=True)
    take(any_store, desk_1, election, Act.EXCHANGE, shown(poll, poll.slips[0]))
    take(any_store, desk_1, election, Act.RETURN, shown(poll, poll.slips[1]))
    void_slip(any_store, election, signed(), "Bord 1", "Faldt åben ud", shown(poll, poll.slips[2]))
    void_unread(any_store, election, signed(), BOARD, "Printet skævt", 1)
    assert account(any_store, poll).uncounted == (BOARD, "Bord 1")
    supply(any_store, election, signed(), Movement.FROM_DESK, "Bord 1", 3)
    count(any_store, election, signed(), "Bord 1", 1, spoiled=3)
    count(any_store, election, signed(), BOARD, 4, spoiled=1)
    drawn = account(any_store, poll)
    whole = drawn.whole
    assert (whole.printed, whole.issued, whole.exchanged, whole.void, whole.left_over) == (12, 4, 1, 2, 5)
    assert (whole.returned, whole.usable, whole.ballots) == (1, 3, None)
    assert drawn.uncounted == ()
    assert unexplained(any_store, poll) == ()


def test_a_count_is_held_against_the_moment_it_was_made(
    any_store, open_poll, residents_of, signed, desk_1, account, unexplained
):
    """A box that came out keeps coming out while more slips are drawn; its count is old then, and is asked for again."""
    poll = open_poll(any_store, slips=10)
    supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 1", 10)
    count(any_store, poll.election, signed(), "Bord 1", 10, spoiled=0)
    assert account(any_store, poll).whole.left_over == 10
    for who in residents_of(any_store)[:2]:
        checkin.admit(any_store, desk_1.official, poll.election, who, "Bord 1", declared=True)
    assert unexplained(any_store, poll) == ()
    assert account(any_store, poll).uncounted == ("Bord 1",)
    assert account(any_store, poll).whole.left_over is None


def test_whoever_keeps_a_slip_she_said_was_spoiled_leaves_the_envelope_too_light(
    any_store, open_poll, residents_of, signed, desk_1, shown, account, unexplained
):
    """A slip of her own box is exchanged and put back: the box comes out, its envelope does not until two have explained it."""
    poll = open_poll(any_store, slips=10)
    election = poll.election
    supply(any_store, election, signed(), Movement.TO_DESK, "Bord 1", 10)
    for who in residents_of(any_store)[:2]:
        checkin.admit(any_store, desk_1.official, election, who, "Bord 1", declared=True)
    take(any_store, desk_1, election, Act.EXCHANGE, shown(poll, poll.slips[5]))
    count(any_store, election, signed(), "Bord 1", 7, spoiled=0)
    light = Difference(DifferenceCode.SPOILED_NOT_AS_COUNTED, 1, 0, "Bord 1")
    assert unexplained(any_store, poll) == (light,)
    assert account(any_store, poll).uncounted == ()
    form = signed()
    explaining.explain(any_store, election, light, "Kuverten er tom.", (form.official, form.second))
    assert unexplained(any_store, poll) == ()
    take(any_store, desk_1, election, Act.EXCHANGE, shown(poll, poll.slips[6]))
    assert account(any_store, poll).uncounted == ("Bord 1",)
    count(any_store, election, signed(), "Bord 1", 6, spoiled=2)
    assert (account(any_store, poll).uncounted, unexplained(any_store, poll)) == ((), ())


def test_a_difference_stands_until_two_have_explained_it(
    any_store, open_poll, signed, chair, bente, unexplained, flag, log
):
    """A slip is missing: the board and the desk concerned see it, until two officials have said why; it is named once."""
    poll = open_poll(any_store, slips=10)
    supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 1", 10)
    count(any_store, poll.election, signed(), "Bord 1", 9, spoiled=0)
    missing = Difference(DifferenceCode.DESK_NOT_AS_COUNTED, 10, 9, "Bord 1")
    assert unexplained(any_store, poll) == (missing,)
    assert (flag(any_store, poll, "Bord 1"), flag(any_store, poll, "Bord 2")) == (missing, None)
    for _ in range(2):
        outcome = explaining.explain(any_store, poll.election, missing, "En seddel faldt i vandet.", (chair, bente))
        assert outcome == explaining.Explained()
    other = explaining.explain(any_store, poll.election, missing, "Den ligger i kassen.", (chair, bente))
    assert other == explaining.ExplainedBefore(), "whose words are not kept is told so"
    assert unexplained(any_store, poll) == ()
    assert flag(any_store, poll, "Bord 1") is None
    with any_store.reading() as connection:
        (kept,) = explanations.every(connection, poll.election.id, Paper.SLIP)
    assert (kept.difference, kept.text, kept.signed_by) == (missing, "En seddel faldt i vandet.", ("Formand", "Bente"))
    (logged,) = [details for act, details in log(any_store, poll) if act == "difference_explained"]
    assert logged["text"] == "En seddel faldt i vandet."


def test_a_difference_with_other_figures_is_a_new_one(any_store, open_poll, signed, chair, bente, unexplained):
    """What was explained for one slip explains no second one, and what is gone cannot be explained."""
    poll = open_poll(any_store, slips=10)
    supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 1", 10)
    count(any_store, poll.election, signed(), "Bord 1", 9, spoiled=0)
    (first,) = unexplained(any_store, poll)
    explaining.explain(any_store, poll.election, first, "Væk.", (chair, bente))
    count(any_store, poll.election, signed(), "Bord 1", 8, spoiled=0)
    assert unexplained(any_store, poll) == (Difference(DifferenceCode.DESK_NOT_AS_COUNTED, 10, 8, "Bord 1"),)
    (second,) = unexplained(any_store, poll)
    count(any_store, poll.election, signed(), "Bord 1", 10, spoiled=0)
    assert unexplained(any_store, poll) == ()
    outcome = explaining.explain(any_store, poll.election, second, "Talt forkert.", (chair, bente))
    assert outcome == explaining.OtherFigures()


def test_issued_and_admitted_are_compared(any_store, open_poll, unexplained):
    """A cap that was raised behind the desks' backs shows at once."""
    poll = open_poll(any_store, slips=10, issued=3)
    assert unexplained(any_store, poll) == (Difference(DifferenceCode.ISSUED_NOT_AS_ADMITTED, 0, 3),)


def test_no_ballots_are_in_the_account_before_the_close(any_store, open_poll, account):
    """Promise 6: the account says how many may have voted, and after the close how many have."""
    poll = open_poll(any_store, issued=2)
    cast(any_store, poll.election, poll.seal(poll.slips[0]))
    assert account(any_store, poll).whole.ballots is None

    def close(work):
        work.connection.execute(update(election).values(closed_at=work.now))
        work.record(poll.election.id, "test", "closed")

    any_store.write(close)
    assert account(any_store, poll).whole.ballots == 1
    assert account(any_store, poll).whole.not_cast == 1


def test_a_count_holds_by_its_place_and_not_by_the_clock(any_store, open_poll, signed, boxes, clock):
    """A clock that is set back between two counts does not bring the first one back."""
    poll = open_poll(any_store, slips=10)
    count(any_store, poll.election, signed(), BOARD, 9, spoiled=0)
    clock.advance(hours=-3)
    count(any_store, poll.election, signed(), BOARD, 10, spoiled=0)
    assert boxes(any_store, poll)[BOARD].counted == 10


def test_the_boxes_are_those_of_desks_that_joined_or_ever_held_slips(any_store, open_poll, signed):
    """A revoked desk can give its slips back; a booth has no box."""
    poll = open_poll(any_store, slips=10)
    for name in ("Bord 1", "Bord 2", "Bord 3"):
        join_device(any_store, poll.election, Kind.DESK, name)
    join_device(any_store, poll.election, Kind.BOOTH, "Boks 1")
    supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 2", 1)
    for name in ("Bord 2", "Bord 3"):
        revoke_device(any_store, poll.election, name)
    with any_store.reading() as connection:
        assert boxes_of(connection, poll.election.id) == ("Bord 1", "Bord 2")


def test_paper_ballots_have_the_same_ledger_and_another_account(any_store, open_poll, signed, account, boxes):
    """Paper ballots are moved and counted by the same forms, and no slip is counted among them."""
    poll = open_poll(any_store, slips=10)

    def printed(work):
        ledger.write(
            work, poll.election.id, Paper.BALLOT, ledger.Entry(Movement.PRINTED, BOARD, 50, signed().official.id)
        )
        work.record(poll.election.id, "test", "printed")

    any_store.write(printed)
    supply(any_store, poll.election, signed(), Movement.TO_DESK, "Bord 1", 20, Paper.BALLOT)
    void_unread(any_store, poll.election, signed(), "Bord 1", "Fejlprint", 2, Paper.BALLOT)
    count(any_store, poll.election, signed(), "Bord 1", 18, 2, Paper.BALLOT)
    count(any_store, poll.election, signed(), BOARD, 30, 0, Paper.BALLOT)
    with any_store.reading() as connection:
        drawn = accounts.account_of(connection, elections.by_id(connection, poll.election.id), Paper.BALLOT)
    assert (drawn.whole.printed, drawn.whole.void, drawn.whole.left_over) == (50, 2, 48)
    assert drawn.differences == ()
    assert account(any_store, poll).whole.void == 0
    assert set(boxes(any_store, poll)) == {BOARD}
