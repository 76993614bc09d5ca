"""The pages of opening and closing lead two members through every step, and say in words what is still missing."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pypdfium2
import pytest
from ceremonies import close_together, seal_together

from ballots.poll import PollState
from votingapp.store.staff import Role

PASSWORD = "en lang og god sætning"
SECOND = {"second_login": "birk", "second_password": PASSWORD}
CLOSED_AT_LAST = "Der ligger 2 stemmer i urnen."


@pytest.fixture
def chair(client, sign_in, signing_board):
    """The browser of the shared laptop, at which the chair is signed in; the poll is frozen."""
    signing_board.prepare()
    signing_board.freeze()
    return sign_in(client, signing_board.chair.login)


@pytest.fixture
def page(signing_board) -> str:
    return f"/{signing_board.election.slug}/poll"


def send(browser, page: str, step: str, at: str, **data):
    """Fill in one of the forms on the page `at` and follow to where it leads."""
    token = browser.get(f"{page}/{at}").text.split('name="csrf_token" type="hidden" value="', 1)
    known = token[1].split('"', 1)[0] if len(token) > 1 else _token_anywhere(browser)
    return browser.post(f"{page}/{step}", data=data | {"csrf_token": known}, follow_redirects=True)


def _token_anywhere(browser) -> str:
    return browser.get("/password").text.split('name="csrf_token" type="hidden" value="', 1)[1].split('"', 1)[0]


@pytest.fixture
def at(clock, chair, signing_board, sign_in):
    """Come to an hour of the rules; the chair signs in again, for the session of last week is over."""

    def come(hour: str, **before: float) -> None:
        clock.move_to(getattr(signing_board.election.rules.election, hour) - timedelta(**before))
        sign_in(chair, signing_board.chair.login)

    return come


def attend(browser, page: str, ceremony: str, login: str, password: str = PASSWORD):
    return send(browser, page, f"{ceremony}/attend", ceremony, login=login, password=password)


def open_poll(browser, page: str, **data):
    return send(browser, page, "open", "opening", signed="y", shown="y", **data)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return words


def test_an_opening_by_its_page(chair, page, signing_board, at):
    """Two confirm, the report is made, fetched and signed, and at the hour of the rules the poll is opened."""
    at("opens_at")
    assert "Indtil nu: 0." in chair.get(f"{page}/opening").text
    assert "Anne er til stede." in attend(chair, page, "opening", "anne").text
    assert "Indtil nu: 1." in chair.get(f"{page}/opening").text
    assert "Birk er til stede." in attend(chair, page, "opening", "birk").text
    told = send(chair, page, "opening/report", "opening", others="Tilforordnet Øzlem Ærø").text
    assert "Nulrapporten er lavet." in told
    report = chair.get(f"{page}/zero-report.pdf")
    assert report.headers["Content-Disposition"] == 'attachment; filename="nulrapport-koege-2021.pdf"'
    assert hashlib.sha256(report.data).hexdigest() in told
    assert "Tilforordnet Øzlem Ærø" in text_of(report.data)
    assert "Hvorfor før tiden?" not in told
    assert "Afstemningen er åben." in open_poll(chair, page).text
    assert signing_board.now().state is PollState.OPEN


def test_the_poll_is_not_opened_without_both_ticks(chair, page, signing_board, at):
    """Whoever has not signed, or not shown the empty urn, is told so and opens nothing."""
    at("opens_at")
    attend(chair, page, "opening", "anne")
    attend(chair, page, "opening", "birk")
    send(chair, page, "opening/report", "opening")
    for ticked in ({}, {"signed": "y"}, {"shown": "y"}):
        answer = send(chair, page, "open", "opening", **ticked)
        assert answer.status_code == 422
        assert "Sæt kryds for at bekræfte." in answer.text
    assert signing_board.now().state is PollState.FROZEN


def test_before_its_hour_the_page_asks_why(chair, page, signing_board, at):
    """The rules' hour is named; without a reason the poll stays shut, with one it opens."""
    at("opens_at", minutes=5)
    attend(chair, page, "opening", "anne")
    attend(chair, page, "opening", "birk")
    send(chair, page, "opening/report", "opening")
    assert "Hvorfor før tiden?" in chair.get(f"{page}/opening").text
    refused = open_poll(chair, page, reason="   ")
    assert refused.status_code == 409
    assert "Reglernes klokkeslæt er ikke nået." in refused.text
    assert signing_board.now().state is PollState.FROZEN
    assert "Afstemningen er åben." in open_poll(chair, page, reason="Uret på væggen går for sent.").text


@pytest.mark.parametrize(
    ("login", "password"), [("anne", "en forkert sætning"), ("ukendt", PASSWORD), ("sekretær", PASSWORD), ("", "")]
)
def test_nobody_attends_for_somebody_else(chair, page, login, password):
    """A wrong password, a stranger and an official who is no member of the board are not there."""
    answer = attend(chair, page, "opening", login, password)
    assert answer.status_code == 422
    assert "Indtil nu: 0." in answer.text


def test_a_member_who_confirms_again_is_told(chair, page):
    """The same person is one, and is told that she stood there."""
    attend(chair, page, "opening", "anne")
    assert "Anne stod der allerede." in attend(chair, page, "opening", "anne").text
    assert "Indtil nu: 1." in chair.get(f"{page}/opening").text


def test_a_report_that_does_not_hold_any_more_is_pointed_out(chair, page, signing_board):
    """The page says that the report is to be made again, and what is wrong, before anybody presses."""
    attend(chair, page, "opening", "anne")
    attend(chair, page, "opening", "birk")
    send(chair, page, "opening/report", "opening")
    signing_board.cast(signing_board.slips[0], 1)
    shown = chair.get(f"{page}/opening").text
    assert "Urnen er ikke tom: der ligger 1 stemme." in shown
    assert "Lav den igen, og skriv under på den nye." in shown
    assert open_poll(chair, page, reason="Nu.").status_code == 409


def test_before_the_freeze_the_page_says_only_that(client, sign_in, signing_board, page):
    """Nobody is sent looking for a broken seal that was never set; no report exists to be fetched."""
    sign_in(client, signing_board.chair.login)
    shown = client.get(f"{page}/opening").text
    assert "Valget er ikke låst" in shown
    assert "Noget er ændret" not in shown
    assert client.get(f"{page}/zero-report.pdf").status_code == 404
    assert client.get(f"{page}/urn-report.pdf").status_code == 404
    assert "Afstemningen er ikke åben." in client.get(f"{page}/closing").text


def test_a_close_by_its_page(chair, page, signing_board, at):
    """Doors, line, close, account and report, each by its form; the number of ballots is told at the close and not before."""
    signing_board.open()
    signing_board.issue_slips(2)
    for slip in signing_board.slips[:2]:
        signing_board.cast(slip, 1)
    at("closes_at")
    attend(chair, page, "closing", "anne")
    attend(chair, page, "closing", "birk")
    assert send(chair, page, "closing/doors", "closing", queue="").status_code == 422
    shut = send(chair, page, "closing/doors", "closing", queue="4").text
    assert "4 vælgere i køen kan stadig lukkes ind." in shut
    assert "Stemmer i urnen" not in shut
    assert send(chair, page, "closing/queue", "closing", queue="2", reason="").status_code == 422
    assert (
        "rettet til 0" in send(chair, page, "closing/queue", "closing", queue="0", reason="De gik igen.", **SECOND).text
    )
    assert send(chair, page, "close", "closing").status_code == 422
    assert CLOSED_AT_LAST in send(chair, page, "close", "closing", confirm="y").text
    waiting = chair.get(f"{page}/closing").text
    assert "1 kasse med stemmesedler er ikke talt efter." in waiting
    assert send(chair, page, "closing/report", "closing").status_code == 409
    assert isinstance(seal_together(signing_board.store, signing_board.election, signing_board.members).pdf, bytes)
    sealed = send(chair, page, "closing/report", "closing", others="Observatør Tove Aagaard").text
    assert "Urnens rapport er lavet." in sealed
    report = chair.get(f"{page}/urn-report.pdf")
    assert hashlib.sha256(report.data).hexdigest() in sealed
    assert signing_board.now().urn_sha256 in re.sub(r"\s", "", text_of(report.data))


def test_the_doors_before_their_hour_ask_why(chair, page, signing_board):
    """A reason in writing shuts them all the same."""
    signing_board.open()
    attend(chair, page, "closing", "anne")
    attend(chair, page, "closing", "birk")
    assert "Hvorfor før tiden?" in chair.get(f"{page}/closing").text
    refused = send(chair, page, "closing/doors", "closing", queue="0", reason="")
    assert refused.status_code == 409
    assert "Reglernes klokkeslæt er ikke nået." in refused.text
    shut = send(chair, page, "closing/doors", "closing", queue="0", reason="Brandalarmen gik.")
    assert "Dørene er lukket." in shut.text


def test_one_member_alone_does_not_lengthen_the_line(chair, page, signing_board):
    """Whoever could write another number in line alone could open the doors again for as many as she likes."""
    signing_board.open()
    for login in ("anne", "birk"):
        attend(chair, page, "closing", login)
    send(chair, page, "closing/doors", "closing", queue="0", reason="Prøve.")
    wish = {"queue": "10000", "reason": "Flere på vej"}
    for alone in ({}, SECOND | {"second_login": "anne"}, SECOND | {"second_password": "gæt"}):
        assert send(chair, page, "closing/queue", "closing", **wish, **alone).status_code == 422
        assert signing_board.now().doors.queue == 0
    wish = {"queue": "1", "reason": "Én stod bag døren"}
    told = send(chair, page, "closing/queue", "closing", **wish, **SECOND)
    assert "Antallet i køen er rettet til 1." in told.text
    assert signing_board.now().doors.queue == 1


def test_the_close_is_refused_with_open_doors(chair, page, signing_board):
    """A form that is sent all the same is answered in words, and nothing is closed."""
    signing_board.open()
    answer = send(chair, page, "close", "closing", confirm="y")
    assert answer.status_code == 409
    assert "Dørene er ikke lukket." in answer.text
    assert signing_board.now().state is PollState.OPEN


def test_the_count_waits_for_the_report_of_the_urn(chair, page, signing_board):
    """The page of the count has no button before, says why, and a form that is sent all the same adds nothing up."""
    signing_board.open()
    close_together(signing_board.store, signing_board.election, signing_board.members)
    count = page.replace("/poll", "/count")
    shown = chair.get(count).text
    assert "Regnskabet skal være gjort op" in shown
    assert "Læg stemmerne sammen</button>" not in shown
    answer = chair.post(f"{count}/tally", data={"csrf_token": _token_anywhere(chair)})
    assert answer.status_code == 409
    assert "Regnskabet er ikke gjort op" in answer.text
    signing_board.seal()
    assert "Læg stemmerne sammen</button>" in chair.get(count).text


def test_an_observer_reads_the_reports_and_signs_nothing(client, chair, page, signing_board, add_staff, sign_in, store):
    """Whoever looks on sees every step and may fetch the papers, and finds no form."""
    signing_board.open()
    add_staff(store, signing_board.election, "tove", Role.OBSERVER)
    onlooker = client.application.test_client()
    sign_in(onlooker, "tove")
    for door in ("opening", "closing"):
        assert "Jeg er til stede" not in onlooker.get(f"{page}/{door}").text
    assert onlooker.get(f"{page}/zero-report.pdf").status_code == 200


def test_no_cpr_number_gets_into_the_log_by_a_reason(chair, page, signing_board):
    """Whoever writes a number into a name or a reason is told, and nothing is kept."""
    attend(chair, page, "opening", "anne")
    attend(chair, page, "opening", "birk")
    named = send(chair, page, "opening/report", "opening", others="Åse Ærø 010180-1234")
    assert named.status_code == 422
    send(chair, page, "opening/report", "opening")
    assert open_poll(chair, page, reason="0101801234 stod og ventede").status_code == 422
    assert signing_board.now().state is PollState.FROZEN
