"""A real browser that sits at a desk, types as a hand scanner does, and writes down what it was asked to sound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from joined import enter_as
from sqlalchemy import func, select

from votingapp.store.devices import Kind
from votingapp.store.tables.admissions import admission

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from polling import Poll
    from served_office import Served

    from votingapp.store.unit_of_work import Store

SIGNE, LUKASZ = "Signe Sørensen", "Łukasz Öztürk-Ærø"
PASSWORD = "en lang og god sætning"
GREEN = "Giv vælgeren lov til at trække en stemmeseddel"
FIELD = "Scan kort, eller skriv navn"

_CURSOR_STANDS = "!document.querySelector('main [autofocus]') || document.activeElement !== document.body"

# What the loudspeaker was asked to play: pitches in order, and whether it could be heard.
_LISTEN = """
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


def sit(served: Served, browser: Browser, token: str, poll: Poll, **options: object) -> AtDesk:
    """Let Bente sit down at the device with this token; `options` are the browser's."""
    context = browser.new_context(base_url=served.address, locale="da-DK", **options)
    enter_as(context, served.address, Kind.DESK, token)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Brugernavn").fill("bente")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(re.compile("(?!.*sign-in)"))
    page.add_init_script(_LISTEN)
    page.goto(f"/{poll.election.slug}/checkin/")
    return AtDesk(page, served.address, f"/{poll.election.slug}/checkin/")


def scan(page: Page, text: str) -> None:
    """Scan as an official does, who looks first: once the page has put the cursor where it wants it."""
    page.wait_for_function(_CURSOR_STANDS)
    scan_blindly(page, text)


def scan_blindly(page: Page, text: str) -> None:
    """Type as a hand scanner does: quickly, into whatever has the cursor or into nothing, and Enter at the end."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def admissions_in(store: Store) -> int:
    """How many have been admitted."""
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(admission)).scalar_one()
