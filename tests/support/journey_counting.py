"""What a clerk does with her hands is counted: pages she waits for and reads, presses, and signs she types."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Download, FilePayload, Locator, Page

PAGE_SECONDS, PRESS_SECONDS, SIGN_SECONDS = 20, 3, 0.5
"""Reckoned, for nobody was timed: to read a page is our own guess, and a generous one.

The others are the keystroke-level model's (Card, Moran and Newell, Communications of the ACM 23 (7), 1980, table 1): a press is
thought of (M 1.35 s), pointed at (P 1.1 s) and made with a hand that comes from the keyboard (H 0.4 s, B 0.2 s), which
is 3.05 s; a sign is typed as one types random letters (K 0.5 s). The model is of practised people who make no mistake.
"""


@dataclass(frozen=True)
class Effort:
    """Pages that came, presses on buttons, links and fields, and signs that were typed."""

    pages: int = 0
    presses: int = 0
    signs: int = 0

    @property
    def seconds(self) -> float:
        """How long that is reckoned to take one person."""
        return self.pages * PAGE_SECONDS + self.presses * PRESS_SECONDS + self.signs * SIGN_SECONDS

    def __add__(self, other: Effort) -> Effort:
        return Effort(self.pages + other.pages, self.presses + other.presses, self.signs + other.signs)

    def __mul__(self, times: int) -> Effort:
        return Effort(self.pages * times, self.presses * times, self.signs * times)


@dataclass
class Book:
    """The effort of everybody, by what it was for; what is done several times costs the same each time."""

    effort: Effort = field(default_factory=Effort)
    rows: dict[str, list[Effort]] = field(default_factory=lambda: defaultdict(list))

    def add(self, **counted: int) -> None:
        """Count something."""
        self.effort += Effort(**counted)

    def cost(self, name: str) -> Effort:
        """What one of these costs: as many pages and presses each time, and as many signs as the longest."""
        efforts = self.rows[name]
        assert len({(one.pages, one.presses) for one in efforts}) == 1, (name, efforts)
        return Effort(efforts[0].pages, efforts[0].presses, max(one.signs for one in efforts))

    @contextmanager
    def row(self, name: str) -> Iterator[None]:
        """Whatever is counted in the block is for this."""
        before = self.effort
        yield
        self.rows[name].append(
            Effort(
                self.effort.pages - before.pages,
                self.effort.presses - before.presses,
                self.effort.signs - before.signs,
            )
        )


class Hand:
    """Somebody at a page; what she does is counted, and she goes nowhere but by what stands on the page or is scanned."""

    def __init__(self, page: Page, book: Book) -> None:
        self.page = page
        self._book = book
        page.on("domcontentloaded", lambda _page: book.add(pages=1))

    def type_address(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)
        self._book.add(presses=1, signs=len(address))

    def scan(self, link: str) -> None:
        """Hold the device's camera up to a square, and follow what it reads."""
        self.page.goto(link)
        self._book.add(presses=2)

    def press(self, what: Locator) -> None:
        """Press a button or a link, and wait for what comes of it."""
        self._book.add(presses=1)
        what.click()
        self.page.wait_for_load_state("domcontentloaded")

    def follow(self, name: str) -> None:
        """Press the link of that name on the page."""
        self.press(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        """Press the button of that name in the page's main part."""
        self.press(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))

    def copy_by_hand(self, text: str) -> None:
        """Write on paper what stands on the screen."""
        self._book.add(signs=len(text))

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Go to a field and type."""
        (within or self.page.get_by_role("main")).get_by_label(label, exact=True).fill(text)
        self._book.add(presses=1, signs=len(text))

    def choose(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """Open a list and choose."""
        (within or self.page.get_by_role("main")).get_by_label(label, exact=True).select_option(label=option)
        self._book.add(presses=2)

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.page.get_by_label(label).check()
        self._book.add(presses=1)

    def hand_in(self, label: str, file: FilePayload) -> None:
        """Open the window with the files, find one and take it."""
        self.page.get_by_label(label, exact=True).set_input_files(file)
        self._book.add(presses=3)

    def fetch(self, button: str) -> Download:
        """Have a paper made; opening and printing it are three presses more."""
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=button, exact=True).click()
        self._book.add(presses=4)
        return download.value
