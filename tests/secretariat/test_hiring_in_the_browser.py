"""The page that hires everybody, in a real browser: read by everybody, printed from, and pressed twice as some press everything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_a_thread import serving
from playwright.sync_api import expect

from votingapp.store import staff
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SIZES = ((320, 640), (1024, 768))
PASSWORD = "en lang og god sætning"
PRESS = "Tilføj alle, og vis engangskoderne"


@pytest.fixture
def page(office, store, election, add_staff, browser) -> Iterator[Page]:
    """The secretary before the page with everybody who works at the election."""
    add_staff(store, election, "clerk", Role.SECRETARIAT)
    with serving(office) as address:
        context = browser.new_context(locale="da-DK", base_url=address)
        opened = context.new_page()
        opened.goto("/sign-in?next=/koege-2021/secretariat/staff")
        opened.get_by_label("Brugernavn").fill("clerk")
        opened.get_by_label("Adgangskode").fill(PASSWORD)
        opened.get_by_role("main").get_by_role("button", name="Log ind").click()
        expect(opened.locator("h1")).to_have_text("Medarbejdere ved valget")
        yield opened
        context.close()


def look_over(page: Page) -> None:
    """Nothing for axe to object to and nothing wider than the screen, at either size."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_pages_have_no_barrier(page):
    """Empty, with lines that are wrong, and with everybody's codes; what was typed and is right stands there still."""
    look_over(page)
    page.get_by_label("Valgbestyrelse", exact=True).fill("Birgit Lund\nأمينة الخطيب")
    page.get_by_role("button", name=PRESS).click()
    expect(page.get_by_role("alert")).to_contain_text("Linje 2")
    look_over(page)
    field = page.get_by_label("Valgbestyrelse", exact=True)
    field.fill(f"{field.input_value()}, amina")
    page.get_by_role("button", name=PRESS).click()
    expect(page.locator("h1")).to_have_text("Engangskoder til medarbejderne")
    look_over(page)
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Hent sedlerne med engangskoder (PDF)").click()
    assert sheet.value.suggested_filename == "engangskoder.pdf"


def test_a_double_click_leaves_the_codes_on_the_screen(page, store):
    """The browser drops the answer to the first of two presses; the second has the codes that open the accounts."""
    page.get_by_label("Fremmøde", exact=True).fill("Birgit Lund\nEwa Kowalska")
    page.get_by_role("button", name=PRESS).dblclick()
    expect(page.locator("h1")).to_have_text("Engangskoder til medarbejderne")
    codes = re.findall(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", page.get_by_role("table").inner_text())
    with store.reading() as connection:
        assert [one.login for one in staff.everybody(connection)] == ["birgit.lund", "clerk", "ewa.kowalska"]
        for login, code in zip(("birgit.lund", "ewa.kowalska"), codes, strict=True):
            assert staff.check_password(connection, login, code) is not None


def test_a_page_that_is_loaded_again_shows_the_codes_again(page):
    """As the manual says of a page on which something went wrong."""
    page.get_by_label("Fremmøde", exact=True).fill("Birgit Lund")
    page.get_by_role("button", name=PRESS).click()
    shown = page.get_by_role("table").inner_text()
    page.reload()
    assert page.get_by_role("table").inner_text() == shown
