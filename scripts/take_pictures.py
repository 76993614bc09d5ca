"""Take the pictures of the manual: a rehearsal is served, devices join, and a browser goes where people will go.

Run with `make pictures`. Those of the manual are written anew into docs/manual/pictures; every screen of the booth, in two
languages, is pictured by booth_pictures.py, and what comes after the close of the poll by after_pictures.py.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import after_pictures
import booth_pictures
import public_pictures
from playwright.sync_api import sync_playwright
from small_pictures import index_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "manual" / "pictures"
OFFICE, BOOTH = "127.0.0.1:8190", "127.0.0.1:8191"
SLUG = "proev-selv"
PASSWORD = "en lang og god sætning"  # noqa: S105 - of a rehearsal that is gone a minute later
PATIENCE_SECONDS = 300
DESK, TABLET, LAPTOP = (1100, 760), (1024, 768), (1180, 860)


@dataclass(frozen=True, slots=True)
class House:
    """A rehearsal that is being served: passwords by login, links by device, CPR numbers of voters."""

    passwords: dict[str, str]
    links: dict[str, str]
    voters: tuple[str, ...]
    slip: str


@contextmanager
def serve() -> Iterator[House]:
    """Hold a rehearsal in a folder of its own and serve it until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.txt"
        table = Path(folder) / "table"
        command = [sys.executable, "-m", "votingapp", "rehearse", "--out", str(table)]
        with told.open("w") as stream:
            server = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                [*command, "--office-bind", OFFICE, "--booth-bind", BOOTH], stdout=stream, stderr=subprocess.STDOUT
            )
        try:
            yield _read(_wait(told, server), table)
        finally:
            server.terminate()
            server.wait()


def _wait(told: Path, server: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        text = told.read_text(encoding="utf-8")
        if "Each link works once" in text:
            time.sleep(5)  # until both apps listen
            return text
        time.sleep(1)
    raise SystemExit("the rehearsal did not begin: " + told.read_text(encoding="utf-8")[-500:])


def _read(text: str, table: Path) -> House:
    voters = (table / "open" / "voters.txt").read_text(encoding="utf-8").splitlines()
    return House(
        passwords=dict(re.findall(r"(?m)^  (\w+) +([a-z0-9-]{19}) ", text)),
        links=dict(re.findall(r"(?m)^  ((?:Bord|Stemmeboks) \d) +(http\S+)", text)),
        voters=tuple(line.split("; ")[2] for line in voters),
        slip=public_pictures.slip_of(table / "open" / "slips.pdf"),
    )


class Photographer:
    """One browser that takes pictures of pages as people see them."""

    def __init__(self, browser: Browser, house: House) -> None:
        self._browser = browser
        self._house = house

    def sit_down(self, size: tuple[int, int], login: str, device: str = "") -> Page:
        """A page of an official, at a device where one is named."""
        width, height = size
        page = self._context(width, height).new_page()
        if device:
            self.join(page, device)
        page.goto(f"http://{OFFICE}/sign-in")
        page.get_by_label("Brugernavn").fill(login)
        page.get_by_label("Adgangskode").fill(self._house.passwords[login])
        page.keyboard.press("Enter")
        page.wait_for_url("**/password")
        for label in ("Ny adgangskode", "Ny adgangskode igen"):
            page.get_by_label(label, exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Gem adgangskoden").click()
        page.wait_for_url(lambda address: "password" not in address)
        return page

    def join(self, page: Page, device: str) -> None:
        """Let the page's browser become a device."""
        page.goto(self._house.links[device])
        page.get_by_role("button").filter(has_text="Tilslut").first.click()
        page.wait_for_url(lambda address: "/join" not in address)

    def stand_at_a_tablet(self) -> Page:
        """A page in a browser that nobody signs in with."""
        return self._context(*TABLET).new_page()

    def _context(self, width: int, height: int) -> BrowserContext:
        return self._browser.new_context(viewport={"width": width, "height": height}, locale="da-DK")


def office(path: str) -> str:
    """An address of the election that is open."""
    return f"http://{OFFICE}/{SLUG}/{path}"


def take(page: Page, name: str, *, whole: bool = False) -> None:
    """Write one picture."""
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)


def of_the_set_up(photographer: Photographer) -> None:
    """What the secretariat sees before the evening."""
    page = photographer.sit_down(LAPTOP, "sekretariat")
    page.goto(office("setup"))
    take(page, "setup")
    page.goto(office("devices"))
    take(page, "devices")


def of_the_desk(photographer: Photographer, house: House) -> None:
    """What an official sees at a desk: the search, the declaration, the answer, and a line that is cut."""
    page = photographer.sit_down(DESK, "bord1", "Bord 1")
    page.goto(office("checkin/"))
    take(page, "desk-search")
    find(page, house.voters[0])
    take(page, "desk-found")
    page.locator("summary[lang=ar]").click()
    take(page, "desk-declaration-ar")
    page.keyboard.press("Escape")
    page.get_by_label("Vælgeren har sagt ja til erklæringen.").check()
    page.get_by_role("button", name="Luk vælgeren ind").click()
    page.locator(".answer").first.wait_for()
    take(page, "desk-green")
    other = photographer.sit_down(DESK, "bord2", "Bord 2")
    find(other, house.voters[0])
    take(other, "desk-red")
    page.goto(office("checkin/"))
    page.context.set_offline(offline=True)
    page.wait_for_timeout(6000)
    take(page, "desk-offline")
    page.context.set_offline(offline=False)
    page.goto(office("slips/exchange"))
    take(page, "slip-exchange")


def find(page: Page, number: str) -> None:
    """Look a voter up, as by a scanner."""
    page.goto(office("checkin/"))
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def of_the_board(photographer: Photographer) -> None:
    """What the board sees in the course of the evening."""
    page = photographer.sit_down(LAPTOP, "formand")
    for name, path in {
        "station": "station",
        "account": "slips/account",
        "closing": "poll/closing",
        "opening": "poll/opening",
    }.items():
        page.goto(office(path))
        take(page, name)


def of_the_booth(photographer: Photographer) -> None:
    """What a voter sees first, and a tablet that has not joined."""
    page = photographer.stand_at_a_tablet()
    page.goto(f"http://{BOOTH}/")
    take(page, "booth-not-joined")
    photographer.join(page, "Stemmeboks 1")
    page.goto(f"http://{BOOTH}/{SLUG}/")
    page.get_by_role("heading", name="Vælg dit sprog").wait_for()
    take(page, "booth-languages")
    page.get_by_role("button", name="Dansk").click()
    page.get_by_label("Koden på stemmesedlen").wait_for()
    take(page, "booth-start")


def of_whoever_checks(photographer: Photographer, browser: Browser, house: House) -> None:
    """What anybody sees who does not believe us."""
    tablet = photographer.stand_at_a_tablet()
    photographer.join(tablet, "Stemmeboks 2")
    opened = public_pictures.challenge(tablet, f"http://{BOOTH}/{SLUG}/", house.slip)
    public_pictures.take_all(browser, f"http://{OFFICE}", SLUG, opened)


def write_index() -> None:
    """Show the screens that are pictured in two languages beside each other."""
    parts = (
        "# Alle skærme\n\nTaget af `make pictures`, på dansk og på arabisk.\n",
        index_of(booth_pictures.PICTURES, "Stemmeboksen"),
        index_of(public_pictures.PICTURES, "Siderne, hvor alle kan kontrollere valget"),
        index_of(after_pictures.PICTURES, "Efter valget: resultat, medlemmer, klager og et annulleret valg"),
    )
    (ROOT / "docs" / "screens.md").write_text("\n".join(parts), encoding="utf-8")


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(exist_ok=True)
    with serve() as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        photographer = Photographer(browser, house)
        of_the_set_up(photographer)
        of_the_desk(photographer, house)
        of_the_board(photographer)
        of_the_booth(photographer)
        of_whoever_checks(photographer, browser, house)
        booth_pictures.take_all(browser)
        browser.close()
    after_pictures.main()
    write_index()


if __name__ == "__main__":
    main()
