"""A paper ballot comes back to a desk: counted by one press, exchanged for one there is, and never beside a voter."""

from __future__ import annotations

import uuid

import pytest
from auditing import Page

from ballots.slips import Movement
from votingapp.desks.checkin import service as checkin
from votingapp.desks.slips.exchanging import Act, Desk, Done, NoneIssued, NoneLeft, PollNotOpen, take_paper
from votingapp.store import accounts, elections, ledger
from votingapp.store.admissions import Channel
from votingapp.store.ledger import BOARD, Entry, Paper


@pytest.fixture
def print_paper():
    """Let so many paper ballots come from the printer: `print_paper(store, poll, official, 3)`."""

    def act(store, poll, official, number: int) -> None:
        def write(work):
            entry = Entry(Movement.PRINTED, BOARD, number, official.id)
            ledger.write(work, poll.election.id, Paper.BALLOT, entry)
            work.record(poll.election.id, "test", "printed")

        store.write(write)

    return act


def paper_account(store, poll):
    with store.reading() as connection:
        return accounts.account_of(connection, elections.by_id(connection, poll.election.id), Paper.BALLOT)


def admit_on_paper(store, poll, desk, who: str) -> None:
    wish = checkin.Wish(who, declared=True, channel=Channel.PAPER)
    checkin.answer(store, checkin.Desk(desk.name, desk.official), poll.election, wish)


def test_a_spoilt_paper_ballot_is_exchanged_and_counted(
    any_store, open_poll, residents_of, desk_1, print_paper, cap, log
):
    """Another one is handed out while there is one; the urn of the slips knows nothing of it."""
    poll = open_poll(any_store)
    print_paper(any_store, poll, desk_1.official, 2)
    form = str(uuid.uuid4())
    assert take_paper(any_store, desk_1, poll.election, Act.EXCHANGE, form) == NoneIssued()
    admit_on_paper(any_store, poll, desk_1, residents_of(any_store)[0])
    for _ in range(2):
        assert take_paper(any_store, desk_1, poll.election, Act.EXCHANGE, form) == Done()
    assert take_paper(any_store, desk_1, poll.election, Act.EXCHANGE, str(uuid.uuid4())) == NoneLeft()
    whole = paper_account(any_store, poll).whole
    assert (whole.issued, whole.exchanged, whole.left) == (1, 1, 0)
    assert cap(any_store, poll) == 0
    assert log(any_store, poll)[-1] == ("ballot_exchanged", {"desk": "Bord 1"})


def test_a_paper_ballot_is_given_back_once(any_store, open_poll, residents_of, desk_1, print_paper):
    """As many come back as were handed out."""
    poll = open_poll(any_store)
    print_paper(any_store, poll, desk_1.official, 5)
    admit_on_paper(any_store, poll, desk_1, residents_of(any_store)[0])
    assert take_paper(any_store, desk_1, poll.election, Act.RETURN, str(uuid.uuid4())) == Done()
    assert take_paper(any_store, desk_1, poll.election, Act.RETURN, str(uuid.uuid4())) == NoneIssued()
    assert paper_account(any_store, poll).whole.usable == 0


def test_outside_the_poll_no_paper_comes_back(any_store, open_poll, desk_1, print_paper):
    """After the close the papers lie in their box and are counted there."""
    poll = open_poll(any_store, state="closed")
    print_paper(any_store, poll, desk_1.official, 5)
    assert take_paper(any_store, desk_1, poll.election, Act.RETURN, str(uuid.uuid4())) == PollNotOpen()


def test_the_page_offers_it_where_there_are_papers(store, poll, at_desk, supervisor, residents_of, print_paper):
    """One press counts it; where no paper ballots were printed nothing is said of them."""
    address = f"/{poll.election.slug}/slips/exchange"
    assert "papirstemmeseddel" not in at_desk.get(address).text
    print_paper(store, poll, supervisor, 5)
    admit_on_paper(store, poll, Desk("Bord 1", supervisor), residents_of(store)[0])
    text = at_desk.get(address).text
    once = text.rsplit('name="once"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    answer = at_desk.post(f"{address}/ballot", data={"csrf_token": Page(text).tokens[0], "once": once})
    assert "Giv vælgeren én ny papirstemmeseddel" in answer.text
    for act in ("exchange", "return"):
        empty = at_desk.post(f"/{poll.election.slug}/slips/{act}/ballot", data={"csrf_token": Page(text).tokens[0]})
        assert empty.status_code == 422
    assert paper_account(store, poll).whole.exchanged == 1
