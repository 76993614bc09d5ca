"""Everybody who comes to the town hall brings a browser; whatever it complains about is written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from journey_house import House
    from playwright.sync_api import Browser, ConsoleMessage, Page, Response

OWN_PASSWORD = "en lang sætning om æbler"
PATIENCE_MS = 20_000
TABLET = {"width": 1024, "height": 768}
# An answer of 4xx is part of the story where a person is told why; the browser calls the page itself a resource.
TOLD = "Failed to load resource: the server responded with a status of 4"
TELLING = {"document", "fetch"}


class Sent(NamedTuple):
    """What a tablet sent: the address and the body, empty where there was none."""

    url: str
    body: str


@dataclass
class Town:
    """The people's browsers, what was wrong in any of them, and all that the tablets sent."""

    house: House
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    wire: list[Sent] = field(default_factory=list)

    def visitor(self, browser: Browser | None = None) -> Page:
        """Somebody with a Danish browser, whom the office does not know."""
        return self._page(browser or self.browser, self.house.office)

    def tablet(self, browser: Browser | None = None) -> Page:
        """A tablet in the booth."""
        page = self._page(browser or self.browser, self.house.booth, viewport=TABLET)
        page.on("request", lambda request: self.wire.append(Sent(request.url, request.post_data or "")))
        return page

    def official(self, login: str, one_time_password: str) -> Page:
        """Somebody who signs in for the first time, and so must choose a password of her own."""
        page = self.visitor()
        page.goto("/sign-in")
        _sign_in(page, login, one_time_password)
        page.get_by_role("link", name="Adgangskode").click()
        heading(page, "Skift adgangskode")
        page.get_by_label("Ny adgangskode", exact=True).fill(OWN_PASSWORD)
        page.get_by_label("Ny adgangskode igen").fill(OWN_PASSWORD)
        page.get_by_role("button", name="Gem adgangskoden").click()
        told(page, "Adgangskoden er ændret.")
        return page

    def look_over(self, page: Page) -> None:
        """One heading, and nothing that axe objects to."""
        expect(page.locator("h1")).to_have_count(1)
        for violation in Axe().run(page).response["violations"]:
            self.complaints.append(f"{page.url}: {violation['id']}: {violation['nodes'][0]['html']}")

    def _page(self, browser: Browser, address: str, **options: object) -> Page:
        context = browser.new_context(base_url=address, locale="da-DK", **options)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(page, said))
        page.on("response", lambda answer: self._see(page, answer))
        return page

    def _hear(self, page: Page, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(TOLD):
            self.complaints.append(f"{page.url}: {said.text}")

    def _see(self, page: Page, answer: Response) -> None:
        is_told = answer.status < 500 and answer.request.resource_type in TELLING
        if answer.status >= 400 and not is_told:
            self.complaints.append(f"{page.url}: {answer.status} for {answer.url}")


def heading(page: Page, text: str) -> None:
    """This is the page it should be."""
    expect(page.locator("h1")).to_have_text(text)


def told(page: Page, text: str) -> None:
    """The page says what has been done."""
    expect(page.locator("main .notice").first).to_contain_text(text)


def listed(page: Page, title: str, names: list[str]) -> None:
    """These people, in this order and nobody else, stand in the list under a heading."""
    below = page.get_by_role("heading", name=title, exact=True).locator("xpath=following-sibling::*[1]")
    expect(below.locator("li")).to_contain_text(names)
    expect(below.locator("li")).to_have_count(len(names))


def _sign_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("Brugernavn").fill(login)
    page.get_by_label("Adgangskode").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
