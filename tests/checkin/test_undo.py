"""An admission is taken back by two officials of its own desk, with its slip, and the person may be admitted anew."""

from __future__ import annotations

import html
import json
import secrets

import pytest
from joined import make_desk
from sqlalchemy import select, update

from ballots.admission import Admitted
from ballots.protocol.possession import prove_possession
from ballots.slips import Movement
from votingapp.desks.booth import service as booth
from votingapp.desks.checkin import service, undoing
from votingapp.desks.checkin.undoing import NotDrawn, PaperReturned, Reason, Returned
from votingapp.store import audit, casting, ledger, roll
from votingapp.store.admissions import Channel
from votingapp.store.elections import urn_of
from votingapp.store.ledger import Paper
from votingapp.store.slips import SlipAnswer
from votingapp.store.staff import Role
from votingapp.store.tables.admissions import admission, admission_undone
from votingapp.store.tables.elections import election as election_table

SIGNE, LUKASZ = "Signe Sørensen", "Łukasz Öztürk-Ærø"
PASSWORD = "en lang og god sætning"


@pytest.fixture
def desk(any_store, add_staff):
    return service.Desk("Bord 1", add_staff(any_store, None, "bente"))


@pytest.fixture
def reason(any_store, add_staff):
    return Reason("Det var en anden med samme navn", add_staff(any_store, None, "bo"))


@pytest.fixture
def admit(any_store, desk, person_id):
    def act(poll, name: str, channel: Channel = Channel.SLIP):
        wish = service.Wish(person_id(any_store, name), declared=True, channel=channel)
        return service.answer(any_store, desk, poll.election, wish).outcome

    return act


def returned(poll, slip: str) -> Returned:
    proof = prove_possession(poll.election.urn_uuid, slip, secrets.token_bytes)
    return Returned(poll.public(slip), proof.to_json())


def state(store, poll):
    with store.reading() as connection:
        rows = connection.execute(select(admission.c.number)).scalars().all()
        undone = connection.execute(select(admission_undone)).all()
        return sorted(rows), undone, urn_of(connection, poll.election.urn_uuid).slips_issued


def test_a_slip_that_was_not_drawn_goes_back_into_the_box(any_store, open_poll, admit, desk, reason):
    """The row is gone and kept as undone, the urn takes one ballot fewer, and the log names both officials."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    outcome = undoing.undo(any_store, desk, poll.election, 1, NotDrawn(), reason)
    assert isinstance(outcome, undoing.Undone)
    rows, (undone,), issued = state(any_store, poll)
    assert (rows, issued) == ([], 0)
    assert (undone.number, undone.slip, undone.desk, undone.second_id) == (1, "not_drawn", "Bord 1", reason.second.id)
    with any_store.reading() as connection:
        last = audit.last(connection, poll.election.id)
        told = json.loads(last.details)
        assert (last.act, last.actor, told["second"], told["number"]) == ("admission_undone", "bente", "bo", 1)
        assert ledger.total(connection, poll.election.id, Paper.SLIP, Movement.VOID) == 0


def test_a_number_is_never_used_again(any_store, open_poll, admit, desk, reason):
    """Whoever was taken back is admitted under the next number."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    undoing.undo(any_store, desk, poll.election, 1, NotDrawn(), reason)
    assert isinstance(admit(poll, SIGNE), Admitted)
    assert state(any_store, poll)[0] == [2]
    assert isinstance(undoing.undo(any_store, desk, poll.election, 1, NotDrawn(), reason), undoing.NotAtThisDesk)


def test_a_slip_that_came_back_is_made_void_and_counted(any_store, open_poll, admit, desk, reason):
    """A returned slip is void in the urn and void in the desk's account, for its admission is gone."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    assert isinstance(
        undoing.undo(any_store, desk, poll.election, 1, returned(poll, poll.slips[0]), reason), undoing.Undone
    )
    with any_store.reading() as connection:
        assert casting.void_of(connection, poll.election.urn_uuid, poll.public(poll.slips[0])) is True
        (box,) = ledger.boxes(connection, poll.election.id, Paper.SLIP)
        assert (box.issued, box.void) == (0, 1)
    assert state(any_store, poll)[2] == 0


def test_a_slip_that_was_voted_with_undoes_nothing(any_store, open_poll, admit, desk, reason):
    """A ballot in the urn stays there, and so does the admission that stands behind it."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    booth.cast(any_store, poll.election, poll.seal(poll.slips[0]))
    outcome = undoing.undo(any_store, desk, poll.election, 1, returned(poll, poll.slips[0]), reason)
    assert outcome == undoing.SlipRefused(SlipAnswer.SPENT)
    assert state(any_store, poll)[0] == [1]


def test_the_urn_never_holds_more_than_the_slips_that_are_out(any_store, open_poll, admit, desk, reason):
    """With every slip cast none can lie in the box: nothing is undone, whatever is said."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    booth.cast(any_store, poll.election, poll.seal(poll.slips[0]))
    assert undoing.undo(any_store, desk, poll.election, 1, NotDrawn(), reason) == undoing.SlipIsMissing()
    other = undoing.undo(any_store, desk, poll.election, 1, returned(poll, poll.slips[1]), reason)
    assert other == undoing.SlipIsMissing()
    rows, undone, issued = state(any_store, poll)
    assert (rows, undone, issued) == ([1], [], 1)
    with any_store.reading() as connection:
        assert casting.void_of(connection, poll.election.urn_uuid, poll.public(poll.slips[1])) is False


def test_without_a_proof_no_slip_is_taken(any_store, open_poll, admit, desk, reason):
    """The list of public halves is open to all, so a public half alone makes nothing void."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    forged = Returned(poll.public(poll.slips[0]), {"challenge": "1", "response": "1"})
    outcome = undoing.undo(any_store, desk, poll.election, 1, forged, reason)
    assert outcome == undoing.SlipRefused(SlipAnswer.UNKNOWN)
    assert state(any_store, poll)[0] == [1]


def test_another_desk_takes_nothing_back(any_store, open_poll, admit, desk, reason):
    """What a desk did wrong it puts right itself."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)
    other = service.Desk("Bord 2", desk.official)
    assert undoing.undo(any_store, other, poll.election, 1, NotDrawn(), reason) == undoing.NotAtThisDesk()
    assert undoing.read_latest(any_store, other, poll.election) == ()
    assert undoing.read_one(any_store, other, poll.election, 1) is None


def test_after_the_close_nothing_is_taken_back(any_store, open_poll, admit, desk, reason):
    """The account of a closed poll stands."""
    poll = open_poll(any_store)
    admit(poll, SIGNE)

    def close(work):
        work.connection.execute(update(election_table).values(closed_at=work.now))
        work.keep_unrecorded()

    any_store.write(close)
    assert undoing.undo(any_store, desk, poll.election, 1, NotDrawn(), reason) == undoing.PollOver()


def test_paper_is_taken_back_without_touching_the_urn(any_store, open_poll, admit, desk, reason):
    """A paper ballot that came back is void in the paper's account; the urn knows nothing of it."""
    poll = open_poll(any_store)
    admit(poll, SIGNE, Channel.PAPER)
    wrong = undoing.undo(any_store, desk, poll.election, 1, returned(poll, poll.slips[0]), reason)
    assert wrong == undoing.OtherChannel()
    assert isinstance(undoing.undo(any_store, desk, poll.election, 1, PaperReturned(), reason), undoing.Undone)
    with any_store.reading() as connection:
        assert ledger.total(connection, poll.election.id, Paper.BALLOT, Movement.VOID) == 1
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 0
        assert roll.standing(connection, poll.election.id).undone == 1


@pytest.fixture
def at_desk(store, poll, client, desk_official, sign_in, add_staff):
    """Bente's browser at Bord 1, with a colleague who can confirm."""
    add_staff(store, poll.election, "ole", Role.DESK)
    sign_in(client, desk_official.login)
    make_desk(client, store, poll.election, "Bord 1")
    return client


@pytest.fixture
def one_admitted(store, poll, desk_official, person_id):
    desk = service.Desk("Bord 1", desk_official)
    wish = service.Wish(person_id(store, SIGNE), declared=True)
    return service.answer(store, desk, poll.election, wish).outcome


def undo_page(client, poll, **typed: str):
    data = {"reason": "Forkert person", "slip": "not_drawn", "second_login": "ole", "second_password": PASSWORD}
    return client.submit(f"/{poll.election.slug}/checkin/latest/1", data | typed)


def test_the_desk_sees_its_last_voters_and_takes_one_back(store, poll, at_desk, one_admitted):
    """The list names them with time and number; after the undoing it is empty and says so."""
    page = html.unescape(at_desk.get(f"/{poll.election.slug}/checkin/latest").text)
    assert SIGNE in page
    assert "kvittering 1" in page
    answer = undo_page(at_desk, poll)
    assert answer.status_code == 302
    page = html.unescape(at_desk.get(answer.location).text)
    assert "Fortrudt: kvittering 1" in page
    assert state(store, poll)[0] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": ""}, "Skriv, hvorfor"),
        ({"reason": "Hun hedder 010180-1234"}, "Skriv ikke et CPR-nummer"),
        ({"slip": ""}, "Vælg, hvor stemmesedlen er"),
        ({"slip": "returned"}, "Scan eller skriv stemmesedlens kode"),
        ({"second_password": "forkert"}, "passer ikke sammen"),
        ({"second_login": "bente"}, "Det skal være en anden end dig"),
    ],
)
def test_half_an_undoing_is_none(store, poll, at_desk, one_admitted, typed, said):
    """Reason, slip and a second official are all needed, and the page says which is missing."""
    answer = undo_page(at_desk, poll, **typed)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert state(store, poll)[0] == [1]


def test_the_page_that_refuses_says_no_figure(store, poll, at_desk, one_admitted):
    """How many ballots lie in the urn is nobody's business before the close."""
    booth.cast(store, poll.election, poll.seal(poll.slips[0]))
    answer = undo_page(at_desk, poll)
    said = html.unescape(answer.text).split('class="errors"')[1].split("</div>")[0]
    assert "passer ikke med regnskabet" in said
    assert not any(sign.isdigit() for sign in said)


def test_a_number_of_nobody_leads_back_to_the_list(poll, at_desk):
    """A stale page takes nothing back."""
    answer = at_desk.get(f"/{poll.election.slug}/checkin/latest/7")
    assert answer.status_code == 404
    assert "findes ikke" in html.unescape(answer.text)
