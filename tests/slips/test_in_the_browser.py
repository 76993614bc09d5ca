"""The exchange in a real browser: typed or scanned by hand, the code goes no further than the page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from joined import enter_as, join_device
from journey_camera import cut_slips, film
from playwright.sync_api import expect
from served_office import serve_office
from sqlalchemy import select

from votingapp.documents.slips import SlipHeading, render_slips
from votingapp.store.devices import Kind
from votingapp.store.staff import Role
from votingapp.store.tables.urn import public_credential

PASSWORD = "en lang og god sætning"
TABLET = {"width": 820, "height": 1180}

pytestmark = pytest.mark.browser


@pytest.fixture
def station(settings, store, poll, add_staff, supervisor):
    """The office on a socket, with Bord 1, its official, and a member of the board."""
    add_staff(store, poll.election, "bente", Role.DESK)
    store.clock = lambda: datetime.now(UTC)
    token = join_device(store, poll.election, Kind.DESK, "Bord 1")
    with serve_office(settings, store) as served:
        yield served.address, token


@pytest.fixture
def sit_down(station):
    """Open a tablet at Bord 1 at which bente signs in: `sit_down(browser)`; `page.sent` are the requests it makes from then on."""
    address, token = station
    opened = []

    def sit(browser):
        context = browser.new_context(base_url=address, locale="da-DK", viewport=TABLET)
        opened.append(context)
        enter_as(context, address, Kind.DESK, token)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Brugernavn").fill("bente")
        page.get_by_label("Adgangskode").fill(PASSWORD)
        page.get_by_role("button", name="Log ind").click()
        expect(page.get_by_role("button", name="Log ud")).to_be_visible()
        page.sent = []
        page.on("request", lambda request: page.sent.append(f"{request.url} {request.post_data or ''}"))
        return page

    yield sit
    for context in opened:
        context.close()


@pytest.fixture
def page(browser, sit_down):
    """A tablet without a camera."""
    return sit_down(browser)


def voided(store) -> list[str]:
    with store.reading() as connection:
        return list(
            connection.execute(select(public_credential.c.credential).where(public_credential.c.void)).scalars()
        )


def pieces(slip: str) -> list[str]:
    """The code and every part of it that says something."""
    bare = slip.replace("-", "")
    return [slip, bare, *(bare[start : start + 8] for start in range(0, 15, 7))]


def test_a_slip_is_exchanged_by_its_typed_code(store, poll, page):
    """Typed with spaces and finished with Enter, as a hand scanner does; no request carries any part of the code."""
    slip = poll.slips[0]
    page.goto(f"/{poll.election.slug}/slips/exchange")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ombyt en stemmeseddel")
    page.get_by_label("Stemmesedlens kode").press_sequentially(slip.replace("-", " "))
    page.get_by_label("Stemmesedlens kode").press("Enter")
    expect(page.locator(".answer.good")).to_contain_text("Vælgeren må trække én ny stemmeseddel")
    assert voided(store) == [poll.public(slip)]
    assert any(poll.public(slip) in request for request in page.sent)
    assert not [request for request in page.sent for piece in pieces(slip) if piece in request.replace("+", "")]
    assert not any(piece in page.content() for piece in pieces(slip))


def test_the_code_is_gone_when_one_comes_back(poll, page):
    """Neither the way back nor a reload brings the code of a voter's slip to the screen again."""
    page.goto(f"/{poll.election.slug}/slips/return")
    page.get_by_label("Den anden persons brugernavn").first.fill("formand")
    page.get_by_label("Den anden persons adgangskode").first.fill(PASSWORD)
    page.get_by_label("Stemmesedlens kode").fill(poll.slips[1])
    page.get_by_role("button", name="Gør sedlen ugyldig", exact=True).click()
    expect(page.locator(".answer.good")).to_contain_text("Leveret tilbage")
    page.get_by_role("link", name="Næste vælger").click()
    expect(page.get_by_role("heading", name="Find vælgeren")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Stemmesedlens kode")).to_have_value("")
    stored = page.evaluate(
        "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])"
    )
    assert not any(piece in stored for piece in pieces(poll.slips[1]))


def test_an_exchange_without_an_answer_is_begun_anew(store, poll, page):
    """The line breaks at the sending: the page stays and says that it is uncertain, and the code is to be scanned again."""
    page.goto(f"/{poll.election.slug}/slips/exchange")
    page.route("**/slips/exchange", lambda route: route.abort())
    page.get_by_label("Stemmesedlens kode").fill(poll.slips[0])
    page.get_by_label("Stemmesedlens kode").press("Enter")
    expect(page.get_by_text("Det er uvist, om det sidste nåede frem.")).to_be_visible()
    expect(page.get_by_label("Stemmesedlens kode")).to_have_value("")
    page.unroute("**/slips/exchange")
    expect(page.get_by_role("button", name="Gør sedlen ugyldig, og ombyt")).to_be_enabled(timeout=6000)
    page.get_by_label("Stemmesedlens kode").fill(poll.slips[0])
    page.get_by_label("Stemmesedlens kode").press("Enter")
    expect(page.locator(".answer.good")).to_contain_text("Vælgeren må trække én ny stemmeseddel")
    expect(page.get_by_text("Det er uvist, om det sidste nåede frem.")).to_be_hidden()
    assert voided(store) == [poll.public(poll.slips[0])]


@pytest.mark.parametrize("typed", ["", "abc", "1" * 21, "0" * 22, "https://example.invalid/"])
def test_what_is_no_code_is_not_sent(store, poll, page, typed):
    """The page says that it is no slip's code before anything leaves the tablet."""
    page.goto(f"/{poll.election.slug}/slips/exchange")
    before = len([one for one in page.sent if "/slips/" in one])
    page.get_by_label("Stemmesedlens kode").fill(typed)
    page.get_by_label("Stemmesedlens kode").press("Enter")
    expect(page.get_by_text("Det er ikke koden på en stemmeseddel.")).to_be_visible()
    assert len([one for one in page.sent if "/slips/" in one]) == before
    assert not voided(store)


def test_the_camera_reads_the_printed_card(store, poll, launch, sit_down, tmp_path):
    """A card as it comes from the printer, held before the desk's camera: read by our own program, and nothing of it is sent."""
    slip = poll.slips[0]
    (card,) = cut_slips(render_slips([slip], SlipHeading("Valg på Ærø", "Køge", date(2021, 11, 23), rehearsal=False)))
    film(card, tmp_path / "card.y4m")
    camera = f"--use-file-for-fake-video-capture={tmp_path / 'card.y4m'}"
    page = sit_down(launch("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", camera))
    page.goto(f"/{poll.election.slug}/slips/exchange")
    page.get_by_role("button", name="Brug kameraet").click()
    expect(page.get_by_text("Koden er læst.")).to_be_visible()
    expect(page.locator("video")).to_be_hidden()
    expect(page.get_by_label("Stemmesedlens kode")).to_have_value("")
    page.get_by_role("button", name="Gør sedlen ugyldig, og ombyt").click()
    expect(page.locator(".answer.good")).to_be_visible()
    assert voided(store) == [poll.public(slip)]
    assert any(
        request.startswith(page.url.split("/koege")[0]) and "zxing_reader.wasm" in request for request in page.sent
    )
    assert not [request for request in page.sent for piece in pieces(slip) if piece in request]


def test_without_a_camera_the_code_is_typed(poll, page):
    """A tablet whose camera cannot be used says so and goes on."""
    page.goto(f"/{poll.election.slug}/slips/exchange")
    page.get_by_role("button", name="Brug kameraet").click()
    expect(page.get_by_text("Kameraet kan ikke bruges her.")).to_be_visible()
    page.get_by_label("Stemmesedlens kode").fill(poll.slips[0])
    page.get_by_label("Stemmesedlens kode").press("Enter")
    expect(page.locator(".answer.good")).to_be_visible()


def test_pressed_twice_it_is_sent_once(poll, page):
    """What is on its way is not sent again."""
    page.goto(f"/{poll.election.slug}/slips/exchange")
    page.get_by_label("Stemmesedlens kode").fill(poll.slips[0])
    page.get_by_role("button", name="Gør sedlen ugyldig, og ombyt").dblclick()
    expect(page.locator(".answer.good")).to_be_visible()
    assert len([one for one in page.sent if "/slips/exchange" in one and "credential=" in one]) == 1


def test_the_pages_are_open_to_everybody_who_works_there(poll, page):
    """What the slips put on the page of a desk has no fault that axe finds."""
    for act in ("exchange", "return"):
        page.goto(f"/{poll.election.slug}/slips/{act}")
        page.get_by_text("Koden kan ikke læses").click()
        found = Axe().run(page, context="main")
        assert found.violations_count == 0, found.generate_report()
