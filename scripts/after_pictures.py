"""Pictures of what comes after the close of the poll, and of the key ceremony before it: an election is lived through.

Part of `make pictures`, and run by itself with `python scripts/after_pictures.py`. The pages of officials go into the
manual, in Danish; those that anybody reads into docs/screens/after, as `<language>-<screen>.png`, in Danish and Arabic.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import after_election
import after_term
from after_house import ANNULLED, PASSWORD, annul, house
from playwright.sync_api import sync_playwright
from public_pictures import DESK, LANGUAGES, PHONE
from small_pictures import write_small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from after_election import Lived
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "docs" / "manual" / "pictures"
PICTURES = ROOT / "docs" / "screens" / "after"
LAPTOP = (1180, 860)
PATIENCE_MILLISECONDS = 120_000
DANISH_DAYS = """document.querySelectorAll("input[type=date], input[type=datetime-local]").forEach(one => {
  one.placeholder = one.type === "date" ? "dd.mm.åååå" : "dd.mm.åååå --.--";
  one.type = "text";
})"""
"""An empty field for a day as a Danish browser shows it: the one that takes pictures may speak English alone."""


@dataclass(frozen=True, slots=True)
class Photographer:
    """One browser that takes pictures of pages as people see them."""

    browser: Browser
    office: str

    @contextmanager
    def signed_in(self, login: str) -> Iterator[Page]:
        """A page of an official at a laptop."""
        context = self._context(LAPTOP, "da-DK")
        page = context.new_page()
        page.goto(f"{self.office}/sign-in")
        page.get_by_label("Brugernavn").fill(login)
        page.get_by_label("Adgangskode").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "sign-in" not in address)
        yield page
        context.close()

    def desk(self, login: str, *shots: tuple[str, str, str]) -> None:
        """Pictures of pages of the election: name, path, and the heading that is at the top ("" for the page's beginning)."""
        with self.signed_in(login) as page:
            for name, path, heading in shots:
                page.goto(f"{self.office}/{after_election.SLUG}/{path}")
                take(page, name, heading)

    def everybody(self, *shots: tuple[str, str, tuple[int, int]]) -> None:
        """Public pages as a whole, in each language: name, path with its slug, size of the screen."""
        for language, locale in LANGUAGES.items():
            for name, path, size in shots:
                context = self._context(size, locale)
                page = context.new_page()
                page.goto(f"{self.office}/{path}?lang={language}")
                page.evaluate("document.fonts.ready")
                write_small(page.screenshot(full_page=True), PICTURES / f"{language}-{name}.png")
                context.close()

    def _context(self, size: tuple[int, int], locale: str) -> BrowserContext:
        width, height = size
        return self.browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, reduced_motion="reduce"
        )


def take(page: Page, name: str, heading: str = "") -> None:
    """Write one picture of the manual."""
    page.evaluate("document.fonts.ready")
    page.evaluate(DANISH_DAYS)
    if heading:
        page.locator("h2, h3", has_text=heading).first.evaluate("one => one.scrollIntoView()")
    page.mouse.move(0, 0)
    write_small(page.screenshot(animations="disabled"), MANUAL / f"{name}.png")


def of_the_ceremony(photographer: Photographer, lived: Lived) -> None:
    """Who is waited for, what a holder compares first, and how she tries her sheet. Of a sheet itself no picture is taken."""
    photographer.desk("naestformand", ("ceremony", "ceremony", ""))
    with photographer.signed_in("medlem") as page:
        page.goto(f"{photographer.office}/{after_election.SLUG}/ceremony/key")
        page.locator("#agreement-fits").wait_for()
        take(page, "ceremony-compare")
    after_election.make_key(lived)
    with photographer.signed_in("medlem") as page:
        page.goto(f"{photographer.office}/{after_election.SLUG}/ceremony/trial")
        page.locator("#ask-sheet").wait_for()
        take(page, "ceremony-trial")


def of_the_count(photographer: Photographer, lived: Lived) -> None:
    """From the sum that no one has opened to the audit of the papers."""
    after_election.vote(lived)
    after_election.add_up(lived)
    with photographer.signed_in("medlem") as page:
        page.goto(f"{photographer.office}/{after_election.SLUG}/count/decryption")
        page.locator("#checked").wait_for(timeout=PATIENCE_MILLISECONDS)
        take(page, "decryption")
    after_election.open_urn(lived)
    photographer.desk("formand", ("result", "count", "3. Resultatet"), ("lot", "count", "Der skal trækkes lod"))
    after_election.announce_dice(lived)
    photographer.desk("formand", ("lot-dice", "count", "Der skal trækkes lod"))
    after_election.roll_dice(lived)
    after_election.announce_audit(lived)
    after_election.read_papers(lived, 12)
    photographer.desk("formand", ("audit", "audit", ""), ("audit-reading", "audit/reading", ""))
    after_election.read_papers(lived)


def of_the_record(photographer: Photographer, lived: Lived) -> None:
    """What is missing, and who has signed."""
    photographer.desk("formand", ("record", "record", "Erklær nu"))
    version = after_term.draw_up(lived)
    photographer.desk("medlem", ("record-signing", "record", ""))
    after_term.sign(lived, version)


def of_the_secretariat(photographer: Photographer, lived: Lived) -> None:
    """Complaints, and what goes to the byråd and comes back."""
    lived.go_to(date(2025, 12, 3))
    complaints = after_term.complain(lived)
    photographer.desk(
        "sekretariat",
        ("complaints", "secretariat/complaints", ""),
        ("complaint", f"secretariat/complaints/{complaints[0]}", ""),
    )
    photographer.everybody(("complaints", f"{after_election.SLUG}/timetable", PHONE))
    after_term.compose(lived)
    lived.go_to(after_term.MEETING.met_on, 22)
    after_term.decide(lived, complaints)
    photographer.desk(
        "sekretariat",
        ("council", "council", ""),
        ("council-item", "council/item", ""),
        ("council-ruling", "council/ruling", ""),
    )
    after_term.rule(lived)


def of_the_term(photographer: Photographer, lived: Lived) -> None:
    """A member goes, another comes, and at last what is known of people is deleted."""
    lived.go_to(date(2026, 3, 4))
    vacancy = after_term.leave(lived)
    photographer.desk(
        "sekretariat",
        ("members", "secretariat/members", ""),
        ("member-case", f"secretariat/members/cases/{vacancy}", ""),
    )
    lived.go_to(date(2026, 3, 13))
    after_term.enter(lived, vacancy)
    photographer.everybody(
        ("result", f"{after_election.SLUG}/result", PHONE),
        ("result-desk", f"{after_election.SLUG}/result", DESK),
        ("members", f"{after_election.SLUG}/members", PHONE),
        ("members-desk", f"{after_election.SLUG}/members", DESK),
    )
    photographer.desk("sekretariat", ("deletion", "secretariat/deletion", "Slet"))
    after_term.delete(lived)
    photographer.desk("sekretariat", ("deletion-done", "secretariat/deletion", ""))


def main() -> None:
    """Take them all."""
    for folder in (MANUAL, PICTURES):
        folder.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    with house() as (store, clock, staff, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        photographer = Photographer(browser, address)
        annul(store, clock, staff)
        photographer.everybody(("annulled", f"{ANNULLED}/", PHONE), ("annulled-result", f"{ANNULLED}/result", PHONE))
        lived = after_election.nominate(store, clock, staff)
        of_the_ceremony(photographer, lived)
        of_the_count(photographer, lived)
        of_the_record(photographer, lived)
        of_the_secretariat(photographer, lived)
        of_the_term(photographer, lived)
        browser.close()


if __name__ == "__main__":
    main()
