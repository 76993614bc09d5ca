"""A paper ballot comes back to a desk: counted once, signed by two, exchanged for one there is, and never beside a voter."""

from __future__ import annotations

import uuid

import pytest
from auditing import Page
from polling import prepare_poll

from ballots.slips import Movement
from votingapp.desks.checkin import service as checkin
from votingapp.desks.slips.exchanging import Act, Desk, Done, JustNow, NoneIssued, NoneLeft, PollNotOpen, take_paper
from votingapp.store import accounts, elections, ledger
from votingapp.store.admissions import Channel
from votingapp.store.ledger import BOARD, Entry, Paper

SIGNED = {"second_login": "formand", "second_password": "en lang og god sætning"}


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


@pytest.mark.parametrize("act", list(Act))
def test_a_spoilt_paper_ballot_is_counted_once_and_signed_by_two(
    any_store, open_poll, residents_of, desk_1, chair, print_paper, log, act
):
    """The ledger and the log name both officials; the urn of the slips knows nothing of it."""
    poll = open_poll(any_store)
    print_paper(any_store, poll, desk_1.official, 2)
    form = str(uuid.uuid4())
    assert take_paper(any_store, desk_1, poll.election, act, chair, form) == NoneIssued()
    admit_on_paper(any_store, poll, desk_1, residents_of(any_store)[0])
    assert take_paper(any_store, desk_1, poll.election, act, chair, form) == Done()
    assert take_paper(any_store, desk_1, poll.election, act, chair, form) == JustNow()
    whole = paper_account(any_store, poll).whole
    assert (whole.issued, whole.exchanged, whole.returned) == (1, act is Act.EXCHANGE, act is Act.RETURN)
    assert log(any_store, poll)[-1] == (f"ballot_{act.movement.value}", {"desk": "Bord 1", "second": "formand"})
    with any_store.reading() as connection:
        line = ledger.lines(connection, poll.election.id, Paper.BALLOT)[-1]
        assert elections.urn_of(connection, poll.election.urn_uuid).slips_issued == 0
    assert (line.kind, line.official_id, line.second_id) == (act.movement, desk_1.official.id, chair.id)


def test_a_form_that_is_used_again_elsewhere_is_another_line(
    any_store, open_poll, residents_of, desk_1, chair, print_paper, found_election
):
    """What was brought back is known by its form, act, desk and election, so that no line stands for two."""
    poll = open_poll(any_store)
    print_paper(any_store, poll, desk_1.official, 9)
    for who in residents_of(any_store)[:3]:
        admit_on_paper(any_store, poll, desk_1, who)
    form = str(uuid.uuid4())
    other_desk = Desk("Bord 2", desk_1.official)
    for desk, act in ((desk_1, Act.EXCHANGE), (desk_1, Act.RETURN), (other_desk, Act.EXCHANGE)):
        assert take_paper(any_store, desk, poll.election, act, chair, form) == Done()
        assert take_paper(any_store, desk, poll.election, act, chair, form) == JustNow()
    whole = paper_account(any_store, poll).whole
    assert (whole.exchanged, whole.returned) == (2, 1)
    other = prepare_poll(any_store, found_election(any_store, slug="øvelse", rehearsal=True), slips=1)
    assert take_paper(any_store, desk_1, other.election, Act.EXCHANGE, chair, form) == NoneIssued()


def test_another_one_is_handed_out_while_there_is_one(any_store, open_poll, residents_of, desk_1, chair, print_paper):
    """Of two printed the second one is the last."""
    poll = open_poll(any_store)
    print_paper(any_store, poll, desk_1.official, 2)
    admit_on_paper(any_store, poll, desk_1, residents_of(any_store)[0])
    assert take_paper(any_store, desk_1, poll.election, Act.EXCHANGE, chair, str(uuid.uuid4())) == Done()
    assert take_paper(any_store, desk_1, poll.election, Act.EXCHANGE, chair, str(uuid.uuid4())) == NoneLeft()
    assert paper_account(any_store, poll).whole.left == 0


def test_a_paper_ballot_is_given_back_once(any_store, open_poll, residents_of, desk_1, chair, print_paper):
    """As many come back as were handed out."""
    poll = open_poll(any_store)
    print_paper(any_store, poll, desk_1.official, 5)
    admit_on_paper(any_store, poll, desk_1, residents_of(any_store)[0])
    assert take_paper(any_store, desk_1, poll.election, Act.RETURN, chair, str(uuid.uuid4())) == Done()
    assert take_paper(any_store, desk_1, poll.election, Act.RETURN, chair, str(uuid.uuid4())) == NoneIssued()
    assert paper_account(any_store, poll).whole.usable == 0


def test_outside_the_poll_no_paper_comes_back(any_store, open_poll, desk_1, chair, print_paper):
    """After the close the papers lie in their box and are counted there."""
    poll = open_poll(any_store, state="closed")
    print_paper(any_store, poll, desk_1.official, 5)
    assert take_paper(any_store, desk_1, poll.election, Act.RETURN, chair, str(uuid.uuid4())) == PollNotOpen()


@pytest.fixture
def paper_out(store, poll, supervisor, residents_of, print_paper) -> None:
    """Five paper ballots were printed, and one is with a voter."""
    print_paper(store, poll, supervisor, 5)
    admit_on_paper(store, poll, Desk("Bord 1", supervisor), residents_of(store)[0])


def once_of(text: str) -> str:
    return text.rsplit('name="once"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def test_the_page_offers_it_where_there_are_papers(store, poll, at_desk, supervisor, residents_of, print_paper):
    """A colleague's password counts it; where no paper ballots were printed nothing is said of them."""
    address = f"/{poll.election.slug}/slips/exchange"
    assert "papirstemmeseddel" not in at_desk.get(address).text
    print_paper(store, poll, supervisor, 5)
    admit_on_paper(store, poll, Desk("Bord 1", supervisor), residents_of(store)[0])
    text = at_desk.get(address).text
    sent = {"csrf_token": Page(text).tokens[0], "once": once_of(text)} | SIGNED
    answer = at_desk.post(f"{address}/ballot", data=sent)
    assert "Giv vælgeren én ny papirstemmeseddel" in answer.text
    again = at_desk.post(f"{address}/ballot", data=sent)
    assert "Det er den samme ombytning som lige før" in again.text
    assert "Giv vælgeren" not in again.text
    assert paper_account(store, poll).whole.exchanged == 1


@pytest.mark.usefixtures("paper_out")
@pytest.mark.parametrize("act", ["exchange", "return"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"second_login": "", "second_password": ""}, "Den anden person skriver sit brugernavn."),
        ({"second_password": "gæt"}, "Brugernavn og adgangskode passer ikke sammen"),
        ({"second_login": "bente"}, "Det skal være en anden end dig."),
        ({"once": ""}, "Noget mangler eller er forkert."),
    ],
)
def test_nobody_takes_a_paper_ballot_back_alone(store, poll, at_desk, act, change, said):
    """Without a colleague nothing is counted; the form stays open and says what is missing."""
    address = f"/{poll.election.slug}/slips/{act}"
    text = at_desk.get(address).text
    sent = {"csrf_token": Page(text).tokens[0], "once": once_of(text)} | SIGNED | change
    answer = at_desk.post(f"{address}/ballot", data=sent)
    assert answer.status_code == 422
    assert said in answer.text.split("Det er en papirstemmeseddel", 1)[1]
    assert '<details class="help" open>' in answer.text
    whole = paper_account(store, poll).whole
    assert (whole.exchanged, whole.returned) == (0, 0)
