"""The election board's day: make the key, print slips, freeze, open, close, open the sum, draw lots."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey_people import OWN_PASSWORD, told
from journey_secretariat import SLUG
from key_sheets import NO_SHEET, KeySheet, is_refused, make_sheet, show_sheet
from key_sheets import try_key as open_trial
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass
class KeyHolder:
    """A member with her own device, and the sheet that holds her part of the key."""

    name: str
    page: Page
    sheet: KeySheet = NO_SHEET


def begin_ceremony(page: Page, holders: list[KeyHolder]) -> None:
    """The secretariat names the key holders: two of three will be needed."""
    page.goto(f"/{SLUG}/ceremony")
    for holder in holders:
        page.get_by_label(holder.name).check()
    page.get_by_label("Så mange af dem skal være til stede").fill("2")
    page.get_by_role("button", name="Begynd ceremonien").click()
    told(page, "Nøgleceremonien er begyndt.")


def make_own_sheet(holder: KeyHolder) -> None:
    """Choose a passphrase, put the sheet on paper, and try it: first with another passphrase, then rightly."""
    page = holder.page
    page.goto(f"/{SLUG}/ceremony/key")
    holder.sheet = make_sheet(page)
    page.get_by_role("button", name="Jeg har arket på papir").click()
    expect(page.locator("#sheet-signs")).to_be_empty()
    show_sheet(page, holder.sheet.with_passphrase("en helt anden sætning"))
    is_refused(page, "passphrase")
    show_sheet(page, holder.sheet, as_words=True)
    expect(page.locator("#working")).to_be_visible()


def fingerprint(holder: KeyHolder) -> str:
    """What the holder's own screen says of the finished key."""
    expect(holder.page.locator("#done")).to_be_visible()
    return holder.page.locator("#fingerprint").inner_text()


def confirm_setup(holder: KeyHolder) -> str:
    """Have one's own browser hold what is frozen up to the public page, and confirm; answers the hash it found."""
    page = holder.page
    page.goto(f"/{SLUG}/ceremony/confirm")
    expect(page.locator("#setup-fits")).to_be_visible()
    expect(page.locator("#mark-unknown")).to_be_hidden()
    found = page.locator("#found-setup").inner_text()
    page.get_by_role("button", name="Det er det samme: bekræft").click()
    told(page, "Du har bekræftet")
    return found


def try_key(holders: list[KeyHolder]) -> None:
    """These holders open the trial sum with their sheets, as if the others' were lost; all of them see one number."""
    for holder in holders:
        open_trial(holder.page, f"/{SLUG}/ceremony/trial", holder.sheet)
    for holder in holders:
        expect(holder.page.locator("#number")).to_have_text(re.compile(r"^[1-9]\d{3}$"))
    assert len({holder.page.locator("#number").inner_text() for holder in holders}) == 1


def print_slips(page: Page, number: int) -> bytes:
    """Print slips; the PDF is in the board's hands and nowhere else."""
    page.goto(f"/{SLUG}/slips")
    page.get_by_label("Antal stemmesedler").fill(str(number))
    with page.expect_download() as download:
        page.get_by_role("button", name="Lav stemmesedler (PDF)").click()
    return download.value.path().read_bytes()


def is_too_early(page: Page) -> None:
    """Before the nominations are over the election cannot be frozen, and the page says so."""
    page.goto(f"/{SLUG}/poll")
    expect(page.get_by_text("Fristen for at stille op er ikke udløbet.")).to_be_visible()


def take_step(page: Page, button: str, done: str) -> None:
    """Confirm and take the next step of the poll; without the tick nothing happens."""
    page.goto(f"/{SLUG}/poll")
    form = _form_of(page, button)
    form.get_by_role("button").click()
    expect(page.get_by_role("alert").first).to_contain_text("Sæt kryds for at bekræfte.")
    form.get_by_role("checkbox").check()
    form.get_by_role("button").click()
    told(page, done)


def add_up(page: Page, ballots: int) -> None:
    """Add up all ballots without opening any."""
    page.goto(f"/{SLUG}/count")
    page.get_by_role("button", name="Læg stemmerne sammen").click()
    told(page, f"{ballots} stemmer er prøvet og lagt sammen")


def open_share(holder: KeyHolder, ballots: int) -> None:
    """Open one's part of the sum with the sheet, after one's own browser has checked the urn."""
    page = holder.page
    page.goto(f"/{SLUG}/count")
    page.get_by_role("link", name="Åbn min del").click()
    expect(page.locator("#ballots-in-urn")).to_have_text(str(ballots))
    page.get_by_role("button", name="Antal og mærke er ens hos os alle").click()
    show_sheet(page, holder.sheet)
    expect(page.locator("#done")).to_be_visible()


def draw_lot(page: Page, order: list[str], login: str) -> None:
    """Enter the lot that was drawn, confirmed by another of the board: one witness twice is refused, two are taken."""
    page.goto(f"/{SLUG}/count")
    _fill_lot(page, order, ("Birgit Lund", "Birgit Lund"), login)
    expect(page.get_by_role("alert").first).to_contain_text("Skriv to forskellige vidner.")
    _fill_lot(page, order, ("Birgit Lund", "Hassan Yılmaz"), login)
    told(page, "Lodtrækningen er gemt.")


def _fill_lot(page: Page, order: list[str], witnesses: tuple[str, str], login: str) -> None:
    form = _form_of(page, "Gem lodtrækningen")
    for place, name in enumerate(order, start=1):
        form.get_by_label(f"Trukket som nr. {place}").select_option(label=name)
    form.get_by_label("Sted").fill("Rådhusets kantine")
    form.get_by_label("Første vidne").fill(witnesses[0])
    form.get_by_label("Andet vidne").fill(witnesses[1])
    form.get_by_label("Den anden persons brugernavn").fill(login)
    form.get_by_label("Den anden persons adgangskode").fill(OWN_PASSWORD)
    form.get_by_role("button").click()


def _form_of(page: Page, button: str) -> Locator:
    return page.locator("form", has=page.get_by_role("button", name=button, exact=True))
