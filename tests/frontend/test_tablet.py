"""The tablet keeps the booth when the network blinks, keeps nothing of a vote, and lets no voter out of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from booth_steps import NARROW, SLIP, check_page, give_slip, heading
from in_a_thread import serving
from joined import revoke_device
from playwright.sync_api import expect
from polling import CANDIDATES, prepare_poll
from real_booth import RealBooth
from station_pages import wait_for

from votingapp import version
from votingapp.desks.booth import shell
from votingapp.documents.record import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import PlayedServer
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

LOST = "Der er ingen forbindelse lige nu."
IDLE = "Vælg dit sprog"

_KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    found[name] = (await cache.keys()).map((one) => `${one.method} ${new URL(one.url).pathname}`).sort();
  }
  return found;
}"""


@pytest.fixture(scope="module")
def browser(whole_browser: Browser) -> Browser:
    """The browser that a tablet has: without its windows it grants a page no lasting storage."""
    return whole_browser


@pytest.fixture
def booth(settings, store, found_election, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealBooth]:
    """The real booth, whose list names the files that it hands out here."""
    monkeypatch.setattr(shell, "bundle_dir", lambda: bundle)
    real = RealBooth(settings, store, prepare_poll(store, found_election(store), slips=4, issued=4), bundle)
    yield real
    real.away()


def kept(page: Page) -> dict[str, list[str]]:
    """Each cache of the tablet, and for what it has an answer."""
    return page.evaluate(_KEPT)


def wait_until_kept(page: Page) -> None:
    wait_for(lambda: page.evaluate("navigator.serviceWorker.controller?.state === 'activated'"))


def choose(page: Page, slip: str) -> None:
    page.get_by_role("button", name="Dansk").click()
    give_slip(page, slip)
    page.get_by_label(CANDIDATES[1]).check()


def review_and_cast(page: Page) -> None:
    for way_on in ("Fortsæt", "Ja, det er rigtigt", "Afgiv min stemme"):
        page.get_by_role("button", name=way_on).click()


def finish(page: Page) -> None:
    heading(page, "Din stemme er afgivet")
    page.get_by_role("button", name="Færdig").click()
    heading(page, IDLE)


def line(page: Page) -> Locator:
    return page.locator(".link")


def test_the_booth_stays_when_the_network_blinks_and_keeps_nothing_of_a_vote(
    tablet: Page, booth: RealBooth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through votes, a cable that is out, a new program and the end of the tablet's access."""
    asked: list[str] = []
    tablet.on("request", lambda request: asked.append(f"{request.method} {request.url.removeprefix(booth.origin)}"))
    booth.admit(tablet.context)
    tablet.clock.install()
    tablet.goto(booth.url)
    heading(tablet, IDLE)
    wait_until_kept(tablet)
    expect(tablet.locator("details.staff summary")).to_have_text("Til personalet")
    the_official_compares_the_program(tablet)
    ((name, listed),) = kept(tablet).items()
    assert {f"GET /{booth.poll.election.slug}/", "GET /static/bundle/zxing_reader.wasm"} <= set(listed)
    choose(tablet, booth.poll.slips[0])
    review_and_cast(tablet)
    finish(tablet)
    assert kept(tablet) == {name: listed}
    assert {one for one in asked if one.startswith("GET /static/")} <= set(listed), "nothing but this is ever asked for"
    a_voter_is_cut_off_while_she_chooses(tablet, booth)
    a_voter_walks_away_while_the_cable_is_out(tablet, booth)
    the_tablet_is_opened_anew_without_a_network(tablet, booth)
    a_new_program_waits_for_the_voter(tablet, booth, monkeypatch)
    ((later, same),) = kept(tablet).items()
    assert (later != name, same) == (True, listed)
    revoke_device(booth.store, booth.poll.election, "Stemmeboks 1")
    tablet.reload()
    expect(tablet.locator("h1")).to_have_text("Denne tablet er ikke tilsluttet")


def the_official_compares_the_program(tablet: Page) -> None:
    """The tablet shows the hash of the very files it keeps, in the groups of the report; nothing is asked for to find it."""
    asked: list[str] = []
    tablet.on("request", lambda request: asked.append(request.url))
    tablet.locator("details.staff summary").click()
    code = grouped(version._sum_of_list(version.tablet_files(shell.bundle_dir())))
    expect(tablet.locator("details.staff")).to_contain_text(f"Stemmeboksens program: {code}")
    expect(tablet.locator("details.staff")).to_contain_text("Fotografierne på stemmesedlen: ingen.")
    tablet.locator("details.staff summary").click()
    assert [one for one in asked if not one.endswith("alive.json")] == []


def a_voter_is_cut_off_while_she_chooses(tablet: Page, booth: RealBooth) -> None:
    """She is told, goes on, and casts when the cable is in again."""
    choose(tablet, booth.poll.slips[1])
    booth.away()
    tablet.clock.run_for(20_000)
    may = "Du kan blive ved med at vælge. Du kan afgive din stemme, når forbindelsen er tilbage."
    expect(line(tablet)).to_have_text(f"{LOST} {may}")
    expect(tablet.get_by_label(CANDIDATES[1])).to_be_checked()
    check_page(tablet, (1024, 768))
    review_and_cast(tablet)
    heading(tablet, "Stemmen er ikke bekræftet endnu")
    expect(line(tablet)).to_contain_text("Din låste stemme bliver sendt af sig selv")
    assert booth.ballots() == 1
    booth.back()
    tablet.clock.run_for(5_000)
    heading(tablet, "Din stemme er afgivet")
    expect(line(tablet)).to_be_empty()
    assert booth.ballots() == 2
    finish(tablet)


def a_voter_walks_away_while_the_cable_is_out(tablet: Page, booth: RealBooth) -> None:
    """Nothing of hers is left on the tablet, which says that nobody can vote on it now."""
    choose(tablet, booth.poll.slips[2])
    booth.away()
    review_and_cast(tablet)
    heading(tablet, "Stemmen er ikke bekræftet endnu")
    tablet.clock.run_for(91_000)
    tablet.clock.run_for(21_000)
    heading(tablet, IDLE)
    expect(line(tablet)).to_have_text(f"{LOST} Der kan stemmes, når den er tilbage.")


def the_tablet_is_opened_anew_without_a_network(tablet: Page, booth: RealBooth) -> None:
    """The booth is there and not the browser's own page; it comes back by itself, and casts nothing that was left."""
    tablet.reload()
    heading(tablet, "Der kan ikke stemmes her lige nu")
    expect(line(tablet)).to_contain_text(LOST)
    expect(tablet.locator("details.staff summary")).to_have_text("Til personalet")
    booth.back()
    tablet.clock.run_for(11_000)
    heading(tablet, IDLE)
    assert booth.ballots() == 2


def a_new_program_waits_for_the_voter(tablet: Page, booth: RealBooth, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies ready while she votes, and the tablet goes over to it when she is done."""
    program = shell._program
    monkeypatch.setattr(shell, "_program", lambda folder: program(folder) + b"\n// later\n")
    tablet.evaluate("window.opened = 'before'")
    choose(tablet, booth.poll.slips[2])
    tablet.clock.run_for(60_000)
    wait_for(lambda: tablet.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.waiting !== null)"))
    expect(tablet.get_by_label(CANDIDATES[1])).to_be_checked()
    assert len(kept(tablet)) == 2
    review_and_cast(tablet)
    heading(tablet, "Din stemme er afgivet")
    assert tablet.evaluate("window.opened") == "before"
    with tablet.expect_navigation():
        tablet.get_by_role("button", name="Færdig").click()
    heading(tablet, IDLE)


_TRY = """(kind) => {
  const event = kind === 'copy' ? new ClipboardEvent('copy', { cancelable: true, bubbles: true })
    : new Event(kind, { cancelable: true, bubbles: true });
  return document.querySelector('main').dispatchEvent(event);
}"""


def test_a_voter_who_wants_to_leave_the_page_stays_on_it(tablet: Page, played: PlayedServer) -> None:
    """Back, menus, drags, the clipboard and printing do nothing; out of sight the vote is gone; pinching still works."""
    tablet.goto("about:blank")
    tablet.goto(played.url)
    heading(tablet, IDLE)
    tablet.get_by_role("button", name="Dansk").click()
    length = tablet.evaluate("history.length")
    give_slip(tablet)
    tablet.get_by_label("Bo Bach").check()
    for _ in range(3):
        tablet.evaluate("history.back()")
        wait_for(lambda: tablet.evaluate("history.state?.stay === true"))
    tablet.keyboard.press("Alt+ArrowLeft")
    expect(tablet.locator("h1")).to_have_text("Sæt dit kryds")
    expect(tablet.get_by_label("Bo Bach")).to_be_checked()
    assert (tablet.url, tablet.evaluate("history.length")) == (played.url, length)
    for kind in ("contextmenu", "dragstart", "drop", "copy", "cut"):
        assert tablet.evaluate(_TRY, kind) is False, kind
    assert tablet.evaluate("getComputedStyle(document.querySelector('.ballot')).userSelect") == "none"
    assert tablet.evaluate("getComputedStyle(document.documentElement).overscrollBehaviorX") == "none"
    viewport = tablet.locator("meta[name=viewport]").get_attribute("content")
    assert viewport == "width=device-width, initial-scale=1", "pinching makes it larger"
    # The tablet falls asleep or another app comes before the page: what she marked is not seen by who wakes it.
    tablet.evaluate("""() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }""")
    heading(tablet, IDLE)
    assert "Bo Bach" not in tablet.content()
    # This server has no program to keep: the tablet works without, and says so to the staff alone.
    summary = tablet.locator("details.staff summary")
    expect(summary).to_have_text("Til personalet: tabletten er ikke helt klar")
    summary.click()
    expect(tablet.locator("details.staff")).to_contain_text("Tabletten kan ikke gemme stemmeboksen.")
    expect(tablet.locator("details.staff")).to_contain_text("Stemmeboksens program: kan ikke regnes efter her.")
    check_page(tablet, (1024, 768))
    tablet.get_by_role("button", name="Fuld skærm").click()
    wait_for(lambda: tablet.evaluate("document.fullscreenElement === document.documentElement"))
    expect(tablet.get_by_role("button", name="Fuld skærm")).to_have_count(0)
    tablet.get_by_role("button", name="Dansk").click()
    expect(tablet.locator("details.staff")).to_be_hidden()


def test_the_code_is_typed_on_keys_of_the_page(browser: Browser, played: PlayedServer) -> None:
    """Where the tablet is touched, large keys with the signs of the code and no others come with the field, and its own stay away."""
    context = browser.new_context(viewport={"width": NARROW[0], "height": NARROW[1]}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(played.url)
    page.get_by_role("button", name="Dansk").click()
    field, keys = page.locator("#code"), page.locator(".keys")
    expect(keys).to_be_hidden()
    field.tap()
    expect(field).to_have_attribute("inputmode", "none")
    expect(keys.locator(".key:not(.wide)")).to_have_count(58)
    check_page(page, NARROW)
    for sign in ("4", "H", "h", "s"):
        keys.get_by_text(sign, exact=True).tap()
    keys.get_by_text("h", exact=True).press("ArrowRight")
    page.keyboard.press("Enter")
    expect(field).to_have_value("4Hhsi")
    keys.get_by_role("button", name="Slet").tap()
    field.evaluate("one => one.setSelectionRange(1, 2)")
    keys.get_by_role("button", name="Slet").tap()
    expect(field).to_have_value("4hs")
    for sign in SLIP.replace("-", "")[3:]:
        keys.get_by_text(sign, exact=True).tap()
    page.get_by_role("button", name="Skjul tasterne").tap()
    expect(field).not_to_have_attribute("inputmode", "none")
    page.get_by_role("button", name="Vis taster på skærmen").tap()
    keys.get_by_role("button", name="Fortsæt").tap()
    expect(page.locator("h1")).to_have_text("Sæt dit kryds")
    context.close()


def test_no_page_frames_the_booth(browser: Browser, booth: RealBooth) -> None:
    """In a frame of another page of the same site the browser shows nothing of the booth, kept or not."""
    context = browser.new_context()
    booth.admit(context)
    page = context.new_page()
    page.goto(booth.url)
    heading(page, IDLE)
    wait_until_kept(page)
    framing = f'<!doctype html><title>x</title><iframe src="{booth.url}"></iframe>'.encode()

    def elsewhere(_environ, start_response):
        start_response("200 OK", [("content-type", "text/html")])
        return [framing]

    with serving(elsewhere) as other:
        page.goto(other)
        (frame,) = page.main_frame.child_frames
        frame.wait_for_load_state()
        assert frame.locator("#booth").count() == 0
        assert frame.url.startswith("chrome-error:")
    context.close()
