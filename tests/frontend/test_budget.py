"""What a tablet loads: little enough for an old phone on the hall's network, and the same whoever votes in which language."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from booth_steps import begin, change_language, give_slip
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import PlayedServer
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

BUDGET = 300_000
"""Bytes of the whole app as it travels, the camera's reader of codes left out."""

IN_THEMSELVES = frozenset({".woff2", ".png"})
"""Files that are compressed already and travel as they are."""


def travelled(path: Path) -> int:
    """How many bytes a file takes on the network."""
    body = path.read_bytes()
    return len(body) if path.suffix in IN_THEMSELVES else len(gzip.compress(body, 9))


def visit(browser: Browser, played: PlayedServer, language: str, then: str) -> list[str]:
    """Vote in one language, and in another from the ballot paper on, with larger text; answers the paths asked for."""
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    with page.expect_response("**/election.json"):
        page.goto(played.url)
    page.evaluate("document.fonts.ready")
    at_the_start = len(asked)
    begin(page, language)
    give_slip(page)
    page.locator(".choice input").first.check()
    change_language(page, then)
    page.locator(".tool").nth(1).click()
    page.locator("[data-value=largest]").click()
    page.locator("dialog[open] .primary").click()
    for _ in range(3):
        page.locator("button.primary:visible:enabled").click()
    expect(page.locator(".receipt-words")).to_be_visible()
    later = {path for path in asked[at_the_start:] if path.startswith("/static/")}
    assert later <= {"/static/bundle/sealer.js"}, "a font or text that is fetched later tells what a voter reads"
    context.close()
    return asked


def test_a_tablet_asks_for_the_same_whoever_reads_what_and_for_little(browser: Browser, played: PlayedServer) -> None:
    """Each request of a vote in Danish is that of one in Arabic and Ukrainian, in its order; all files are within the budget."""
    danish = visit(browser, played, "Dansk", "English")
    arabic = visit(browser, played, "العربية", "Українська")
    files = sorted({path for path in danish if path.startswith("/static/")})
    assert files == sorted({path for path in arabic if path.startswith("/static/")})
    assert [path for path in danish if path not in files] == [path for path in arabic if path not in files]
    assert sum(path.endswith(".woff2") for path in files) == len(list((played.bundle / "fonts").glob("booth-*.woff2")))
    sizes = {path: travelled(played.bundle / path.removeprefix("/static/bundle/")) for path in files}
    assert sum(sizes.values()) < BUDGET, sizes


def test_every_letter_of_every_sentence_is_in_a_font_of_ours(bundle: Path) -> None:
    """No tablet needs a font of its own for a language: what is offered is written with letters that are loaded with it."""
    style = (bundle / "booth.css").read_text(encoding="utf-8")
    ranges = re.findall(r"U\+([0-9a-f]+)(?:-([0-9a-f]+))?", style, re.IGNORECASE)
    ours = {point for first, last in ranges for point in range(int(first, 16), int(last or first, 16) + 1)}
    said = json.loads((bundle / "sentences.json").read_text(encoding="utf-8"))
    letters = set(json.dumps(said, ensure_ascii=False))
    assert {letter for letter in letters if ord(letter) not in ours} == set()
