"""After the count the board tells that all is told, draws up the record, and each signs it on her own device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey_people import OWN_PASSWORD, told
from journey_secretariat import SLUG
from key_sheets import show_sheet
from playwright.sync_api import expect

if TYPE_CHECKING:
    from journey_board import KeyHolder
    from playwright.sync_api import Page


def state_all(page: Page, login: str) -> None:
    """Two members state that all incidents are entered and all help is counted; until then nothing can be drawn up."""
    for _statement in range(2):
        page.goto(f"/{SLUG}/record")
        expect(page.get_by_role("button", name="Lav version 1")).to_have_count(0)
        page.get_by_label("Den anden persons brugernavn").fill(login)
        page.get_by_label("Den anden persons adgangskode").fill(OWN_PASSWORD)
        page.get_by_role("button", name="Erklær det sammen").click()
        told(page, "Erklæringen er gemt")


def draw_up(page: Page, chair: str) -> None:
    """The record is drawn up, with who chairs the board."""
    expect(page.get_by_role("main")).to_contain_text("Protokollen mangler intet.")
    page.get_by_label("Formand for valgbestyrelsen").select_option(label=chair)
    page.get_by_role("button", name="Lav version 1").click()
    told(page, "Version 1 er lavet.")


def sign(holder: KeyHolder) -> tuple[str, str]:
    """Sign with one's own sheet what one's own browser has fetched; answers the marks of the two files it found."""
    page = holder.page
    page.goto(f"/{SLUG}/record")
    page.get_by_role("link", name="Underskriv med mit nøgleark").click()
    expect(page.locator("#checked")).to_be_visible()
    marks = page.locator("#pdf-mark").inner_text(), page.locator("#content-mark").inner_text()
    page.get_by_role("button", name="Kontrolsummerne er ens hos os alle").click()
    show_sheet(page, holder.sheet)
    expect(page.locator("#done")).to_be_visible()
    return marks
