"""After an hour on paper whoever was ticked is keyed in by number; nobody is admitted twice, and what is left is told."""

from __future__ import annotations

import html
import json

import pytest
from sqlalchemy import select, update

from votingapp.desks.checkin import keying, roll_words, service
from votingapp.desks.checkin.keying import Conflict, Keyed, LaterThanHouse, Looked, MayNotVote, Ready, Sheet, Unknown
from votingapp.store import audit, incidents
from votingapp.store.admissions import Channel
from votingapp.store.elections import urn_of
from votingapp.store.staff import Role
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.register import register_person

SIGNE, LUKASZ, YOUNG, HIDDEN = "Signe Sørensen", "Łukasz Öztürk-Ærø", "Ung Åkesson", "Hemmelig Nguyen"


@pytest.fixture
def bord(any_store, add_staff):
    return service.Desk("Bord 1", add_staff(any_store, None, "bente"))


def number_of(store, name: str) -> int:
    with store.reading() as connection:
        return connection.execute(
            select(register_person.c.roll_number).where(register_person.c.name == name)
        ).scalar_one()


def key_in(store, desk, poll, sheet):
    return keying.key_in(store, desk, poll.election, sheet, lambda left: f"{left} tilbage")


def admitted(store):
    with store.reading() as connection:
        return connection.execute(select(admission).order_by(admission.c.number)).all()


@pytest.fixture
def sheet(any_store):
    def make(*names: str, channel: Channel = Channel.SLIP, last: int = 0) -> Sheet:
        return Sheet(tuple(number_of(any_store, name) for name in names), channel, last)

    return make


def test_a_sheet_admits_everybody_on_it_at_once(any_store, open_poll, bord, sheet):
    """One transaction, one entry, a number and a slip for each, and the rows say where they came from."""
    poll = open_poll(any_store)
    kept = key_in(any_store, bord, poll, sheet(SIGNE, LUKASZ))
    assert isinstance(kept, Keyed)
    assert (len(kept.admitted), kept.left, kept.incident) == (2, (), None)
    rows = admitted(any_store)
    assert [(row.number, row.from_printed_roll, row.channel) for row in rows] == [(1, True, "slip"), (2, True, "slip")]
    with any_store.reading() as connection:
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 2
        last = audit.last(connection, poll.election.id)
        assert (last.act, len(json.loads(last.details)["persons"])) == ("printed_roll_keyed_in", 2)


def test_paper_voters_issue_no_slip(any_store, open_poll, bord, sheet):
    """Who voted on paper while the power was gone adds nothing to the urn."""
    poll = open_poll(any_store)
    key_in(any_store, bord, poll, sheet(SIGNE, channel=Channel.PAPER))
    with any_store.reading() as connection:
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 0
    assert [row.channel for row in admitted(any_store)] == ["paper"]


def test_whoever_was_admitted_is_a_conflict_and_not_admitted_twice(any_store, open_poll, bord, sheet, person_id):
    """The sheet tells whether the print showed her as admitted; an incident is written, and the others are admitted."""
    poll = open_poll(any_store)
    service.answer(any_store, bord, poll.election, service.Wish(person_id(any_store, SIGNE), declared=True))
    for last, on_print in ((1, True), (0, False)):
        looked = keying.look_over(any_store, bord, poll.election, sheet(SIGNE, HIDDEN, last=last))
        assert isinstance(looked, Looked)
        conflict, ready = looked.lines
        assert isinstance(conflict, Conflict)
        assert (conflict.on_print, conflict.earlier.number) == (on_print, 1)
        assert isinstance(ready, Ready)
    kept = key_in(any_store, bord, poll, sheet(SIGNE, HIDDEN, last=1))
    assert (len(kept.admitted), len(kept.left)) == (1, 1)
    assert [row.number for row in admitted(any_store)] == [1, 2]
    with any_store.reading() as connection:
        (line,) = incidents.lines(connection, poll.election.id)
    assert (line.number, line.text, line.desk) == (kept.incident, "1 tilbage", "Bord 1")


def test_keyed_in_twice_is_admitted_once(any_store, open_poll, bord, sheet):
    """The same sheet again finds everybody there."""
    poll = open_poll(any_store)
    first = sheet(SIGNE, SIGNE, LUKASZ)
    key_in(any_store, bord, poll, first)
    again = key_in(any_store, bord, poll, first)
    assert (again.admitted, len(again.left)) == ((), 2)
    assert len(admitted(any_store)) == 2


def test_who_may_not_vote_is_not_let_in_by_paper(any_store, open_poll, bord, sheet):
    """Too young on the roll, or a number of nobody: told, and not admitted."""
    poll = open_poll(any_store)
    wrong = Sheet((number_of(any_store, YOUNG), 99), Channel.SLIP, 0)
    looked = keying.look_over(any_store, bord, poll.election, wrong)
    assert [type(line) for line in looked.lines] == [MayNotVote, Unknown]
    assert key_in(any_store, bord, poll, wrong).admitted == ()


def test_no_more_are_keyed_in_than_there_were_slips(any_store, open_poll, bord, sheet):
    """The second of two with one slip is left for the board to look into; the log does not say who gets a paper ballot."""
    poll = open_poll(any_store, slips=1)
    kept = key_in(any_store, bord, poll, sheet(SIGNE, LUKASZ))
    assert (len(kept.admitted), len(kept.left)) == (1, 1)
    with any_store.reading() as connection:
        entry = audit.last(connection, poll.election.id, "printed_roll_keyed_in")
        assert json.loads(entry.details)["left"] == [{"why": "NotKeyedIn"}]
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 1


def test_a_receipt_that_was_never_given_names_another_roll(any_store, open_poll, bord, sheet):
    """A print that is ahead of the house is of another election, or the house was restored from an older copy."""
    poll = open_poll(any_store)
    assert keying.look_over(any_store, bord, poll.election, sheet(SIGNE, last=1)) == LaterThanHouse(0)


def test_those_of_the_queue_lose_no_place_to_paper(any_store, open_poll, bord, sheet):
    """After the doors are shut the printed roll can still be keyed in; after the close it cannot."""
    poll = open_poll(any_store)

    def move(**values):
        def act(work):
            work.connection.execute(update(election_table).values(**values))
            work.keep_unrecorded()

        any_store.write(act)

    move(doors_closed_at=any_store.clock(), queue_at_close=0, number_at_doors=0)
    assert len(key_in(any_store, bord, poll, sheet(SIGNE)).admitted) == 1
    move(closed_at=any_store.clock())
    assert key_in(any_store, bord, poll, sheet(LUKASZ)) == keying.PollNotRunning()


PASSWORD = "en lang og god sætning"
SECOND = {"second_login": "ole", "second_password": PASSWORD}


def words(answer) -> str:
    return html.unescape(answer.text)


def typed(*numbers: int, **more: str) -> dict[str, str]:
    return {
        "numbers": " ".join(map(str, numbers)),
        "channel": "slip",
        "last_receipt": "0",
        "declared": "y",
    } | more


def test_names_are_read_out_before_anything_is_kept(store, poll, desk, add_staff):
    """First the names, then a tick and a colleague's password, then the answer with what must be looked into."""
    add_staff(store, poll.election, "ole", Role.DESK)
    base = f"/{poll.election.slug}/checkin/printed-roll"
    signe, young = number_of(store, SIGNE), number_of(store, YOUNG)
    looked = desk.submit(base, typed(signe, young, 99))
    page = words(looked)
    assert SIGNE in page
    assert f"Nr. {young} er krydset af, men er ikke lukket ind: Ikke gammel nok." in page
    assert "Nr. 99 står ikke på valglisten." in page
    assert admitted(store) == []
    token = looked.text.split('name="csrf_token"')[-1].split('value="')[1].split('"')[0]
    unread = desk.post(f"{base}/keep", data=typed(signe, young, 99) | {"csrf_token": token})
    assert (unread.status_code, admitted(store)) == (422, [])
    assert SIGNE in words(unread)
    ticked = typed(signe, young, 99, checked="y") | {"csrf_token": token}
    for alone in ({}, SECOND | {"second_login": "bente"}, SECOND | {"second_password": "gæt"}):
        unsigned = desk.post(f"{base}/keep", data=ticked | alone)
        assert (unsigned.status_code, admitted(store)) == (422, [])
        assert SIGNE in words(unsigned)
    kept = desk.post(f"{base}/keep", data=ticked | SECOND)
    assert "1 er lukket ind fra den trykte valgliste." in words(kept)
    with store.reading() as connection:
        (line,) = incidents.lines(connection, poll.election.id)
    assert line.text == "Indtastning fra den trykte valgliste: 2 linjer skal undersøges. Se loggen."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"numbers": ""}, "Skriv numrene"),
        ({"numbers": "1 x 3"}, "ikke et nummer: x"),
        ({"numbers": "0"}, "ikke et nummer: 0"),
        ({"numbers": "１"}, "ikke et nummer"),
        ({"numbers": " ".join(["1"] * 61)}, "Højst 60"),
        ({"channel": ""}, "Vælg, hvordan de stemte"),
        ({"last_receipt": ""}, "kvitteringsnummer"),
        ({"last_receipt": "7"}, "er ikke givet endnu"),
        ({"declared": ""}, "siger hver vælger ja"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_asked_for_again(store, poll, desk, wrong, said):
    """What is wrong is named, and nothing is kept."""
    for address in ("", "/keep"):
        page = desk.get(f"/{poll.election.slug}/checkin/printed-roll").text
        token = page.split('name="csrf_token"')[-1].split('value="')[1].split('"')[0]
        data = typed(1, checked="y") | wrong | {"csrf_token": token}
        answer = desk.post(f"/{poll.election.slug}/checkin/printed-roll{address}", data=data)
        assert answer.status_code == 422
        assert said in words(answer)
    assert admitted(store) == []


def test_what_a_sheet_left_is_public_as_a_number_alone(any_store, office, open_poll, bord, sheet, person_id):
    """The record says how many lines are to be looked into; roll numbers, receipts, reasons and desks stand in the log."""
    poll = open_poll(any_store)
    service.answer(any_store, bord, poll.election, service.Wish(person_id(any_store, SIGNE), declared=True))
    wrong = Sheet((*sheet(SIGNE, YOUNG).numbers, 99), Channel.SLIP, 1)
    with office.test_request_context(headers={"Accept-Language": "en"}):
        kept = keying.key_in(any_store, bord, poll.election, wrong, roll_words.tell_incident)
    with any_store.reading() as connection:
        (line,) = incidents.lines(connection, poll.election.id)
        details = json.loads(audit.last(connection, poll.election.id, "printed_roll_keyed_in").details)
    assert line.text == "Indtastning fra den trykte valgliste: 3 linjer skal undersøges. Se loggen."
    before = {"receipt": 1, "desk": "Bord 1", "on_print": True}
    signe, young = (person_id(any_store, name) for name in (SIGNE, YOUNG))
    assert details["left"] == [
        {"number": number_of(any_store, SIGNE), "person": signe, "why": "AlreadyAdmitted", **before},
        {"number": number_of(any_store, YOUNG), "person": young, "why": "TooYoung"},
        {"number": 99, "why": "Unknown"},
    ]
    assert details["incident"] == kept.incident == line.number


def test_every_kind_of_conflict_has_its_own_words(office, store, poll, desk_official, person_id):
    """The board reads whether the print was wrong or two things were done at once."""
    bord = service.Desk("Bord 1", desk_official)
    service.answer(store, bord, poll.election, service.Wish(person_id(store, SIGNE), declared=True))
    number = number_of(store, SIGNE)
    with office.test_request_context():
        told = []
        for last in (1, 0):
            one = Sheet((number,), Channel.SLIP, last)
            (line,) = keying.look_over(store, bord, poll.election, one).lines
            told.append(roll_words.tell_left(line, one))
    assert "før den blev skrevet ud" in told[0]
    assert "også lukket ind på skærmen efter kvittering 0" in told[1]
    assert not [text for text in told if SIGNE in text]
