"""What a voter does on a tablet, for tests of the booth's pages in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

SLIP = "4hsnJ-qpRGdg-JQzwf-bjfSRk"
NARROW, WIDE = (320, 568), (1180, 820)


def heading(page: Page, text: str) -> None:
    """The page has this one heading, and it has the focus."""
    expect(page.locator("h1")).to_have_text(text)
    expect(page.locator("h1")).to_be_focused()


def give_slip(page: Page, code: str = SLIP) -> None:
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")


def begin(page: Page, language: str = "Dansk") -> None:
    """On the screen on which a tablet waits: choose a language, by its own name."""
    page.locator(".screen .language").filter(has_text=re.compile(rf"^{language}")).click()


def change_language(page: Page, language: str) -> None:
    """On any later screen: open the languages and choose another."""
    page.locator(".tool").first.click()
    page.get_by_role("dialog").get_by_role("button", name=language, exact=True).click()


def choose(page: Page, url: str, name: str = "Bo Bach") -> None:
    """Come as far as the ballot paper and mark one candidate."""
    page.goto(url)
    begin(page)
    give_slip(page)
    page.get_by_label(name).check()


def confirm(page: Page) -> None:
    """From the ballot paper to the code: look at the choice, and say that it is right."""
    page.get_by_role("button", name="Fortsæt", exact=True).click()
    page.get_by_role("button", name="Ja, det er rigtigt").click()


def cast(page: Page) -> None:
    """From the ballot paper to the urn."""
    confirm(page)
    page.get_by_role("button", name="Afgiv min stemme").click()


def check_page(page: Page, size: tuple[int, int]) -> None:
    """One h1, nothing for axe to object to, nothing wider than the screen, nothing too small to hit."""
    expect(page.locator("h1")).to_have_count(1)
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for target in page.locator("button:visible, summary:visible, input[type=text]:visible, .choice:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 48
