"""Pictures of the pages by which anybody checks an election, in Danish and in Arabic, of a rehearsal that is being served.

Part of `make pictures`; written anew into docs/screens/public, as `<language>-<screen>.png`. A tablet commits itself
and opens a ballot as for any voter, so that the check page has something to check.
"""

from __future__ import annotations

import io
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import zxingcpp
from PIL import Image
from small_pictures import write_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

PICTURES = Path(__file__).parent.parent / "docs" / "screens" / "public"
LANGUAGES = {"da": "da-DK", "ar": "ar"}
PHONE, DESK, HALL = (390, 844), (1180, 860), (1280, 720)
PATIENCE_MILLISECONDS = 60_000
"""For a check of a whole election."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a phone read from a tablet: the commitment before the ballot was handed in, and the opening after it."""

    commitment: str
    opening: str


def slip_of(pdf: Path) -> str:
    """The code of one slip, read from the printed sheet as a tablet's camera would."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[0].render(scale=3).to_pil().convert("RGB")
    return str(zxingcpp.read_barcodes(sheet)[0].text)


def challenge(tablet: Page, booth: str, slip: str) -> Opened:
    """Stand at a tablet that has joined, choose one, and have the ballot opened."""
    tablet.goto(booth)
    tablet.locator(".screen .language[lang=da]").click()
    tablet.locator("#code").fill(slip)
    tablet.keyboard.press("Enter")
    tablet.locator(".ballot input").first.check()
    tablet.locator(".foot .primary").click()
    another, right = (tablet.get_by_role("button", name=name) for name in ("Fortsæt med dem", "Ja, det er rigtigt"))
    another.or_(right).first.wait_for()
    if another.is_visible():
        another.click()
    right.click()
    commitment = _scanned(tablet, ".commitment .qr")
    tablet.locator(".challenge button").click()
    return Opened(commitment, _scanned(tablet, ".opening-code .qr"))


def _scanned(page: Page, square: str) -> str:
    page.locator(square).wait_for()
    picture = Image.open(io.BytesIO(page.locator(square).screenshot()))
    return str(zxingcpp.read_barcodes(picture)[0].text).partition("#")[2]


class Reader:
    """Somebody who reads the public pages in one language, on a phone or at a desk."""

    def __init__(self, browser: Browser, office: str, language: str) -> None:
        self._browser = browser
        self._office = office
        self._language = language

    def open(self, size: tuple[int, int], path: str) -> Page:
        """A page of the office, in this language."""
        page = self._context(size).new_page()
        page.goto(f"{self._office}/{path}?lang={self._language}")
        return page

    def take(self, page: Page, name: str, *, whole: bool = False) -> None:
        """Picture it as it stands, and put it away."""
        page.evaluate("document.fonts.ready")
        page.mouse.move(0, 0)
        shot = page.screenshot(animations="disabled", full_page=whole)
        write_small(shot, PICTURES / f"{self._language}-{name}.png")

    def read(self, counted: str, running: str) -> None:
        """The pages on which nothing is pressed."""
        for name, size, path in (
            ("trust", PHONE, f"{running}/trust"),
            ("openness", DESK, f"{counted}/openness"),
            ("hall-open", HALL, f"{running}/hall"),
            ("hall-counted", HALL, f"{counted}/hall"),
        ):
            self.take(self.open(size, path), name, whole=size != HALL)

    def find_a_receipt(self, counted: str) -> None:
        """One that lies in the urn, and one that nobody was given."""
        page = self.open(PHONE, f"{counted}/receipt")
        listed = page.request.get(f"{self._office}/{counted}/receipts.txt").text()
        receipt = re.findall(r"(?m)^[0-9A-Za-z+/]{43}", listed)[0]
        for name, code in (("receipt-found", receipt), ("receipt-missing", "A" * 43)):
            page.locator("#receipt").fill(code)
            page.keyboard.press("Enter")
            page.locator(f"[data-said={name.removeprefix('receipt-')}]").wait_for()
            self.take(page, name, whole=True)

    def check_the_tablet(self, running: str, opened: Opened) -> None:
        """By typing, as where a phone has no camera."""
        page = self.open(PHONE, f"{running}/check")
        field = page.locator("#code-text")
        page.wait_for_load_state("networkidle")  # until the page knows its election
        self.take(page, "check", whole=True)
        for name, code, wanted in (
            ("check-code", opened.commitment, ".checker .good"),
            ("check-opened", opened.opening, ".sealed-names"),
        ):
            field.fill(code)
            page.locator(".field", has=field).locator("button").first.click()
            page.locator(wanted).wait_for()
            self.take(page, name, whole=True)

    def check_everything(self, counted: str) -> None:
        """In the browser, and from the saved file with the network off."""
        page = self.open(DESK, f"{counted}/verify")
        start = page.locator(".checker button").first
        start.wait_for()
        self.take(page, "verify", whole=True)
        start.click()
        page.locator(".verdict").wait_for(timeout=PATIENCE_MILLISECONDS)
        self.take(page, "verify-done", whole=True)
        with tempfile.TemporaryDirectory() as folder:
            for path in ("checker.html", "election.bel"):
                (Path(folder) / path).write_bytes(page.request.get(f"{self._office}/{counted}/{path}").body())
            alone = self._context(DESK).new_page()
            alone.context.set_offline(offline=True)
            alone.goto((Path(folder) / "checker.html").as_uri())
            alone.locator("input[type=file]").set_input_files(Path(folder) / "election.bel")
            alone.locator(".field", has=alone.locator("input[type=file]")).locator("button").click()
            alone.locator(".verdict").wait_for(timeout=PATIENCE_MILLISECONDS)
            self.take(alone, "saved-checker", whole=True)

    def _context(self, size: tuple[int, int]) -> BrowserContext:
        width, height = size
        return self._browser.new_context(
            viewport={"width": width, "height": height}, locale=LANGUAGES[self._language], reduced_motion="reduce"
        )


def slugs(page: Page, office: str) -> Iterator[str]:
    """The elections that the house's first page names."""
    page.goto(office)
    for link in page.locator("main a[href]").all():
        if found := re.fullmatch(r"/([a-z0-9-]+)/", link.get_attribute("href") or ""):
            yield found[1]


def counted_of(page: Page, office: str) -> str:
    """The election that is over."""
    return next(slug for slug in slugs(page, office) if page.request.get(f"{office}/{slug}/result.json").ok)


def take_all(browser: Browser, office: str, running: str, opened: Opened) -> None:
    """Picture every page in each language; `running` is the election at which `opened` was opened."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    page = browser.new_page()
    counted = counted_of(page, office)
    page.close()
    for language in LANGUAGES:
        reader = Reader(browser, office, language)
        reader.read(counted, running)
        reader.find_a_receipt(counted)
        reader.check_the_tablet(running, opened)
        reader.check_everything(counted)
