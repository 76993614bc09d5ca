"""At a desk: slips are taken back by its pages alone, the private code reaches no request, and guesses are stopped."""

from __future__ import annotations

import json

import pytest
from auditing import Page
from joined import revoke_device, use_device
from sqlalchemy import select

from votingapp.desks.booth.service import cast
from votingapp.desks.slips.supply import Signed, count
from votingapp.store.devices import Kind
from votingapp.store.staff import Role
from votingapp.store.tables.ledger import movement
from votingapp.store.tables.urn import public_credential

PASSWORD = "en lang og god sætning"
SECOND = {"second_login": "formand", "second_password": PASSWORD}
UNREAD = {"reason": "Kaffe på koden"} | SECOND


@pytest.fixture
def address(poll) -> str:
    return f"/{poll.election.slug}/slips"


@pytest.fixture
def bring(at_desk, address):
    """Bring a slip to the desk: `bring("exchange", fields)`."""
    return lambda act, fields: at_desk.submit(f"{address}/{act}", fields)


@pytest.fixture
def bring_unread(at_desk, address):
    """Bring a slip that nobody can read: `bring_unread("exchange", **fields)`; every form is a fresh one."""

    def send(act: str, **changes: str):
        page = at_desk.get(f"{address}/{act}").text
        once = page.split('name="once" type="hidden" value="', 1)[1].split('"', 1)[0]
        data = {"csrf_token": Page(page).tokens[0], "once": once} | UNREAD | changes
        return at_desk.post(f"{address}/{act}/unread", data=data)

    return send


def moved(store) -> list[tuple[str, str]]:
    with store.reading() as connection:
        return [(row.kind, row.desk) for row in connection.execute(select(movement.c.kind, movement.c.desk))]


def voided(store) -> list[str]:
    with store.reading() as connection:
        return list(
            connection.execute(select(public_credential.c.credential).where(public_credential.c.void)).scalars()
        )


@pytest.mark.parametrize(
    ("act", "headline", "kind"),
    [
        ("exchange", "Vælgeren må trække én ny stemmeseddel", "exchanged"),
        ("return", "Leveret tilbage", "returned"),
    ],
)
def test_a_slip_is_taken_back_by_the_page(store, poll, bring, sent, act, headline, kind):
    """The answer says aloud what the voter may do now, and the desk's own name is counted with it."""
    answer = bring(act, sent(poll, poll.slips[0]) | (SECOND if act == "return" else {}))
    assert answer.status_code == 200
    assert headline in answer.text
    assert "answer good" in answer.text
    assert moved(store) == [(kind, "Bord 1")]
    assert voided(store) == [poll.public(poll.slips[0])]


def test_nobody_alone_returns_slips_for_good(store, poll, bring, sent, cap):
    """An official could return slips of her own box one by one, put them back, and leave voters with slips that find no room."""
    fields = sent(poll, poll.slips[5])
    before = cap(store, poll)
    for alone in ({}, SECOND | {"second_password": "gæt"}, SECOND | {"second_login": "bente"}):
        answer = bring("return", fields | alone)
        assert answer.status_code == 422
        assert fields["credential"] not in answer.text
    assert (cap(store, poll), moved(store), voided(store)) == (before, [], [])
    assert "Leveret tilbage" in bring("return", fields | SECOND).text
    assert cap(store, poll) == before - 1


def test_a_spent_slip_is_refused_in_red(store, poll, bring, sent):
    """The official reads that the slip is spent and that nothing changed."""
    cast(store, poll.election, poll.seal(poll.slips[0]))
    answer = bring("exchange", sent(poll, poll.slips[0]))
    assert "answer bad" in answer.text
    assert "Sedlen er brugt" in answer.text
    assert not moved(store)


def test_the_same_form_again_does_not_allow_a_second_slip(poll, bring, sent):
    """Sent again the page says that it is void, and that a moment ago one was exchanged here."""
    fields = sent(poll, poll.slips[0])
    bring("exchange", fields)
    answer = bring("exchange", fields)
    assert "Har du trykket to gange" in answer.text
    assert "answer warning" in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"credential": "", "proof": ""},
        {"credential": "ab" * 32, "proof": ""},
        {"credential": "AB" * 32, "proof": "{}"},
        {"credential": "ab" * 31, "proof": "{}"},
        {"credential": "ab" * 32, "proof": "[" * 300},
        {"credential": "ab" * 32, "proof": "{" + " " * 500 + "}"},
        {"credential": "ab" * 32, "proof": "NaN,"},
    ],
)
def test_a_form_without_a_slip_asks_for_one(store, bring, fields):
    """A form that brings no slip, or something else, is told so beside the field, and nothing changes."""
    answer = bring("exchange", fields)
    assert answer.status_code == 422
    assert "Scan sedlens kode, eller skriv den." in answer.text
    assert not moved(store)


def test_what_was_sent_is_never_shown_again(poll, bring, sent):
    """Neither public half nor proof comes back in a page."""
    fields = sent(poll, poll.slips[0])
    for answer in (bring("exchange", fields), bring("exchange", {"credential": fields["credential"], "proof": "x"})):
        assert fields["credential"] not in answer.text
        assert json.loads(fields["proof"])["response"] not in answer.text


def test_the_desk_is_no_place_to_ask_which_slips_are_spent(store, poll, bring, sent, clock):
    """The public list and somebody else's proof bring the same answer for every slip, and after twenty none at all."""
    cast(store, poll.election, poll.seal(poll.slips[0]))
    proof = sent(poll, poll.slips[4])["proof"]
    texts = set()
    for number in range(20):
        slip = poll.slips[number % 3]
        answer = bring("exchange", {"credential": poll.public(slip), "proof": proof})
        texts.add(answer.text.split('<div class="answer', 1)[1].split("</div>", 1)[0])
    (text,) = texts
    assert "Ukendt seddel" in text
    shut = bring("exchange", sent(poll, poll.slips[1]))
    assert "Der er prøvet for mange gange" in shut.text
    assert not voided(store)
    clock.advance(minutes=16)
    assert "Ombyttet" in bring("exchange", sent(poll, poll.slips[1])).text


def test_an_unreadable_slip_needs_the_board(store, bring_unread, add_staff, poll):
    """The official alone, another official, a wrong password or herself do not count it; a member of the board does."""
    add_staff(store, poll.election, "kollega", Role.DESK)
    for changes in ({"second_password": "forkert"}, {"second_login": "kollega"}, {"second_login": "bente"}):
        answer = bring_unread("exchange", **changes)
        assert answer.status_code == 422, changes
        assert "passer ikke sammen" in answer.text
    assert bring_unread("exchange", reason="").status_code == 422
    assert not moved(store)
    assert "Vælgeren må trække én ny stemmeseddel" in bring_unread("exchange").text
    assert moved(store) == [("exchanged", "Bord 1")]


@pytest.mark.parametrize("act", ["exchange", "return"])
def test_an_unreadable_slip_sent_twice_hands_out_nothing_again(store, bring_unread, act):
    """The second answer says that it was just now, and never that another slip may be drawn; another reason is another slip."""
    once = {"once": "5d0c2a34-0000-4000-8000-000000000002"}
    bring_unread(act, **once)
    again = bring_unread(act, **once).text
    assert "som lige før" in again
    assert "trække" not in again.split("<main", 1)[1]
    assert moved(store) == [({"exchange": "exchanged", "return": "returned"}[act], "Bord 1")]
    assert "som lige før" not in bring_unread(act, reason="Endnu en, revet i to", **once).text
    assert len(moved(store)) == 2


def test_a_cpr_number_is_not_kept_as_a_reason(store, bring_unread):
    """A reason that names a person by number is refused, and the page shows the number to nobody."""
    answer = bring_unread("return", reason="Vælger 010180-1234 spildte kaffe")
    assert answer.status_code == 422
    assert "010180-1234" not in answer.text
    assert not moved(store)


def test_the_difference_of_a_desk_stands_at_the_desk(store, poll, at_desk, address, supervisor):
    """Who sits there sees that the box was not as counted."""
    assert "Der skulle ligge" not in at_desk.get(f"{address}/exchange").text
    signed = Signed(supervisor, "3f1f3e0e-0000-4000-8000-000000000001")
    count(store, poll.election, signed, "Bord 1", 3, spoiled=0)
    assert "Bord 1: Der skulle ligge 0 sedler, men der er talt 3." in at_desk.get(f"{address}/exchange").text


def test_only_these_pages_use_the_camera(at_desk, address, poll):
    """The reader of codes may run where a slip is asked for, and nowhere else in the office."""
    here = at_desk.get(f"{address}/exchange").headers
    assert "'wasm-unsafe-eval'" in here["Content-Security-Policy"]
    assert here["Permissions-Policy"].startswith("camera=(self)")
    elsewhere = at_desk.get("/password").headers
    assert "wasm" not in elsewhere["Content-Security-Policy"]
    assert elsewhere["Permissions-Policy"].startswith("camera=()")


@pytest.mark.parametrize("act", ["exchange", "return"])
def test_a_revoked_or_unknown_device_takes_nothing_back(store, poll, at_desk, address, sent, act):
    """Whoever is signed in at a device that is no desk is shown the door, and nothing changes."""
    fields = sent(poll, poll.slips[0]) | {"csrf_token": Page(at_desk.get(f"{address}/{act}").text).tokens[0]}
    revoke_device(store, poll.election, "Bord 1")
    assert at_desk.get(f"{address}/{act}").status_code == 403
    assert at_desk.post(f"{address}/{act}", data=fields).status_code == 403
    use_device(at_desk, Kind.DESK, "ukendt")
    assert at_desk.post(f"{address}/{act}/unread", data=fields | UNREAD).status_code == 403
    assert not moved(store)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.OBSERVER])
def test_only_desk_and_board_take_slips_back(store, poll, at_desk, address, add_staff, sign_in, role):
    """At the joined desk too, others have nothing to do with slips."""
    add_staff(store, poll.election, "anden", role)
    at_desk.get("/password")
    sign_in(at_desk, "anden")
    assert at_desk.get(f"{address}/exchange").status_code == 403
