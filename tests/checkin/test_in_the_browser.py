"""The desk in a real browser: by keyboard alone, with sound, with a camera, turned to the voter, and without a script."""

from __future__ import annotations

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from desk_browser import FIELD, GREEN, LUKASZ, PASSWORD, SIGNE, admissions_in, scan, scan_blindly, sit
from joined import join_device
from journey_camera import PaperSlip, film
from PIL import Image
from playwright.sync_api import expect
from polling import keep_register, prepare_poll

from ballots.protocol.credentials import derive_public
from votingapp.store import casting, staff
from votingapp.store.devices import Kind
from votingapp.store.staff import Role

pytestmark = pytest.mark.browser


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


@pytest.mark.parametrize("before", ["", "]Q1"], ids=["bare", "with the code's kind"])
def test_a_scan_lands_in_the_field_when_nothing_has_the_cursor(at_desk, card, before):
    """Typed into nothing, as right after a page has come or after a press beside the fields, no sign of it is lost."""
    page = at_desk.page
    expect(page.get_by_label(FIELD)).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    scan_blindly(page, before + card(SIGNE))
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible()


def test_a_scan_after_a_press_on_a_button_lands_in_the_field(at_desk):
    """A button takes no text, so that what is scanned while one has the cursor goes where it belongs."""
    page = at_desk.page
    page.get_by_text("Lyd", exact=True).click()
    page.get_by_role("button", name="Prøv: nej").click()
    scan_blindly(page, "0101801234")
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible()


def test_a_field_that_has_the_cursor_keeps_it(at_desk):
    """What is typed beside the search, and what a modifier makes of a letter, moves no cursor."""
    page = at_desk.page
    page.get_by_label("Fødselsdato (til navn)").focus()
    page.keyboard.type("0101")
    expect(page.get_by_label("Fødselsdato (til navn)")).to_have_value("0101")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+b")
    assert page.evaluate("document.activeElement === document.body")


@pytest.fixture
def at_closed_roll(served, browser, store, found_election, koege_rules, residents, desk_official):
    """Bord 1 where nothing is declared: one scan of a health card, and the button has the cursor."""
    election = found_election(store, "lukket", koege_rules.replace('roll = "open"', 'roll = "closed"'))
    keep_register(store, election, *residents)
    poll = prepare_poll(store, election)
    store.write(lambda work: staff.appoint(work, "test", election.id, desk_official.id, Role.DESK))
    seated = sit(served, browser, join_device(store, poll.election, Kind.DESK, "Bord 1"), poll)
    yield seated
    seated.page.context.close()


@pytest.mark.parametrize("cursor", ["on the button", "nowhere"])
@pytest.mark.parametrize("text", ["0101801250", "0101801234", "0101801250\n", "]C0 0101801250"])
def test_a_stray_scan_presses_nothing(store, at_closed_roll, cursor, text):
    """The next voter's card, or the same one again, lets nobody in: only a person's own Enter does."""
    page = at_closed_roll.page
    scan(page, "0101801234")
    button = page.get_by_role("button", name="Luk vælgeren ind")
    expect(button).to_be_focused()
    if cursor == "nowhere":
        button.evaluate("one => one.blur()")
    sent = _posts(page)
    scan_blindly(page, text)
    assert page.evaluate("document.body.getAttribute('aria-busy')") is None
    expect(page.get_by_role("heading", name=SIGNE)).to_be_visible()
    assert sent == []
    assert admissions_in(store) == 0
    _scan_is_over(page)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    assert admissions_in(store) == 1


def test_a_card_read_twice_at_once_lets_nobody_in(store, at_closed_roll):
    """The second reading comes while the answer to the first is on its way."""
    page = at_closed_roll.page
    expect(page.get_by_label(FIELD)).to_be_focused()
    scan_blindly(page, "0101801234")
    scan_blindly(page, "0101801234")
    expect(page.get_by_role("button", name="Luk vælgeren ind")).to_be_focused()
    assert admissions_in(store) == 0


def test_whoever_was_found_by_a_scan_is_let_in_by_one_press(store, at_closed_roll):
    """The scanner's Enter ended its scan: the official's own is taken, however soon it comes."""
    page = at_closed_roll.page
    scan(page, "0101801234")
    expect(page.get_by_role("button", name="Luk vælgeren ind")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    assert admissions_in(store) == 1


def test_a_stray_scan_sends_no_form_from_its_tick(store, at_desk):
    """Enter on a tick sends the form, too: with the declaration ticked, the next card would let this voter in."""
    page = at_desk.page
    scan(page, "0101801234")
    expect(page.get_by_label("Vælgeren har sagt ja til erklæringen.")).to_be_focused()
    page.keyboard.press("Space")
    sent = _posts(page)
    scan_blindly(page, "0101801250")
    assert page.evaluate("document.body.getAttribute('aria-busy')") is None
    expect(page.get_by_label("Vælgeren har sagt ja til erklæringen.")).to_be_checked()
    assert sent == []
    assert admissions_in(store) == 0


def _posts(page) -> list[str]:
    """Every address to which something is sent from now on."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def _scan_is_over(page) -> None:
    """Wait, by the page's own clock, until no key counts as the scanner's any more."""
    page.evaluate("""() => new Promise((resolve) => {
      const since = performance.now();
      const look = () => (performance.now() > since + 300 ? resolve() : requestAnimationFrame(look));
      look();
    })""")


def test_a_link_within_the_page_fetches_nothing(at_desk):
    """The way past the head of the page, and the way back, leave the page, the field and what is typed in it."""
    page = at_desk.page
    page.get_by_label(FIELD).fill("Sig")
    page.evaluate("window.stays = true")
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#main'")
    page.evaluate("history.back()")
    page.wait_for_function("location.hash === ''")
    expect(page.get_by_label(FIELD)).to_have_value("Sig")
    assert page.evaluate("window.stays") is True


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


def test_the_camera_is_put_away_when_a_card_is_read(served, launch, token, poll, card, tmp_path):
    """Where no answer comes to what it read, no black picture is left, and the camera can be turned on again."""
    drawn = zxingcpp.create_barcode(card(SIGNE), zxingcpp.BarcodeFormat.QRCode)
    code = Image.fromarray(drawn.to_image(scale=6)).convert("RGB")
    picture = Image.new("RGB", (1100, 620), "white")
    picture.paste(code, ((1100 - code.width) // 2, (620 - code.height) // 2))
    film(PaperSlip("", picture), tmp_path / "card.y4m")
    camera = launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'card.y4m'}",
    )
    page = sit(served, camera, token, poll).page
    page.route("**/checkin/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_role("button", name="Brug kameraet").click()
    expect(page.get_by_text("Der kom intet svar. Prøv igen.")).to_be_visible(timeout=20_000)
    expect(page.locator("video.viewfinder")).to_be_hidden()
    expect(page.get_by_role("button", name="Stop kameraet")).to_be_hidden()
    expect(page.get_by_role("button", name="Brug kameraet")).to_be_visible()
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


@pytest.mark.parametrize(("size", "scheme"), [((1280, 800), "light"), ((390, 800), "dark")], ids=["desk", "phone"])
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
    """Two officials take an admission back; the code is scanned last, also the second time, and only its public half is sent."""
    add_staff(store, poll.election, "ole", Role.DESK)
    page, slip = at_desk.page, poll.slips[0]
    scan(page, "0101801234")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.get_by_role("button", name="Luk vælgeren ind").click()
    expect(page.get_by_role("alert")).to_contain_text(GREEN)
    page.get_by_role("link", name="Fortryd", exact=True).click()
    page.get_by_role("link", name="Fortryd kvittering 1").click()
    page.get_by_label("Hvorfor?").fill("Forkert person")
    page.get_by_label("Den anden persons brugernavn").fill("ole")
    page.get_by_label("Den anden persons adgangskode").fill("forkert")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.get_by_label("Vælgeren har givet stemmesedlen tilbage", exact=False).check()
    page.get_by_label("Stemmesedlens kode").focus()
    scan(page, slip)
    expect(page.get_by_text("passer ikke sammen", exact=False).first).to_be_visible()
    expect(page.get_by_label("Stemmesedlens kode")).to_have_value("")
    page.get_by_label("Den anden persons adgangskode").fill(PASSWORD)
    page.get_by_label("Stemmesedlens kode").focus()
    scan(page, slip)
    expect(page.get_by_text("Fortrudt: kvittering 1.", exact=False)).to_be_visible()
    public = derive_public(poll.election.urn_uuid, slip)
    assert any(public in one for one in sent)
    assert not [one for one in sent if slip in one or slip.replace("-", "") in one]
    assert admissions_in(store) == 0
    with store.reading() as connection:
        assert casting.void_of(connection, poll.election.urn_uuid, public) is True
