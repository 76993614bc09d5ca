"""What the desk hears of the house in a real browser: a line that breaks, messages, a device taken back, an answered case."""

from __future__ import annotations

import pytest
from desk_browser import FIELD, GREEN, SIGNE, admissions_in, scan
from joined import revoke_device
from playwright.sync_api import expect

from votingapp.desks.checkin import doubting, service
from votingapp.store import messages
from votingapp.store.doubts import DoubtKind

pytestmark = pytest.mark.browser


def test_a_desk_that_is_cut_off_says_so_and_takes_nothing(store, at_desk, card):
    """At the first miss a red bar stands across the page, nothing is sent or queued, and it goes when the house is back."""
    page = at_desk.page
    scan(page, card(SIGNE))
    expect(page.get_by_label("Fødselsdato, som vælgeren siger den")).to_be_focused()
    page.route("**/state.json*", lambda route: route.abort())
    bar = page.get_by_text("Ingen forbindelse. Intet er gemt. Brug den trykte valgliste, til forbindelsen er tilbage.")
    expect(bar).to_be_visible(timeout=5000)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.get_by_label("Fødselsdato, som vælgeren siger den").fill("010180")
    page.get_by_label("Fødselsdato, som vælgeren siger den").press("Enter")
    expect(page.get_by_role("button", name="Luk vælgeren ind")).to_be_disabled()
    page.get_by_role("link", name="Søg igen").click()
    assert (sent, admissions_in(store)) == ([], 0)
    page.unroute("**/state.json*")
    expect(bar).to_be_hidden(timeout=6000)
    assert sent == []
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("alert")).to_contain_text(GREEN)


def test_a_form_that_is_lost_on_the_way_leaves_the_desk_where_it_stood(store, at_desk, card):
    """The line breaks as the button is pressed: the page stays, says that it is uncertain, and takes nothing more."""
    page = at_desk.page
    scan(page, "0101801234")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.route("**/checkin/admit", lambda route: route.abort())
    page.route("**/state.json*", lambda route: route.abort())
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_text("Ingen forbindelse.", exact=False)).to_be_visible()
    expect(page.get_by_text("Det er uvist, om den sidste vælger", exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible()
    page.unroute("**/checkin/admit")
    page.unroute("**/state.json*")
    expect(page.get_by_text("Ingen forbindelse.", exact=False)).to_be_hidden(timeout=6000)
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    assert admissions_in(store) == 1


def test_a_house_that_is_too_busy_is_told_where_the_desk_stands(store, at_desk):
    """An error page takes the place of the form, the address stays, and the next voter is one press away."""
    page = at_desk.page
    scan(page, "0101801234")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    busy = "<!doctype html><title>Vent</title><main><h1>Vent et øjeblik</h1></main>"
    page.route("**/checkin/admit", lambda route: route.fulfill(status=503, content_type="text/html", body=busy))
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("heading", name="Vent et øjeblik")).to_be_visible()
    assert page.url == at_desk.address + at_desk.base
    page.get_by_role("link", name="Find vælger", exact=True).click()
    expect(page.get_by_label(FIELD)).to_be_focused()
    assert admissions_in(store) == 0


def test_pressed_twice_by_impatience_is_sent_once(store, at_desk):
    """Two quick presses are one admission, and the answer is green and not a doubt."""
    page = at_desk.page
    scan(page, "0101801234")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.get_by_role("button", name="Luk vælgeren ind").evaluate("one => { one.click(); one.click(); }")
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    assert admissions_in(store) == 1


def test_messages_stay_until_they_are_read_on_this_device(store, poll, desk_official, at_desk, clock):
    """The board's newest message stands on the page, is put away here with one press, and stays away."""

    def say(text: str) -> None:
        clock.advance(seconds=1)

        def act(work):
            sent = messages.send(work, poll.election.id, desk_official.id, text)
            work.record(poll.election.id, "bo", "message_sent", message=sent)

        store.write(act)

    say("Vent med at lukke ind")
    page = at_desk.page
    expect(page.get_by_text("Vent med at lukke ind")).to_be_visible(timeout=6000)
    page.get_by_role("button", name="Læst").click()
    expect(page.get_by_text("Vent med at lukke ind")).to_be_hidden()
    with page.expect_response("**/state.json*"):
        page.reload()
    expect(page.get_by_text("Vent med at lukke ind")).to_be_hidden()
    say("I må lukke ind igen")
    expect(page.get_by_text("I må lukke ind igen")).to_be_visible(timeout=6000)


def test_a_revoked_desk_is_told_so(store, poll, at_desk):
    """The page of a device that was taken back says so and takes nothing more."""
    revoke_device(store, poll.election, "Bord 1")
    page = at_desk.page
    expect(page.get_by_text("Denne enhed er ikke længere tilsluttet", exact=False)).to_be_visible(timeout=6000)
    expect(page.get_by_role("button", name="Find")).to_be_disabled()


def test_a_case_that_is_decided_turns_green_by_itself(store, poll, desk_official, at_desk, person_id):
    """The desk that waits sees and hears the answer; a desk that went on sees that there is one."""
    desk = service.Desk("Bord 1", desk_official)
    about = doubting.Case(DoubtKind.NOT_RESIDENT, person_id(store, "Bent Andetsteds"), "Viser lejekontrakt")
    waiting = doubting.raise_doubt(store, desk, poll.election, about)
    page = at_desk.page
    page.goto(f"{at_desk.base}doubts/here/{waiting.doubt_id}")
    expect(page.get_by_text("Venter på valgbestyrelsen")).to_be_visible()
    verdict = doubting.Verdict("Lejekontrakt set", doubting.Papers(resident=True), declared=True)
    doubting.admit(store, desk_official, poll.election, waiting.doubt_id, verdict)
    expect(page.get_by_text(GREEN)).to_be_visible(timeout=6000)
    expect(page.get_by_text("Valgbestyrelsen har afgjort en tvivlssag.")).to_be_hidden()
