"""The desk in a real browser: by keyboard alone, with sound, without a network, with a camera and turned to the voter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from joined import enter_as, join_device, revoke_device
from journey_camera import PaperSlip, film
from PIL import Image
from playwright.sync_api import Page, expect
from served_office import serve_office
from sqlalchemy import func, select

from ballots.protocol.credentials import derive_public
from votingapp.desks.checkin import doubting, service
from votingapp.store import casting, messages, poll_cards, register
from votingapp.store.devices import Kind
from votingapp.store.doubts import DoubtKind
from votingapp.store.staff import Role
from votingapp.store.tables.admissions import admission

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

SIGNE, LUKASZ = "Signe Sørensen", "Łukasz Öztürk-Ærø"
PASSWORD = "en lang og god sætning"
GREEN = "Giv vælgeren lov til at trække en stemmeseddel"
FIELD = "Scan kort, eller skriv navn"

# What the loudspeaker was asked to play: pitches in order, and whether it could be heard.
LISTEN = """
window.heard = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) {
  window.heard.push([Math.round(this.frequency.value), this.type, this.context.state]);
  return start.call(this, at);
};
"""


@dataclass(frozen=True)
class AtDesk:
    """A served office and a browser that sits at Bord 1."""

    page: Page
    address: str
    base: str


@pytest.fixture
def token(store, poll) -> str:
    return join_device(store, poll.election, Kind.DESK, "Bord 1")


def sit(served, browser, token, poll, **options) -> AtDesk:
    context = browser.new_context(base_url=served.address, locale="da-DK", **options)
    enter_as(context, served.address, Kind.DESK, token)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Brugernavn").fill("bente")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(re.compile("(?!.*sign-in)"))
    page.add_init_script(LISTEN)
    page.goto(f"/{poll.election.slug}/checkin/")
    return AtDesk(page, served.address, f"/{poll.election.slug}/checkin/")


@pytest.fixture
def served(settings, store, desk_official):
    with serve_office(settings, store) as one:
        yield one


@pytest.fixture
def at_desk(served, browser, token, poll) -> Iterator[AtDesk]:
    seated = sit(served, browser, token, poll)
    yield seated
    seated.page.context.close()


@pytest.fixture
def card(store, poll, person_id):
    def text(name: str) -> str:
        with store.reading() as connection:
            found = register.find(connection, poll.election.id, person_id(store, name))
        return poll_cards.issue(store.vault, poll.election.id, found).text

    return text


def scan(page: Page, text: str) -> None:
    """Type as a hand scanner does: quickly, into whatever has the cursor, and Enter at the end."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def admissions_in(store) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(admission)).scalar_one()


def test_two_voters_by_keyboard_alone(store, at_desk, card):
    """Scan, six digits, Enter, Space, Enter: green; and the next card is scanned at once, without a hand on the mouse."""
    page = at_desk.page
    expect(page.get_by_label(FIELD)).to_be_focused()
    for name in (SIGNE, LUKASZ):
        scan(page, card(name))
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        expect(page.get_by_label("Fødselsdato, som vælgeren siger den")).to_be_focused()
        scan(page, "010180")
        expect(page.get_by_label("Vælgeren har sagt ja til erklæringen.")).to_be_focused()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(GREEN)
        expect(page.get_by_label(FIELD)).to_be_focused()
    assert admissions_in(store) == 2
    assert page.url == at_desk.address + at_desk.base


def test_each_answer_sounds_different(at_desk, card):
    """After a form was sent the loudspeaker plays, three clearly different patterns, and a mute device stays mute."""
    page = at_desk.page
    patterns = []
    for typed in ("0101801234", "0505701111", "1111801234"):
        page.get_by_label(FIELD).fill(typed)
        page.get_by_label(FIELD).press("Enter")
        if typed == "0101801234":
            page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
            page.get_by_role("button", name="Luk vælgeren ind").click()
        expect(page.locator("main [data-sound]")).to_be_visible()
        page.wait_for_function("window.heard.length > 0")
        patterns.append(page.evaluate("window.heard.splice(0)"))
        page.locator("main [data-sound]").evaluate("one => one.remove()")
    assert {state for pattern in patterns for *_, state in pattern} == {"running"}
    assert len({str(pattern) for pattern in patterns}) == 3
    assert [len(pattern) for pattern in patterns] == [2, 3, 2]
    page.get_by_text("Lyd", exact=True).click()
    page.get_by_label("Lydstyrke på denne enhed").fill("0")
    page.reload()
    scan(page, "0505701111")
    expect(page.locator("main [data-sound]")).to_be_visible()
    assert page.evaluate("window.heard") == []
    expect(page.get_by_label("Lydstyrke på denne enhed")).to_have_value("0")


def test_an_answer_sounds_after_a_whole_new_page_too(at_desk):
    """A form that is posted without the program's help leads to a new page, and the browser lets that sound as well."""
    page = at_desk.page
    page.evaluate("document.querySelector('form.search').removeAttribute('data-swap')")
    page.get_by_label(FIELD).fill("0505701111")
    with page.expect_navigation():
        page.get_by_label(FIELD).press("Enter")
    page.wait_for_function("window.heard.length === 3")
    assert {state for *_, state in page.evaluate("window.heard")} == {"running"}


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


@pytest.mark.parametrize(("language", "name", "direction"), [("ar", "العربية", "rtl"), ("pl", "Polski", "ltr")])
def test_the_declaration_fills_the_screen_in_the_voters_language(at_desk, language, name, direction):
    """One press, and her own words stand large on the whole screen, her way of writing; nothing is sent about it."""
    page = at_desk.page
    scan(page, "0101801234")
    expect(page.get_by_label("Vælgeren har sagt ja til erklæringen.")).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: None if "state.json" in request.url else sent.append(request.url))
    page.get_by_text(name, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_attribute("lang", language)
    expect(dialog).to_have_css("direction", direction)
    box, view = dialog.bounding_box(), page.viewport_size
    assert (round(box["width"]), round(box["height"])) == (view["width"], view["height"])
    assert float(dialog.locator("p").evaluate("one => getComputedStyle(one).fontSize").removesuffix("px")) >= 28
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert sent == []


@pytest.mark.parametrize("symbology", ["QRCode", "Code39", "Code128", "ITF"])
def test_the_camera_reads_a_card(served, launch, token, poll, card, tmp_path, symbology):
    """A device without a hand scanner holds a poll card or a health card in front of its camera; no picture is sent."""
    text = card(SIGNE) if symbology == "QRCode" else "0101801234"
    drawn = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(symbology))
    code = Image.fromarray(drawn.to_image(scale=6 if symbology == "QRCode" else 4)).convert("RGB")
    picture = Image.new("RGB", (1100, 620), "white")
    if symbology != "QRCode":
        code = code.resize((min(code.width, 1000), 300), Image.Resampling.NEAREST)
    picture.paste(code, ((1100 - code.width) // 2, (620 - code.height) // 2))
    film(PaperSlip("", picture), tmp_path / "card.y4m")
    camera = launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'card.y4m'}",
    )
    page = sit(served, camera, token, poll).page
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("button", name="Brug kameraet").click()
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible(timeout=20_000)
    assert all(address.startswith(served.address) for address in sent)
    page.context.close()


def test_without_a_camera_the_desk_says_so(at_desk):
    """Where there is none, or it may not be used, the field is still there."""
    page = at_desk.page
    page.get_by_role("button", name="Brug kameraet").click()
    expect(page.get_by_text("Kameraet kan ikke bruges her.", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Brug kameraet")).to_be_visible()


def test_the_desk_works_without_its_program(store, served, browser, token, poll, card):
    """With script switched off a card is scanned, the date typed and the voter admitted all the same."""
    page = sit(served, browser, token, poll, java_script_enabled=False).page
    expect(page.get_by_label(FIELD)).to_be_focused()
    page.get_by_label(FIELD).fill(card(SIGNE))
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_label("Fødselsdato, som vælgeren siger den").fill("010180")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    assert admissions_in(store) == 1
    page.context.close()


@pytest.mark.parametrize("size", [(1280, 800), (390, 800)], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_a_voter_is_accessible(served, browser, token, poll, card, size, scheme):
    """No page of the desk breaks a rule of axe, nothing sticks out at the side, and every button is large enough."""
    view = {"width": size[0], "height": size[1]}
    seated = sit(served, browser, token, poll, viewport=view, color_scheme=scheme)
    page = seated.page

    def audit() -> None:
        found = Axe().run(
            page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.locator("main button:visible, main summary:visible, nav.desk a:visible").evaluate_all(
            "all => all.filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.textContent)"
        )
        assert small == []

    audit()
    scan(page, card(SIGNE))
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible()
    audit()
    scan(page, "020280")
    expect(page.get_by_text("Fødselsdatoen passer ikke").first).to_be_visible()
    audit()
    for number in ("0505701111", "1111801234"):
        page.goto(seated.base)
        scan(page, number)
        expect(page.locator("main [data-sound]")).to_be_visible()
        audit()
    page.goto(seated.base)
    scan(page, "0101801234")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    audit()
    for path in ("latest", "latest/1", "assistance", "printed-roll", "doubts/new", "doubts/here", "counter"):
        page.goto(seated.base + path)
        audit()
    page.context.close()


def test_a_slip_that_came_back_is_made_void_without_its_code_leaving_the_desk(store, poll, add_staff, at_desk):
    """Two officials take an admission back; the slip's code is typed here, and only its public half is sent."""
    add_staff(store, poll.election, "ole", Role.DESK)
    page, slip = at_desk.page, poll.slips[0]
    scan(page, "0101801234")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    page.get_by_role("link", name="Fortryd", exact=True).click()
    page.get_by_role("link", name="Fortryd kvittering 1").click()
    page.get_by_label("Hvorfor?").fill("Forkert person")
    page.get_by_label("Vælgeren har givet stemmesedlen tilbage", exact=False).check()
    page.get_by_label("Stemmesedlens kode").fill(slip)
    page.get_by_label("Den anden persons brugernavn").fill("ole")
    page.get_by_label("Den anden persons adgangskode").fill(PASSWORD)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.get_by_role("button", name="Fortryd fremmødet").click()
    expect(page.get_by_text("Fortrudt: kvittering 1.", exact=False)).to_be_visible()
    public = derive_public(poll.election.urn_uuid, slip)
    assert any(public in one for one in sent)
    assert not [one for one in sent if slip in one or slip.replace("-", "") in one]
    assert admissions_in(store) == 0
    with store.reading() as connection:
        assert casting.void_of(connection, poll.election.urn_uuid, public) is True
