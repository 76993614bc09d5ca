"""What a voter meets on the tablet, in a real browser behind the real security policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from booth_steps import (
    NARROW,
    SLIP,
    WIDE,
    begin,
    cast,
    change_language,
    check_page,
    choose,
    confirm,
    give_slip,
    heading,
)
from in_a_thread import answering
from joined import enter_as, join_device
from PIL import Image
from playwright.sync_api import expect
from polling import CANDIDATES, prepare_poll
from sqlalchemy import select
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import make_server

from ballots.receipt_words import receipt_words
from votingapp.booth import create_booth
from votingapp.store.devices import Kind
from votingapp.store.tables.urn import ballot, challenged_ballot

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import PlayedServer
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PRESS_TWICE_IN_ONE_PLACE = """
const press = (on, detail) =>
  document.querySelector(on).dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail, clientX: 9, clientY: 9 }));
return [press(".screen .language", 1), press(".tool:not([hidden])", 2)];
"""
"""The first finds a language, the second what stands there then. Tells which of the two were taken."""


def test_the_pages_are_accessible_at_every_step(tablet: Page, played: PlayedServer) -> None:
    """No step has anything that axe objects to, in light and dark, narrow and wide, in both languages."""
    for scheme, size, language in (("light", NARROW, "Dansk"), ("dark", WIDE, "English")):
        tablet.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        tablet.set_viewport_size({"width": size[0], "height": size[1]})
        tablet.goto(played.url)
        heading(tablet, "Vælg dit sprog")
        check_page(tablet, size)
        begin(tablet, language)
        check_page(tablet, size)
        give_slip(tablet, "forkert")
        expect(tablet.get_by_role("alert")).not_to_be_empty()
        check_page(tablet, size)
        give_slip(tablet)
        tablet.get_by_label("Bo Bach").check()
        check_page(tablet, size)
        for _ in range(2):
            tablet.locator("button.primary").click()
            check_page(tablet, size)
        tablet.locator("button.primary:enabled").click()
        expect(tablet.locator(".commitment")).to_have_count(0)
        expect(tablet.locator(".receipt")).to_be_visible()
        check_page(tablet, size)


def test_every_candidate_has_the_same_room_for_a_picture(tablet: Page, played: PlayedServer) -> None:
    """With pictures each line shows one, all of one size; they are silent, fetched at once, and shown again in the review."""
    played.photos = True
    for size in (NARROW, WIDE):
        tablet.set_viewport_size({"width": size[0], "height": size[1]})
        choose(tablet, played.url)
        check_page(tablet, size)
        pictures = tablet.locator(".ballot .portrait")
        expect(pictures).to_have_count(len(played.names))
        boxes = [one.bounding_box() for one in pictures.all()]
        assert len({(box["x"], box["width"], box["height"]) for box in boxes}) == 1
        assert {one.get_attribute("alt") for one in pictures.all()} == {""}
        assert {one.get_attribute("loading") for one in pictures.all()} == {None}, "who scrolls is not to be seen"
        tablet.get_by_role("button", name="Fortsæt").click()
        expect(tablet.locator(".vote .portrait")).to_have_count(1)
        check_page(tablet, size)


def test_without_pictures_there_is_no_room_for_them(tablet: Page, played: PlayedServer) -> None:
    """Where nobody has a picture, no line shows one."""
    choose(tablet, played.url)
    expect(tablet.locator(".ballot li")).to_have_count(len(played.names))
    expect(tablet.locator("img")).to_have_count(0)


def test_a_vote_is_cast_with_the_keyboard_alone(tablet: Page, played: PlayedServer) -> None:
    """From the slip to the receipt no pointer is needed, and each new screen begins at its heading."""
    tablet.goto(played.url)
    heading(tablet, "Vælg dit sprog")
    press_until(tablet, ".language")
    tablet.keyboard.press("Enter")
    heading(tablet, "Vis din stemmeseddel")
    press_until(tablet, "#code")
    tablet.keyboard.type(SLIP)
    tablet.keyboard.press("Enter")
    heading(tablet, "Sæt dit kryds")
    press_until(tablet, "input[type=radio]")
    tablet.keyboard.press("Space")
    tablet.keyboard.press("ArrowDown")
    expect(tablet.get_by_label("Bo Bach")).not_to_be_checked()
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_label("Bo Bach")).to_be_checked()
    press_until(tablet, "button.primary")
    tablet.keyboard.press("Enter")
    heading(tablet, "Er det rigtigt?")
    expect(tablet.locator(".vote li")).to_have_text("2. Bo Bach")
    press_until(tablet, "button.primary")
    tablet.keyboard.press("Enter")
    heading(tablet, "Afgiv din stemme")
    expect(tablet.locator("button.primary")).to_be_enabled()
    press_until(tablet, "button.primary")
    tablet.keyboard.press("Enter")
    heading(tablet, "Din stemme er afgivet")
    assert len(played.ballots) == 1


def press_until(page: Page, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached with Tab")


def test_nothing_of_a_voter_is_left_on_the_tablet(tablet: Page, played: PlayedServer) -> None:
    """After the receipt: no storage, no cookie, no history, no credential in the page, and Danish again."""
    choose(tablet, played.url)
    entries = tablet.evaluate("history.length")
    change_language(tablet, "English")
    for way_on in ("Continue", "Yes, this is right", "Cast my vote"):
        tablet.get_by_role("button", name=way_on).click()
    tablet.get_by_role("button", name="Done").click()
    heading(tablet, "Vælg dit sprog")
    kept = tablet.evaluate(
        "[localStorage.length, sessionStorage.length, document.cookie, indexedDB.databases().then(all => all.length)]"
    )
    assert kept[:3] == [0, 0, ""]
    assert tablet.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert tablet.evaluate("history.length") == entries
    assert SLIP not in tablet.content()
    expect(tablet.locator("html")).to_have_attribute("lang", "da")
    begin(tablet)
    expect(tablet.locator("#code")).to_have_value("")


def test_the_language_may_be_changed_in_the_middle_of_a_vote(tablet: Page, played: PlayedServer) -> None:
    """A change of language keeps the marks and the focus, and says itself; what two presses in one place find is found by the first."""
    tablet.goto(played.url)
    heading(tablet, "Vælg dit sprog")
    assert tablet.evaluate(f"() => {{ {PRESS_TWICE_IN_ONE_PLACE} }}") == [True, False]
    expect(tablet.get_by_role("dialog")).to_have_count(0)
    choose(tablet, played.url)
    change_language(tablet, "English")
    expect(tablet.locator("h1")).to_have_text("Make your choice")
    expect(tablet.locator("html")).to_have_attribute("lang", "en")
    expect(tablet.get_by_label("Bo Bach")).to_be_checked()
    expect(tablet.get_by_role("button", name="Language: English")).to_be_focused()


def test_too_many_marks_are_impossible(tablet: Page, played: PlayedServer) -> None:
    """The mark that would be one too many is not set, and the voter is told in a live region."""
    played.votes = 2
    choose(tablet, played.url)
    tablet.get_by_label("Åse Ørum Kjær").check()
    expect(tablet.get_by_role("status")).to_have_text("2 af 2 valgt")
    tablet.get_by_label("Çağla Öztürk").click()
    expect(tablet.get_by_label("Çağla Öztürk")).not_to_be_checked()
    expect(tablet.get_by_role("alert")).to_contain_text("Du kan ikke vælge flere")
    tablet.get_by_label("Stem blankt").check()
    expect(tablet.get_by_role("status")).to_have_text("Blank stemme valgt")
    expect(tablet.get_by_label("Bo Bach")).not_to_be_checked()


@pytest.mark.parametrize(
    ("slip", "sentence"),
    [
        ("unknown", "hører ikke til valget"),
        ("spent", "allerede stemt"),
        ("void", "ombyttet eller leveret tilbage"),
        ("closed", "ikke længere stemmes"),
    ],
)
def test_a_slip_that_cannot_vote_is_told_so(tablet: Page, played: PlayedServer, slip: str, sentence: str) -> None:
    """An unknown slip, a spent slip and a closed poll each have a sentence of their own."""
    played.slip = slip
    tablet.goto(played.url)
    begin(tablet)
    heading(tablet, "Vis din stemmeseddel")
    if slip == "closed":
        played.status = "closed"
    give_slip(tablet)
    expect(tablet.locator("main")).to_contain_text(sentence)


@pytest.mark.parametrize(
    ("casting", "sentence"),
    [
        ("full", "Urnen kan ikke tage imod flere"),
        ("spent", "allerede stemt"),
        ("void", "ombyttet eller leveret tilbage"),
        ("closed", "ikke længere stemmes"),
        ("rejected", "Urnen afviste stemmen"),
    ],
)
def test_a_ballot_that_is_not_taken_gives_no_receipt(
    tablet: Page, played: PlayedServer, casting: str, sentence: str
) -> None:
    """A refusal says what to do, and shows nothing that looks like a receipt."""
    played.casting = casting
    choose(tablet, played.url)
    cast(tablet)
    heading(tablet, "Stemmen blev ikke modtaget")
    expect(tablet.locator("main")).to_contain_text(sentence)
    expect(tablet.locator(".receipt")).to_have_count(0)


def test_a_receipt_for_something_else_is_an_alarm(tablet: Page, played: PlayedServer) -> None:
    """A server that confirms other bytes than the tablet sent is never shown as a success."""
    played.casting = "forged"
    choose(tablet, played.url)
    cast(tablet)
    heading(tablet, "Stop. Tilkald valgets personale")
    expect(tablet.locator("main")).not_to_contain_text("Din stemme er afgivet")


def test_after_a_failure_the_very_same_ballot_is_sent_again(tablet: Page, played: PlayedServer) -> None:
    """A server in trouble is asked again with the same bytes, and then gives the receipt for them."""
    played.casting = "broken"
    choose(tablet, played.url)
    cast(tablet)
    heading(tablet, "Stemmen er ikke bekræftet endnu")
    played.casting = "accepted"
    tablet.get_by_role("button", name="Prøv igen").click()
    heading(tablet, "Din stemme er afgivet")
    assert len(played.ballots) == 2
    assert played.ballots[0] == played.ballots[1]


def test_the_screen_asks_before_it_clears_and_the_receipt_clears_itself(tablet: Page, played: PlayedServer) -> None:
    """Ninety quiet seconds bring a question, twenty more clear the screen; a receipt asks after sixty and stays for who needs it."""
    tablet.clock.install()
    choose(tablet, played.url)
    tablet.clock.run_for(91_000)
    expect(tablet.get_by_role("dialog")).to_be_visible()
    tablet.get_by_role("button", name="Ja, fortsæt").click()
    expect(tablet.get_by_role("dialog")).to_have_count(0)
    expect(tablet.get_by_label("Bo Bach")).to_be_checked()
    tablet.clock.run_for(91_000)
    tablet.clock.run_for(21_000)
    heading(tablet, "Vælg dit sprog")
    begin(tablet)
    give_slip(tablet)
    expect(tablet.get_by_label("Bo Bach")).not_to_be_checked()
    tablet.get_by_label("Bo Bach").check()
    cast(tablet)
    tablet.clock.run_for(1_000)
    heading(tablet, "Din stemme er afgivet")
    for _ in range(2):
        tablet.clock.run_for(61_000)
        expect(tablet.get_by_role("dialog")).to_contain_text("Din stemme er afgivet.")
        tablet.get_by_role("button", name="Mere tid").click()
        heading(tablet, "Din stemme er afgivet")
    tablet.clock.run_for(61_000)
    tablet.clock.run_for(21_000)
    heading(tablet, "Vælg dit sprog")


def test_a_receipt_is_shown_as_words_signs_and_square(tablet: Page, played: PlayedServer, tmp_path: Path) -> None:
    """The three say the same: the words those of the public list, and the square its page with the receipt behind the #."""
    tablet.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    choose(tablet, played.url)
    cast(tablet)
    heading(tablet, "Din stemme er afgivet")
    code = "".join(tablet.locator(".receipt span").all_inner_texts())
    assert code == base64.b64encode(hashlib.sha256(played.ballots[0]).digest()).decode().rstrip("=")
    assert tuple(tablet.locator(".receipt-words li").all_inner_texts()) == receipt_words(code)
    tablet.screenshot(path=tmp_path / "receipt.png", full_page=True)
    with Image.open(tmp_path / "receipt.png") as picture:
        (square,) = zxingcpp.read_barcodes(picture)
    assert square.text == f"https://valg.example/valg/receipt#{code}"


def test_a_rehearsal_says_so_and_an_election_does_not(tablet: Page, played: PlayedServer) -> None:
    """PRØVEVALG stands on a rehearsal's screens and nowhere else."""
    choose(tablet, played.url)
    expect(tablet.get_by_text("PRØVEVALG")).to_be_visible()
    played.rehearsal = False
    tablet.goto(played.url)
    heading(tablet, "Vælg dit sprog")
    expect(tablet.get_by_text("PRØVEVALG")).to_be_hidden()


def test_a_tablet_shown_the_wrong_candidates_refuses_to_vote(
    tablet: Page, played: PlayedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the names shown are not the names voted on, nobody votes on this tablet."""
    honest = played.election()
    swapped = json.loads(json.dumps(honest))
    swapped["candidates"][0]["name"], swapped["candidates"][1]["name"] = "Bo Bach", "Åse Ørum Kjær"
    monkeypatch.setattr(played, "election", lambda: swapped)
    tablet.goto(played.url)
    heading(tablet, "Der kan ikke stemmes her lige nu")
    expect(tablet.locator("main")).to_contain_text("ikke det rigtige valg")


def test_the_real_booth_takes_the_ballot_of_the_real_page(
    tablet: Page, settings, store, found_election, bundle: Path
) -> None:
    """A vote given on this page is barred or accepted by the town hall's own urn, and its slip is spent by the cast alone."""
    poll = prepare_poll(store, found_election(store), slips=2, issued=2)
    booth = create_booth(settings, store)
    served = SharedDataMiddleware(booth, {"/static/bundle": str(bundle)})
    http = make_server("127.0.0.1", 0, served, threaded=True)
    with answering(http):
        url = f"http://127.0.0.1:{http.server_port}/{poll.election.slug}/"
        enter_as(tablet.context, url, Kind.BOOTH, join_device(store, poll.election, Kind.BOOTH))
        tablet.goto(url)
        begin(tablet)
        give_slip(tablet, poll.slips[0])
        tablet.get_by_label(CANDIDATES[0]).check()
        confirm(tablet)
        tablet.get_by_role("button", name="Kontrollér tabletten").click()
        heading(tablet, "Stemmen er åbnet")
        opened = re.sub(r"\s", "", tablet.locator(".receipt").inner_text())
        tablet.get_by_role("button", name="Vælg igen").click()
        give_slip(tablet, poll.slips[0])
        tablet.get_by_label(CANDIDATES[1]).check()
        cast(tablet)
        heading(tablet, "Din stemme er afgivet")
        code = re.sub(r"\s", "", tablet.locator(".receipt").inner_text())
        assert len(code) == 43
        tablet.get_by_role("button", name="Færdig").click()
        begin(tablet)
        give_slip(tablet, poll.slips[0])
        expect(tablet.get_by_role("alert")).to_contain_text("allerede stemt")
    with store.reading() as connection:
        barred = connection.scalars(select(challenged_ballot.c.hash)).all()
        counted = connection.scalars(select(ballot.c.hash)).all()
    assert [base64.b64encode(bytes.fromhex(one)).rstrip(b"=").decode() for one in (*barred, *counted)] == [opened, code]
