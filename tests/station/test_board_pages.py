"""The board's page shows people, papers and devices, and never a ballot, an hour or a group that is too small."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from auditing import Page

from ballots.slips import Movement
from votingapp.desks.station.forms import READY_MESSAGES
from votingapp.desks.station.watching import look_over
from votingapp.store import audit, incidents, ledger, messages, queues, shifts
from votingapp.store.admissions import Channel
from votingapp.store.ledger import Entry, Paper
from votingapp.store.staff import Role


def words_of(html: str) -> str:
    """What is read on a page, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html.split("<main", 1)[1].split("</main", 1)[0]))


@pytest.fixture
def evening(store, poll, people, tokens, supply, admit, voters):
    """Twelve admitted at two desks, a line at one, and slips left at both."""
    known = voters(store)
    supply(store, poll.election, "Bord 1", 20)
    supply(store, poll.election, "Bord 2", 15)
    admit(store, poll.election, people["bente"], "Bord 1", known[:5])
    admit(store, poll.election, people["svend"], "Bord 2", known[5:12])
    store.write(lambda work: queues.report(work, poll.election.id, "Bord 1", 20))
    return poll


def test_the_board_sees_the_evening_on_one_page(at, evening, base):
    """Admitted in all and by desk, the line with its age, the slips left, the devices and the machine."""
    shown = words_of(at("anne").get(base).text)
    assert "12 lukket ind i alt" in shown
    assert "Bord 1 5 omkring 20 meldt lige nu 15" in shown
    assert "Bord 2 7 ikke meldt 8" in shown
    assert "1 stemmeboks er tilsluttet" in shown
    assert "Bord 2 : 8 stemmesedler tilbage" in shown
    assert "ingen backup" in shown


def test_the_page_renews_with_the_same_words(at, evening, base):
    """What the script is given is what the page shows, part by part."""
    anne = at("anne")
    page, live = anne.get(base).text, anne.get(f"{base}/live.json").json
    assert set(live) == {"at", "regions"}
    for name, html in live["regions"].items():
        assert html in page, name


def test_figures_by_channel_are_shown_from_five_on(store, at, evening, base, people, admit, voters, supply):
    """While fewer than five vote on paper, neither figure is shown, for the other one would give it away."""
    anne = at("anne")
    known = voters(store)
    supply(store, evening.election, "Bord 1", 10, Paper.BALLOT)
    admit(store, evening.election, people["bente"], "Bord 1", known[12:16], Channel.PAPER)
    shown = words_of(anne.get(base).text)
    assert "papirstemmeseddel" not in shown
    assert "papir:" not in shown, "ten less what is left would be how many have one"
    admit(store, evening.election, people["bente"], "Bord 1", known[16:17], Channel.PAPER)
    shown = words_of(anne.get(base).text)
    assert "12 med stemmeseddel og 5 med papirstemmeseddel" in shown
    assert "papir: 5" in shown


def test_a_line_reported_long_ago_has_its_age(at, evening, base, clock):
    """A report is shown with how old it is, and with the time of day after the clock was set back."""
    anne = at("anne")
    clock.advance(minutes=17)
    assert "meldt for 17 minutter siden" in words_of(anne.get(base).text)
    clock.advance(minutes=-30)
    assert "meldt kl. 17.00" in words_of(anne.get(base).text)


def test_a_device_that_is_silent_for_a_minute_waits_for_the_board(at, evening, base, clock):
    """Nobody is missed after twenty seconds, and everybody after a minute; the desk says so in its row too."""
    anne = at("anne")
    clock.advance(seconds=40)
    assert "set sidst" not in words_of(anne.get(base).text)
    clock.advance(seconds=30)
    shown = words_of(anne.get(base).text)
    assert "Stemmeboks 1 : set sidst kl. 17.00." in shown
    assert "Bord 1 (svarer ikke)" in shown


def test_a_difference_waits_until_it_is_explained(store, at, evening, base, people):
    """A box counted otherwise than the account says is on the page of the board."""

    def count(work):
        entry = Entry(Movement.COUNTED, "Bord 1", 14, people["anne"].id, people["bente"].id)
        ledger.write(work, evening.election.id, Paper.SLIP, entry)
        work.record(evening.election.id, "anne", "slips_counted")

    store.write(count)
    assert "1 forskel i regnskabet over stemmesedler er ikke forklaret." in words_of(at("anne").get(base).text)


def test_a_difference_of_paper_ballots_leads_to_their_own_account(store, at, evening, base, people, supply):
    """It is named as what it is, and the link opens the account in which it stands."""
    supply(store, evening.election, "Bord 2", 10, Paper.BALLOT)

    def count(work):
        entry = Entry(Movement.COUNTED, "Bord 2", 9, people["anne"].id, people["svend"].id)
        ledger.write(work, evening.election.id, Paper.BALLOT, entry)
        work.record(evening.election.id, "anne", "ballots_counted")

    store.write(count)
    anne = at("anne")
    page = anne.get(base).text
    assert "1 forskel i regnskabet over papirstemmesedler er ikke forklaret." in words_of(page)
    address = f"/{evening.election.slug}/slips/account/ballot"
    assert f'href="{address}"' in page
    assert "Bord 2: Der skulle ligge 10 sedler, men der er talt 9." in anne.get(address).text


def test_no_number_of_ballots_is_on_any_page_of_the_evening(store, at, evening, base):
    """Nothing of the urn is read: its table is taken away, and every page is the same."""
    anne = at("anne")
    paths = (base, f"{base}/live.json", f"{base}/incidents", f"{base}/messages")
    before = [words_of(anne.get(path).text) if not path.endswith("json") else anne.get(path).json for path in paths]
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE ballot RENAME TO hidden")
    after = [words_of(anne.get(path).text) if not path.endswith("json") else anne.get(path).json for path in paths]
    assert before == after


def test_no_figure_follows_from_the_hour_or_the_order(store, at, evening, base):
    """The same voters admitted at other times, and in another order, give the same page: no pace, no hour, no sequence."""
    anne = at("anne")
    before = anne.get(f"{base}/live.json").json
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE admission SET admitted_at = '2021-11-23 16:00:00', number = 1000 - number")
    assert anne.get(f"{base}/live.json").json == before


@pytest.mark.parametrize(
    ("login", "device", "statuses"),
    [
        ("anne", None, {"": 200, "/live.json": 200, "/incidents": 200, "/messages": 200, "/desk": 403, "/shift": 403}),
        ("sofie", None, {"": 403, "/live.json": 403, "/incidents": 200, "/messages": 403, "/desk": 403, "/shift": 403}),
        (
            "bente",
            "Bord 1",
            {"": 403, "/live.json": 403, "/incidents": 403, "/messages": 403, "/desk": 200, "/shift": 200},
        ),
        ("bente", None, {"/desk": 403, "/shift": 403}),
    ],
)
def test_turnout_and_line_are_for_the_board_alone(at, base, login, device, statuses):
    """The secretariat reads incidents; a desk opens its own pages, and only from a device that has joined."""
    client = at(login, device)
    assert {path: client.get(f"{base}{path}").status_code for path in statuses} == statuses


def test_what_was_counted_at_a_handover_is_the_boards_until_the_close(at, base, store, evening, people, close):
    """The slips left at a desk and the hour tell the turnout: the secretariat sees who took over, and the figures later."""

    def hand_over(work):
        taken = shifts.Handover("Bord 1", people["bente"].id, people["svend"].id, counted=15, expected=15)
        shifts.hand_over(work, evening.election.id, taken)
        work.record(evening.election.id, "svend", "shift_changed")

    store.write(hand_over)
    sofie, figures = at("sofie"), "Talt: 15. Regnskabet sagde 15."
    seen = words_of(sofie.get(f"{base}/incidents").text)
    assert "Svend Ærø efter Bente Østergård." in seen
    assert "15" not in seen.split("Vagtskifter")[1]
    assert figures in words_of(at("anne").get(f"{base}/incidents").text)
    close()
    assert figures in words_of(sofie.get(f"{base}/incidents").text)


def test_the_secretariat_reads_incidents_and_writes_none(at, base, store, poll):
    """There is no form on its page, and what it sends is refused."""
    sofie = at("sofie")
    page = sofie.get(f"{base}/incidents").text
    assert "<textarea" not in page
    answer = sofie.post(f"{base}/incidents", data={"csrf_token": Page(page).tokens[0], "text": "Noget"})
    assert answer.status_code == 403


def test_the_board_writes_and_corrects_a_line(at, base, store, poll):
    """A line is written, put right by another one, and both stand on the page and in the log."""
    anne = at("anne")
    assert anne.submit(f"{base}/incidents", {"text": "Bord 2 uden strøm kl. 18.10."}).status_code == 302
    again = {"text": "Det var bord 3, ikke bord 2.", "corrects": "1"}
    assert anne.submit(f"{base}/incidents", again).status_code == 302
    shown = words_of(anne.get(f"{base}/incidents").text)
    assert "Bord 2 uden strøm kl. 18.10." in shown
    assert "retter linje 1 Det var bord 3" in shown
    with store.reading() as connection:
        acts = [one.act for one in audit.entries(connection, poll.election.id)]
    assert acts.count("incident_written") == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": ""}, "Skriv, hvad der er sket."),
        ({"text": " \n "}, "Skriv, hvad der er sket."),
        ({"text": "Vælgeren 010180-1234 kom igen"}, "ligner et CPR-nummer"),
        ({"text": "Vælgeren 01.01.80 - 1234 kom igen"}, "ligner et CPR-nummer"),
        ({"text": "Vendt \u202e om"}, "usynligt tegn"),
        ({"text": "x" * 1001}, "højst have 1000"),
        ({"text": "Retter", "corrects": "7"}, "Der er ingen linje med det nummer."),
        ({"text": "Retter", "corrects": "den anden"}, "Skriv et helt tal."),
    ],
)
def test_a_line_that_cannot_stand_is_refused_in_words(at, base, store, poll, sent, words):
    """Nothing is kept, what was written is still in the field, and no number is repeated in the reason."""
    answer = at("anne").submit(f"{base}/incidents", sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert "010180-1234" not in answer.text
    with store.reading() as connection:
        assert incidents.lines(connection, poll.election.id) == ()


def test_a_message_goes_to_all_desks(at, base, store, poll):
    """A ready message is sent in Danish whoever sends it; own words as they are; the newest one holds."""
    anne = at("anne")
    anne.get(f"{base}/messages?lang=en")
    english = {"Accept-Language": "en"}
    token = Page(anne.get(f"{base}/messages", headers=english).text).tokens[0]
    sent = anne.post(f"{base}/messages", data={"csrf_token": token, "ready": "printed_roll"}, headers=english)
    assert sent.status_code == 302
    with store.reading() as connection:
        assert messages.latest(connection, poll.election.id).text == str(READY_MESSAGES["printed_roll"])
    anne.submit(f"{base}/messages", {"ready": "own", "text": "Kaffen står i rum 4."})
    with store.reading() as connection:
        assert messages.latest(connection, poll.election.id).text == "Kaffen står i rum 4."
    assert "Kaffen står i rum 4." in words_of(at("bente", "Bord 1").get(f"{base}/desk").text)
    assert "Kaffen står i rum 4." in words_of(anne.get(base).text)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"ready": "own"},
        {"ready": "own", "text": "0101801234"},
        {"ready": "else"},
        {"ready": "own", "text": "x" * 301},
    ],
)
def test_a_message_without_words_is_not_sent(at, base, store, poll, sent):
    """Nothing chosen, nothing written, a number or too much is said beside the field."""
    answer = at("anne").submit(f"{base}/messages", sent)
    assert answer.status_code == 422
    assert 'class="error' in answer.text
    with store.reading() as connection:
        assert messages.latest(connection, poll.election.id) is None


def test_the_page_of_a_poll_that_is_not_open_shows_nobody(client, store, found_election, add_staff, sign_in):
    """Before the evening the page opens and says that nothing is there yet."""
    election = found_election(store)
    add_staff(store, election, "anne", Role.BOARD)
    shown = words_of(sign_in(client, "anne").get(f"/{election.slug}/station").text)
    assert "0 lukket ind i alt" in shown
    assert "Ingen borde er tilsluttet endnu." in shown


def test_what_the_page_reads_is_counted_alike_on_both_databases(any_store, found_election, open_poll, clock):
    """The same evening gives the same figures on SQLite and PostgreSQL."""
    poll = open_poll(any_store)
    clock.move_to(poll.election.opened_at + timedelta(minutes=1))
    any_store.write(lambda work: queues.report(work, poll.election.id, "Bord 7", 40))
    seen = look_over(any_store, poll.election)
    assert (seen.turnout.admitted, seen.doubts, seen.message) == (0, 0, None)
    assert (seen.unexplained, seen.few_on_paper) == ({Paper.SLIP: 0}, False)
    assert [(desk.name, desk.admitted, desk.slips, desk.device) for desk in seen.desks] == [("Bord 7", 0, None, None)]
