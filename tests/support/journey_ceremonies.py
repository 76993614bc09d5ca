"""The evening's ceremonies: two members open and close the poll together, and the slips in every box are accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey_people import OWN_PASSWORD, heading, told
from journey_secretariat import SLUG
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Page

EARLY = "Prøven på hele valget holdes dagen før valgdagen."


def give_slips(page: Page, desk: str, number: int, login: str) -> None:
    """The board gives a desk a counted stack, and whoever receives it signs with her own password."""
    page.goto(f"/{SLUG}/slips/supply")
    heading(page, "Giv sedler til bordene, eller tag dem tilbage")
    row = page.get_by_role("group", name=desk, exact=True)
    row.get_by_label("Antal sedler i stakken").fill(str(number))
    row.get_by_label("Den anden persons brugernavn").fill(login)
    row.get_by_label("Den anden persons adgangskode").fill(OWN_PASSWORD)
    page.get_by_role("button", name="Vi har talt, og tallene passer").click()
    expect(page.locator("main .notice").first).to_be_visible()


def open_poll(page: Page, logins: Sequence[str]) -> None:
    """Two members say that they are there, make and sign the zero report, and open; one alone cannot."""
    page.goto(f"/{SLUG}/poll/opening")
    heading(page, "Åbning af afstemningen")
    for login in logins:
        expect(page.get_by_role("button", name="Lav nulrapporten")).to_have_count(0)
        _attend(page, login)
    page.get_by_role("button", name="Lav nulrapporten").click()
    told(page, "Nulrapporten er lavet.")
    page.get_by_label("Nulrapporten er printet, læst op og skrevet under").check()
    page.get_by_label("De første vælgere har set rapporten").check()
    page.get_by_label("Hvorfor før tiden?").fill(EARLY)
    page.get_by_role("button", name="Åbn afstemningen").click()
    told(page, "Afstemningen er åben.")


def close_poll(page: Page, logins: Sequence[str], ballots: int) -> None:
    """Two members shut the doors behind the last voter, close, and are told how many ballots there are."""
    page.goto(f"/{SLUG}/poll/closing")
    heading(page, "Lukning af afstemningen")
    for login in logins:
        _attend(page, login)
    page.get_by_label("Så mange står i kø").fill("0")
    page.get_by_label("Hvorfor før tiden?").fill(EARLY)
    page.get_by_role("button", name="Luk dørene").click()
    told(page, "Dørene er lukket.")
    page.get_by_label("Køen er tom, den sidste vælger har stemt").check()
    page.get_by_role("button", name="Luk afstemningen").click()
    told(page, f"Der ligger {ballots} stemmer i urnen.")


def settle(page: Page, boxes: Mapping[str, int], login: str) -> None:
    """What is left over in every box is counted by two, its envelope is empty, all of it is accounted for, and the urn's report is made."""
    for box, number in boxes.items():
        page.goto(f"/{SLUG}/slips/count")
        heading(page, "Tæl en kasse")
        page.get_by_label("Kasse", exact=True).select_option(label=box)
        page.get_by_label("Antal talte sedler").fill(str(number))
        page.get_by_label("Antal sedler i kuverten").fill("0")
        page.get_by_label("Den anden persons brugernavn").fill(login)
        page.get_by_label("Den anden persons adgangskode").fill(OWN_PASSWORD)
        page.get_by_role("button", name="Gem tallene").click()
        expect(page.locator("main .notice").first).to_be_visible()
    page.goto(f"/{SLUG}/poll/closing")
    expect(page.get_by_role("main")).to_contain_text("Alle kasser er talt, og alle forskelle er forklaret.")
    page.get_by_role("button", name="Lav urnens rapport").click()
    told(page, "Urnens rapport er lavet.")


def _attend(page: Page, login: str) -> None:
    form = page.locator("form", has=page.get_by_role("button", name="Jeg er til stede"))
    form.get_by_label("Brugernavn").fill(login)
    form.get_by_label("Adgangskode").fill(OWN_PASSWORD)
    form.get_by_role("button").click()
    expect(page.locator("main .notice").first).to_be_visible()
