"""A desk and a booth of a served house in a real browser, and what lies in its database meanwhile."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from joined import enter_as
from playwright.sync_api import expect

from ballots.protocol.hashing import digest_base64
from votingapp.store.devices import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from polling import Poll

PATIENCE_SECONDS = 60
ON_ITS_WAY_SECONDS = 2
"""How long what was sent takes to the house at the most, while nobody there answers it."""

PASSWORD = "en lang og god sætning"
GREEN = "Giv vælgeren lov til at trække en stemmeseddel"
CUT = "Ingen forbindelse. Her gemmes intet."
UNSURE = "Det er uvist, om den sidste vælger"
ADMIT = "Luk vælgeren ind"
UNCONFIRMED, RECEIPT, START = "Stemmen er ikke bekræftet endnu", "Din stemme er afgivet", "Vælg dit sprog"


@dataclass(frozen=True, slots=True)
class Evening:
    """An open poll of a house on SQLite, an official, and the tokens of devices that have joined."""

    home: Path
    poll: Poll
    login: str
    desk: str
    booth: str
    other_booth: str

    def seat(self, browser: Browser, address: str) -> Page:
        """Sit down at the desk."""
        context = browser.new_context(base_url=address, locale="da-DK")
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        enter_as(context, address, Kind.DESK, self.desk)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Brugernavn").fill(self.login)
        page.get_by_label("Adgangskode").fill(PASSWORD)
        page.get_by_role("button", name="Log ind").click()
        page.wait_for_url(re.compile("(?!.*sign-in)"))
        page.goto(f"/{self.poll.election.slug}/checkin/")
        return page

    def open_booth(self, browser: Browser, address: str, token: str | None = None, *, script: str = "") -> Page:
        """Switch a tablet on; `script` runs in it before its own program."""
        context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="da-DK")
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        enter_as(context, address, Kind.BOOTH, token or self.booth)
        page = context.new_page()
        page.add_init_script(script)
        page.goto(f"{address}/{self.poll.election.slug}/")
        at(page, START)
        return page

    def admissions(self) -> int:
        """How many have been admitted."""
        return len(self._rows("SELECT person_id FROM admission"))

    def receipts(self) -> list[str]:
        """The receipts of the ballots in the urn."""
        return sorted(digest_base64(body) for (body,) in self._rows("SELECT body FROM ballot"))

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """Let nobody write for a while, so that whatever is sent waits in the house, and its answer with it."""
        connection = sqlite3.connect(self.home / "election.db", isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield
        finally:
            connection.close()

    def _rows(self, query: str) -> list[tuple]:
        connection = sqlite3.connect(self.home / "election.db")
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


def wait_for(holds: Callable[[], bool]) -> float:
    """Wait until something holds, and say how many seconds that took."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < PATIENCE_SECONDS, "it never came to that"
        time.sleep(0.05)
    return time.monotonic() - begun


def find(page: Page, cpr: str) -> None:
    """Find a voter by her number, once the desk is in line again, and let her declare."""
    expect(page.get_by_role("button", name="Find", exact=True)).to_be_enabled(timeout=PATIENCE_SECONDS * 1000)
    page.get_by_label("Scan kort, eller skriv navn").fill(cpr)
    page.get_by_label("Scan kort, eller skriv navn").press("Enter")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()


def admit(page: Page) -> None:
    """Press, and read the answer."""
    page.get_by_role("button", name=ADMIT, exact=True).click()
    expect(page.get_by_role("alert").filter(has_text=GREEN)).to_be_visible(timeout=PATIENCE_SECONDS * 1000)


def show_slip(page: Page, slip: str) -> None:
    """Choose Danish where the tablet waits, and type the slip's code."""
    waiting = page.locator(".screen .language[lang=da]")
    if waiting.is_visible():
        waiting.click()
    page.locator("#code").fill(slip)
    page.locator("#code").press("Enter")


def choose(page: Page, slip: str, candidate: str) -> None:
    """Come as far as a locked vote."""
    show_slip(page, slip)
    page.get_by_label(candidate).check()
    for way_on in ("Fortsæt", "Ja, det er rigtigt"):
        page.get_by_role("button", name=way_on).click()


def cast(page: Page) -> None:
    """Hand the ballot in."""
    page.get_by_role("button", name="Afgiv min stemme").click()


def at(page: Page, heading: str) -> None:
    """The tablet has come to a screen."""
    expect(page.locator("h1")).to_have_text(heading, timeout=PATIENCE_SECONDS * 1000)


def receipt(page: Page) -> str:
    """The receipt on the tablet."""
    at(page, RECEIPT)
    return re.sub(r"\s", "", page.locator(".receipt").inner_text())
