"""What the desk hears of the house in a real browser: a line that breaks, messages, a device taken back, an answered case."""

from __future__ import annotations

import pytest
from desk_browser import FIELD, GREEN, PASSWORD, SIGNE, admissions_in, scan, sit
from joined import revoke_device
from playwright.sync_api import expect

from votingapp.desks.checkin import doubting, service
from votingapp.store import messages, staff
from votingapp.store.doubts import DoubtKind
from votingapp.store.staff import Role

pytestmark = pytest.mark.browser

UNSURE = "Det er uvist, om den sidste vælger blev lukket ind."
NO_ACCESS = "har ikke længere adgang til bordet"


def test_a_desk_that_is_cut_off_says_so_and_takes_nothing(store, at_desk, card):
    """At the first miss a red bar stands across the page, nothing is sent or queued, and it goes when the house is back."""
    page = at_desk.page
    scan(page, card(SIGNE))
    expect(page.get_by_label("Fødselsdato, som vælgeren siger den")).to_be_focused()
    page.route("**/state.json*", lambda route: route.abort())
    bar = page.get_by_text("Ingen forbindelse. Her gemmes intet.", exact=False)
    expect(bar).to_be_visible(timeout=5000)
    expect(bar).to_contain_text("giv papirstemmesedler")
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
    """The line breaks as the button is pressed: the page stays, and says that it is uncertain until the next answer is there."""
    page = at_desk.page
    scan(page, "0101801234")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.route("**/checkin/admit", lambda route: route.abort())
    page.route("**/state.json*", lambda route: route.abort())
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_text("Ingen forbindelse.", exact=False)).to_be_visible()
    expect(page.get_by_text(UNSURE, exact=False)).to_be_visible()
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible()
    page.unroute("**/checkin/admit")
    page.unroute("**/state.json*")
    expect(page.get_by_text("Ingen forbindelse.", exact=False)).to_be_hidden(timeout=6000)
    expect(page.get_by_text(UNSURE, exact=False)).to_be_visible()
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    expect(page.get_by_text(UNSURE, exact=False)).to_be_hidden()
    assert admissions_in(store) == 1


def test_what_is_uncertain_stays_until_somebody_has_read_it(store, at_desk):
    """The admission arrived and its answer did not: on every page of the desk it says so, until it is put away with a press."""
    page = at_desk.page
    scan(page, "0101801234")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()

    def lose_the_answer(route) -> None:
        route.fetch()
        route.abort()

    page.route("**/checkin/admit", lose_the_answer)
    page.get_by_role("button", name="Luk vælgeren ind").click()
    unsure = page.get_by_role("alert").filter(has_text=UNSURE)
    expect(unsure).to_be_visible()
    expect(page.get_by_text("Ingen forbindelse.", exact=False)).to_be_hidden(timeout=6000)
    page.get_by_role("link", name="Find vælger", exact=True).click()
    expect(unsure).to_be_visible()
    expect(unsure).to_contain_text("Find vælgeren igen")
    page.get_by_role("button", name="Læst").click()
    expect(unsure).to_be_hidden()
    expect(page.get_by_label(FIELD)).to_be_focused()
    page.reload()
    expect(page.get_by_label(FIELD)).to_be_focused()
    expect(unsure).to_be_hidden()
    scan(page, "0101801234")
    expect(page.get_by_text("Er lige lukket ind ved dette bord")).to_be_visible()
    assert admissions_in(store) == 1


def test_a_search_without_an_answer_is_tried_again(at_desk):
    """The house is well and the answer was lost: what was typed stands there, and a line says what to do."""
    page = at_desk.page
    page.route("**/checkin/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    scan(page, "0101801234")
    again = page.get_by_text("Der kom intet svar. Prøv igen.")
    expect(again).to_be_visible()
    expect(page.get_by_text("Det er uvist", exact=False).first).to_be_hidden()
    expect(page.get_by_label(FIELD)).to_have_value("0101801234")
    page.unroute("**/checkin/")
    page.get_by_label(FIELD).press("Enter")
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible()
    expect(again).to_be_hidden()


def test_a_case_survives_a_lost_line(store, at_desk):
    """What was written about a voter stands there when no answer comes; sent again it waits under an address of its own."""
    page = at_desk.page
    page.goto(f"{at_desk.base}doubts/new")
    page.get_by_label("Hvad siger og viser vælgeren?").fill("Viser lejekontrakt")
    page.route("**/doubts/raise", lambda route: route.abort())
    page.get_by_role("button", name="Send til valgbestyrelsen").click()
    expect(page.get_by_text("Det er uvist, om det sidste nåede frem.")).to_be_visible()
    expect(page.get_by_text(UNSURE, exact=False)).to_be_hidden()
    expect(page.get_by_label("Hvad siger og viser vælgeren?")).to_have_value("Viser lejekontrakt")
    page.unroute("**/doubts/raise")
    expect(page.get_by_role("button", name="Send til valgbestyrelsen")).to_be_enabled(timeout=6000)
    page.get_by_role("button", name="Send til valgbestyrelsen").click()
    expect(page.get_by_text("Venter på valgbestyrelsen")).to_be_visible()
    assert "/doubts/here/" in page.url
    page.reload()
    expect(page.get_by_text("Venter på valgbestyrelsen")).to_be_visible()


def test_every_form_of_the_desk_is_sent_where_it_stands(store, poll, add_staff, at_desk):
    """Help that is counted and a sheet that is keyed in come to their pages, words and all, without the page being left."""
    add_staff(store, poll.election, "ole", Role.DESK)
    page = at_desk.page
    page.get_by_text("Vælgeren fik hjælp til at stemme").click()
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="To tilforordnede").click()
    expect(page.get_by_text("Noteret:", exact=False)).to_be_visible()
    assert "assistance?counted=" in page.url
    assert page.evaluate("window.stays") is True
    page.goto(f"{at_desk.base}printed-roll")
    page.evaluate("window.stays = true")
    page.get_by_label("Seneste kvitteringsnummer på listen").fill("0")
    page.get_by_label("Numre, der er krydset af").fill("1")
    page.get_by_label("Med papirstemmeseddel").check()
    page.get_by_label("Alle på arket sagde ja til erklæringen.").check()
    page.get_by_role("button", name="Vis navnene").click()
    page.get_by_label("Vi har læst navnene op mod listen, og de passer.").check()
    page.get_by_label("Den anden persons brugernavn").fill("ole")
    page.get_by_label("Den anden persons adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("er lukket ind fra den trykte valgliste.", exact=False)).to_be_visible()
    assert page.evaluate("window.stays") is True


def test_the_alarm_is_in_sight_wherever_the_page_is_scrolled(served, browser, token, poll, card):
    """On a phone that stands at the end of a long page the red bar is what one sees first."""
    page = sit(served, browser, token, poll, viewport={"width": 390, "height": 600}).page
    scan(page, card(SIGNE))
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible()
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.wait_for_function("scrollY > 600")
    page.route("**/state.json*", lambda route: route.abort())
    bar = page.get_by_text("Ingen forbindelse.", exact=False)
    expect(bar).to_be_visible(timeout=5000)
    expect(bar).to_be_in_viewport()
    page.context.close()


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
    expect(page.get_by_text(NO_ACCESS, exact=False)).to_be_visible(timeout=6000)
    expect(page.get_by_role("button", name="Find")).to_be_disabled()


def test_an_official_who_is_taken_off_the_desk_is_told_so(store, poll, desk_official, at_desk):
    """The house answers her as it answers a device taken back, so that the bar speaks of both."""
    store.write(lambda work: staff.withdraw(work, "test", poll.election.id, desk_official.id, Role.DESK))
    bar = at_desk.page.get_by_text(NO_ACCESS, exact=False)
    expect(bar).to_be_visible(timeout=6000)
    expect(bar).to_contain_text("Enheden eller dit login")


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


def test_an_answer_does_not_take_the_page_from_under_a_scanner(store, poll, desk_official, at_desk):
    """While something is typed the page says that there is an answer, and shows it when the field is empty again."""
    desk = service.Desk("Bord 1", desk_official)
    about = doubting.Case(DoubtKind.OTHER, None, "Siger noget")
    waiting = doubting.raise_doubt(store, desk, poll.election, about)
    page = at_desk.page
    page.goto(f"{at_desk.base}doubts/here/{waiting.doubt_id}")
    page.get_by_label(FIELD).fill("Sig")
    page.evaluate("window.stays = true")
    doubting.refuse(store, desk_official, poll.election, waiting.doubt_id, "Nej")
    expect(page.get_by_text("Valgbestyrelsen har afgjort en tvivlssag.")).to_be_visible(timeout=6000)
    assert page.evaluate("window.stays") is True
    expect(page.get_by_label(FIELD)).to_have_value("Sig")
    page.get_by_label(FIELD).fill("")
    expect(page.get_by_text("Afvist af valgbestyrelsen")).to_be_visible(timeout=6000)
