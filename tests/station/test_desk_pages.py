"""What a desk does beside its check-in: one press for the line, a line for the log, and the desk changes hands in one form."""

from __future__ import annotations

from threading import Thread

import pytest
from auditing import Page
from sqlalchemy import func, select

from ballots.slips import Movement
from votingapp.desks.station import shifting
from votingapp.desks.station.shifting import AlreadyDone, Counted, HandedOver
from votingapp.store import accounts, audit, incidents, ledger, queues, shifts
from votingapp.store.ledger import Paper
from votingapp.store.tables.staff import staff_session

PASSWORD = "en lang og god sætning"
FORM = "00000000-0000-4000-8000-00000000000a"


@pytest.fixture
def election(poll):
    return poll.election


@pytest.fixture
def kept(store, election):
    """What is kept of a desk: `kept()` gives the reports of lines, the incidents, the handovers and the counts."""

    def read():
        with store.reading() as connection:
            counts = [
                line for line in ledger.lines(connection, election.id, Paper.SLIP) if line.kind is Movement.COUNTED
            ]
            return (
                queues.every(connection, election.id),
                incidents.lines(connection, election.id),
                shifts.every(connection, election.id),
                counts,
            )

    return read


def press(client, base: str, waiting: str, **headers: str):
    token = Page(client.get(f"{base}/desk").text).tokens[0]
    return client.post(f"{base}/desk/queue", data={"csrf_token": token, "waiting": waiting}, headers=headers)


def test_one_press_tells_how_many_wait(at, base, kept):
    """The button's number is kept under the desk's own name, and pressed again it is the new one."""
    bente = at("bente", "Bord 1")
    assert press(bente, base, "20").status_code == 302
    assert press(bente, base, "5").status_code == 302
    assert [(one.desk, one.waiting) for one in kept()[0]] == [("Bord 1", 5)]
    assert "Sidst meldt: omkring 5, lige nu." in bente.get(f"{base}/desk").text


def test_a_press_by_script_is_answered_in_words(at, base):
    """The page stays and says what was told, and when."""
    answer = press(at("bente", "Bord 1"), base, "40", Accept="application/json")
    assert answer.json == {"waiting": 40, "told": "Meldt kl. 17.00: 40 eller flere venter."}


@pytest.mark.parametrize("waiting", ["7", "", "-5", "mange", "40+"])
def test_a_number_without_a_button_is_refused(at, base, kept, waiting):
    """Only what the buttons say is taken."""
    assert press(at("bente", "Bord 1"), base, waiting).status_code == 422
    assert kept()[0] == ()


def test_a_desk_writes_a_line_and_sees_its_own(at, base, kept):
    """The line has the device's name, whatever is sent, and the other desk does not see it."""
    bente = at("bente", "Bord 1")
    sent = {"text": "En vælger gik igen,\nfordi køen var lang.", "desk": "Bord 9"}
    hidden = Page(bente.get(f"{base}/desk").text).hidden
    answer = bente.post(f"{base}/desk/incidents", data=sent | hidden)
    assert answer.status_code == 302
    (line,) = kept()[1]
    assert (line.desk, line.text, line.writer) == ("Bord 1", sent["text"], "Bente Østergård")
    assert "fordi køen var lang" in bente.get(f"{base}/desk").text
    assert "fordi køen var lang" not in at("svend", "Bord 2").get(f"{base}/desk").text


def test_a_line_with_a_number_is_refused_at_the_desk(at, base, kept):
    """The reason is said, and the number is not shown again."""
    bente = at("bente", "Bord 1")
    sent = Page(bente.get(f"{base}/desk").text).hidden | {"text": "0101801234 stod her før"}
    answer = bente.post(f"{base}/desk/incidents", data=sent)
    assert answer.status_code == 422
    assert "0101801234" not in answer.text
    assert "stod her før" in answer.text
    assert kept()[1] == ()


@pytest.mark.parametrize("page", ["desk", "board"])
def test_a_double_press_writes_one_line(at, base, kept, page):
    """The same form sent again is answered alike; with other words in it, it is another line."""
    browser, shown = (at("bente", "Bord 1"), f"{base}/desk") if page == "desk" else (at("anne"), f"{base}/incidents")
    sent_to, hidden = f"{shown}/incidents" if page == "desk" else shown, Page(browser.get(shown).text).hidden
    for text in ("Døren bandt.", "Døren bandt.", "Døren bandt igen."):
        assert browser.post(sent_to, data=hidden | {"text": text}).status_code == 302
    assert [(line.number, line.text) for line in kept()[1]] == [(1, "Døren bandt."), (2, "Døren bandt igen.")]


def test_after_the_close_a_desk_is_told_to_whom_to_speak(at, base, kept, close):
    """There is no form any more, and what is sent all the same is not kept."""
    bente = at("bente", "Bord 1")
    hidden = Page(bente.get(f"{base}/desk").text).hidden
    close()
    assert "Nu skriver kun valgbestyrelsen i hændelsesloggen." in bente.get(f"{base}/desk").text
    answer = bente.post(f"{base}/desk/incidents", data=hidden | {"text": "For sent."})
    assert (answer.status_code, kept()[1]) == (409, ())
    assert "<textarea" not in answer.text
    anne = at("anne")
    assert anne.submit(f"{base}/incidents", {"text": "Bord 1 siger, at døren bandt."}).status_code == 302


def change(client, base: str, **sent: str):
    """Fill in the form of a shift change as it is shown, and send it."""
    filled = {"second_login": "svend", "second_password": PASSWORD, "slips": "15"} | sent
    return client.submit(f"{base}/shift", filled)


@pytest.fixture
def boxed(store, election, people, tokens, supply, admit, voters):
    """Bord 1 was given twenty slips and has admitted five."""
    supply(store, election, "Bord 1", 20)
    admit(store, election, people["bente"], "Bord 1", voters(store)[:5])


def test_a_desk_changes_hands_in_one_form(at, base, boxed, kept, store, election):
    """The new one is signed in, the old one signed out, the count is in the ledger, and the page says that it fits."""
    browser = at("bente", "Bord 1")
    before = browser.get_cookie("votingapp-office").value
    answer = change(browser, base)
    assert answer.headers["Location"].endswith("/station/shift/done")
    done = browser.get(answer.headers["Location"]).text
    assert "Svend Ærø har overtaget Bord 1" in done
    assert "Kassen passer" in done
    _queues, _lines, (shift,), (count,) = kept()
    assert (shift.outgoing, shift.incoming, shift.counted, shift.expected) == ("Bente Østergård", "Svend Ærø", 15, 15)
    assert (count.desk, count.number, count.expected) == ("Bord 1", 15, 15)
    assert (count.official_id, count.second_id) == (shift.incoming_id, shift.outgoing_id)
    browser.set_cookie("votingapp-office", before, domain="localhost")
    assert browser.get(f"{base}/desk").headers["Location"].startswith("/sign-in")
    with store.reading() as connection:
        acts = [one.act for one in audit.entries(connection, election.id)]
        assert acts.count("shift_changed") == 1
        assert connection.execute(select(func.count()).select_from(staff_session)).scalar_one() == 1


@pytest.mark.parametrize(
    ("slips", "words"), [("13", "Der mangler 2 stemmesedler"), ("16", "Der er 1 stemmeseddel for meget")]
)
def test_a_difference_is_shown_at_once(at, base, boxed, store, election, slips, words):
    """In large letters at the desk, and it stands with the board until it is explained."""
    browser = at("bente", "Bord 1")
    change(browser, base, slips=slips)
    assert words in browser.get(f"{base}/shift/done").text
    with store.reading() as connection:
        (difference,) = accounts.unexplained(connection, election)
    assert (difference.desk, difference.expected, difference.found) == ("Bord 1", 15, int(slips))


def test_the_first_official_may_have_left(at, base, boxed, kept):
    """The new one has signed in herself, another one counts along, and nobody is signed out."""
    browser = at("svend", "Bord 1")
    change(browser, base, second_login="bente", left="y")
    _queues, _lines, (shift,), (count,) = kept()
    assert (shift.outgoing, shift.incoming) == (None, "Svend Ærø")
    assert count.official_id == shift.incoming_id
    assert "Svend" in browser.get(f"{base}/desk").text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"second_password": "forkert"}, "passer ikke sammen"),
        ({"second_login": "sofie"}, "passer ikke sammen"),
        ({"second_login": "ingen"}, "passer ikke sammen"),
        ({"second_login": "bente"}, "en anden end dig"),
        ({"slips": ""}, "skriv 0"),
        ({"slips": "-1"}, "helt tal fra 0"),
        ({"slips": "femten"}, "Skriv et helt tal."),
        ({"second_login": ""}, "skriver sit brugernavn"),
    ],
)
def test_a_change_that_is_not_confirmed_changes_nothing(at, base, boxed, kept, sent, words):
    """The reason is beside the field, and the one who sat there still sits there."""
    browser = at("bente", "Bord 1")
    answer = change(browser, base, **sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert PASSWORD not in answer.text
    assert kept()[2:] == ((), [])
    assert browser.get(f"{base}/desk").status_code == 200


def test_where_there_are_paper_ballots_they_are_counted_too(at, base, boxed, supply, store, election):
    """The field is asked for only at a desk that was given some, and then it cannot be left out."""
    assert "Papirstemmesedler i kassen" not in at("svend", "Bord 2").get(f"{base}/shift").text
    supply(store, election, "Bord 1", 10, Paper.BALLOT)
    browser = at("bente", "Bord 1")
    assert "Tæl også papirstemmesedlerne" in change(browser, base).text
    assert change(browser, base, ballots="9").status_code == 302
    with store.reading() as connection:
        assert ledger.last_count(connection, election.id, Paper.BALLOT, "Bord 1").number == 9
        (difference,) = accounts.unexplained(connection, election, Paper.BALLOT)
    assert (difference.expected, difference.found) == (10, 9)


def test_a_form_sent_twice_changes_the_desk_once(any_store, open_poll, add_staff, clock):
    """Two presses at the same moment: one count, one handover, on either database."""
    poll = open_poll(any_store)
    bente, svend = (add_staff(any_store, poll.election, login) for login in ("bente", "svend"))
    counted = Counted(FORM, "Bord 1", bente, svend, bente, slips=3)
    outcomes = []

    def send() -> None:
        outcomes.append(shifting.change_shift(any_store, poll.election, counted))

    presses = [Thread(target=send) for _press in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert outcomes.count(HandedOver(3)) == 1
    assert outcomes.count(AlreadyDone()) == 3
    with any_store.reading() as connection:
        assert len(shifts.every(connection, poll.election.id)) == 1
        assert len(ledger.lines(connection, poll.election.id, Paper.SLIP)) == 1


def test_a_page_of_a_desk_that_never_changed_hands_leads_to_the_form(at, base):
    """There is nothing to be done with yet."""
    answer = at("bente", "Bord 1").get(f"{base}/shift/done")
    assert answer.headers["Location"].endswith("/station/shift")
