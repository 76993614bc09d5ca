"""A member's key sheet as a person has it: read off the screen before it is printed, and typed back from the paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pypdfium2
import zxingcpp
from playwright.sync_api import expect

from ballots.key_sheet import Place, uncover

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(frozen=True)
class KeySheet:
    """What stands on the paper, and the passphrase that does not."""

    passphrase: str
    signs: str
    words: str

    def seed(self, place: Place) -> str:
        """What is under the signs; no page ever shows it."""
        return uncover(self.signs.replace(" ", ""), self.passphrase, place)

    def with_passphrase(self, passphrase: str) -> KeySheet:
        """The same paper in the hands of somebody who says another passphrase."""
        return replace(self, passphrase=passphrase)

    def spellings(self) -> list[str]:
        """Every way in which sheet or passphrase could be written into something that leaves the device."""
        bare = self.signs.replace(" ", "")
        return [self.passphrase, self.passphrase.replace(" ", "+"), self.signs, bare, bare[:11], bare[11:], self.words]


NO_SHEET = KeySheet("", "", "")


def agree(page: Page) -> str:
    """The device's mark of what is agreed on is that of the public page; answers it."""
    expect(page.locator("#agreement-fits")).to_be_visible()
    mark = page.locator("#found-agreement").inner_text()
    assert mark == page.locator("#shown-agreement").inner_text()
    page.get_by_role("button", name="Det er det samme: gå videre").click()
    return mark.replace(" ", "")


def make_sheet(page: Page) -> KeySheet:
    """Agree, take the words that the device proposes, and have the sheet made."""
    agree(page)
    expect(page.locator("#choose-passphrase")).to_be_visible()
    passphrase = page.get_by_label("Adgangssætning", exact=True).input_value()
    page.get_by_role("button", name="Jeg har skrevet sætningen ned").click()
    expect(page.locator("#show-sheet")).to_be_visible()
    words = " ".join(page.locator("#sheet-words li").all_inner_texts())
    return KeySheet(passphrase, page.locator("#sheet-signs").inner_text(), words)


def print_sheet(page: Page) -> tuple[str, str]:
    """Print the page as it stands: answers all that is on the one sheet of paper, and what a camera reads off it."""
    with pypdfium2.PdfDocument(page.pdf(format="A4", print_background=False)) as document:
        (paper,) = document
        text = paper.get_textpage().get_text_bounded()
        (square,) = zxingcpp.read_barcodes(paper.render(scale=3).to_pil())
    return " ".join(text.split()), square.text


def show_sheet(page: Page, sheet: KeySheet, *, as_words: bool = False) -> None:
    """Type what stands on the paper, and the passphrase."""
    show_text(page, sheet.words if as_words else sheet.signs, sheet.passphrase)


def show_text(page: Page, text: str, passphrase: str) -> None:
    """Type or scan some text in the place of the sheet, and the passphrase."""
    page.get_by_label("Fra nøglearket").fill(text)
    page.get_by_label("Din adgangssætning").fill(passphrase)
    page.get_by_role("button", name="Gå videre").click()


def try_key(page: Page, address: str, sheet: KeySheet) -> None:
    """Open one's part of the trial sum with the sheet."""
    page.goto(address)
    show_sheet(page, sheet)
    expect(page.locator("#working, #done").filter(visible=True)).to_be_visible()


def is_refused(page: Page, reason: str) -> None:
    """The page says why what was typed does not do: `reason` ends the id of the sentence."""
    expect(page.locator(f"#wrong-{reason}")).to_be_visible()
