"""The slip of the first login in real browsers, behind the real headers: scanned, typed without a script, and not taken for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_a_thread import serving
from playwright.sync_api import expect

from votingapp.documents.first_sign_in import sign_in_link
from votingapp.store import staff
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CODE = "abcd-efgh-ijkm-npqr"
OWN = "min egen gode sætning"
SIZES = ((320, 640), (1024, 768))


@pytest.fixture
def address(office, store, found_election, add_staff) -> Iterator[str]:
    """A house in which Birgit has got a slip, and Anna has not."""
    election = found_election(store)
    add_staff(store, election, "anna", Role.SECRETARIAT)
    birgit = store.write(lambda work: staff.add(work, "test", "birgit.lund", "Birgit Lund", CODE, may_found=False))
    store.write(lambda work: staff.appoint(work, "test", election.id, birgit.id, Role.OBSERVER))
    with serving(office) as url:
        yield url


def look_over(page: Page) -> None:
    """Nothing for axe to object to and nothing wider than the screen, at either size."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_scanned_slip_signs_in_with_one_press(browser, address, scheme):
    """Login and code go from the address into the form and out of the address bar, and no request but the form bears the code."""
    context = browser.new_context(locale="da-DK", color_scheme=scheme)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - a bound method of a list has no name for the library
    page.on("console", lambda message: said.append(message.text))
    page.goto(sign_in_link(address, "birgit.lund", CODE))
    expect(page.get_by_label("Brugernavn")).to_have_value("birgit.lund")
    expect(page.get_by_label("Adgangskode")).to_have_value(CODE)
    expect(page.get_by_role("status")).to_contain_text("Se efter, at det er dit brugernavn")
    expect(page.get_by_role("main").get_by_role("button", name="Log ind")).to_be_focused()
    assert page.url == f"{address}/sign-in"
    look_over(page)
    assert [request.method for request in asked if request.is_navigation_request()] == ["GET"]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Skift adgangskode")
    look_over(page)
    page.get_by_label("Ny adgangskode", exact=True).fill(OWN)
    page.get_by_label("Ny adgangskode igen").fill(OWN)
    page.keyboard.press("Enter")
    expect(page.locator("main .notice").first).to_contain_text("Adgangskoden er ændret.")
    assert not [one for one in asked if CODE in one.url or CODE in str(one.headers)]
    assert [one.method for one in asked if CODE in (one.post_data or "")] == ["POST"]
    assert said == []
    context.close()


def test_the_code_is_not_in_the_history(browser, address):
    """Whoever goes back on a shared device finds an empty form and no code in the address."""
    context = browser.new_context(locale="da-DK")
    page = context.new_page()
    page.goto(f"{address}/")
    page.goto(sign_in_link(address, "birgit.lund", CODE))
    expect(page.get_by_label("Brugernavn")).to_have_value("birgit.lund")
    page.goto(f"{address}/")
    page.go_back()
    assert page.url == f"{address}/sign-in"
    expect(page.get_by_label("Adgangskode")).to_have_value("")
    context.close()


def test_where_one_was_going_is_kept(browser, address):
    """The way on stays in the address when the rest of it goes."""
    context = browser.new_context(locale="da-DK")
    page = context.new_page()
    page.goto(f"{address}/sign-in?next=/koege-2021/log#birgit.lund:{CODE}")
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
    page.get_by_label("Ny adgangskode", exact=True).fill(OWN)
    page.get_by_label("Ny adgangskode igen").fill(OWN)
    page.get_by_role("button", name="Gem adgangskoden").click()
    page.wait_for_url(f"{address}/koege-2021/log")
    context.close()


def test_nobody_is_signed_in_by_a_link(browser, address):
    """A link to another's account signs nobody out or in: it fills in a form, which shows whose login it is."""
    context = browser.new_context(locale="da-DK")
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("Brugernavn").fill("anna")
    page.get_by_label("Adgangskode").fill("en lang og god sætning")
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("banner")).to_contain_text("Anna")
    page.goto(sign_in_link(address, "birgit.lund", CODE))
    expect(page.get_by_label("Brugernavn")).to_be_visible()
    expect(page.get_by_label("Brugernavn")).to_have_value("birgit.lund")
    page.goto(f"{address}/")
    expect(page.get_by_role("banner")).to_contain_text("Anna")
    context.close()


@pytest.mark.parametrize("fragment", ["main", f"birgit:{CODE}x", "birgit:en lang og god sætning", f"<b>:{CODE}", ""])
def test_what_is_no_slip_fills_in_nothing(browser, address, fragment):
    """The form stays empty and says nothing of a slip."""
    page = browser.new_page()
    page.goto(f"{address}/sign-in#{fragment}")
    page.wait_for_load_state("networkidle")
    assert page.locator("input[name=login]").input_value() == ""
    assert page.locator("input[name=password]").input_value() == ""
    expect(page.locator("#from-slip")).to_be_hidden()
    page.close()


def test_without_a_script_login_and_code_are_typed(browser, address):
    """The slip has both in letters, and the page works as it always did."""
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    expect(page.locator("#from-slip")).to_be_hidden()
    page.get_by_label("Brugernavn").fill("birgit.lund")
    page.get_by_label("Adgangskode").fill(CODE)
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
    expect(page.locator("h1")).to_have_text("Skift adgangskode")
    context.close()
