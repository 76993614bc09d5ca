"""The devices of the polling station: invited on the secretariat's screen, and joined by reading the squares from it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import zxingcpp
from journey_people import heading
from journey_secretariat import SLUG
from PIL import Image
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


def invite(page: Page, desks: int, booths: int) -> dict[str, str]:
    """Invite desks and booths in one go; by each name what a camera reads from the square beside it."""
    page.goto(f"/{SLUG}/devices")
    heading(page, "Enheder")
    page.get_by_label("Antal borde").fill(str(desks))
    page.get_by_label("Antal stemmebokse").fill(str(booths))
    page.get_by_role("button", name="Inviter, og vis koderne").click()
    heading(page, "Koder til enhederne")
    cards = page.locator(".invitations > li")
    expect(cards).to_have_count(desks + booths)
    found = {}
    for card in cards.all():
        (square,) = zxingcpp.read_barcodes(Image.open(BytesIO(card.locator("img").screenshot())))
        found[card.get_by_role("heading").inner_text()] = square.text
    return found


def join(page: Page, link: str) -> None:
    """Open what the camera read, and press the one button; the code is in no address bar."""
    page.goto(link)
    code = link.partition("#")[2]
    expect(page.locator("input[name=code]")).to_have_value(code)
    expect(page).not_to_have_url(link)
    assert code not in page.url
    page.get_by_role("button", name="Tilslut").click()


def revoke(page: Page, name: str) -> None:
    """Take a device's access back."""
    page.goto(f"/{SLUG}/devices")
    page.get_by_role("link", name=name, exact=True).click()
    heading(page, name)
    page.get_by_label("Ja, tag adgangen tilbage med det samme").check()
    page.get_by_role("button", name="Tag adgangen tilbage").click()
    expect(page.locator("main .notice").first).to_contain_text(f"Adgangen er taget tilbage fra {name}.")
