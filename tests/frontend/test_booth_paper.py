"""The paper of a vote says the vote and nothing else, and is the same for everybody who votes the same."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from booth_steps import SLIP, WIDE, begin, check_page, choose, give_slip, heading
from booth_steps import cast as cast_at_once
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from conftest import PlayedServer
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PRIMARY = "button.primary"
COUNT_PRINTS = "let n = 0; window.print = () => { document.documentElement.dataset.printed = String((n += 1)); };"
READS_AS_SHE_LIKES = "for (const one of ['size', 'contrast', 'scheme']) document.documentElement.dataset[one] = "
VOTE = [
    "PRØVEVALG",
    "Kontrolseddel",
    "Integrationsrådsvalg 2021, Køge Kommune",
    "Stemmen er på:",
    "2. Bo Bach",
    "3. Çağla Öztürk (sygeplejerske)",
    "Navne på sedlen: 2 af højst 2.",
]


@pytest.fixture
def asked(played: PlayedServer) -> dict[str, object]:
    """What the house says of printing; a test writes into it."""
    said: dict[str, object] = {}
    plain = played.election
    played.election = lambda: plain() | said  # type: ignore[method-assign]
    return said


def paper(tablet: Page) -> tuple[str, str]:
    """What comes out of the printer now: its words, and a fingerprint of how it looks."""
    (sheet,) = PdfDocument(tablet.pdf(prefer_css_page_size=True, display_header_footer=True))
    return sheet.get_textpage().get_text_bounded(), hashlib.sha256(sheet.render().to_pil().tobytes()).hexdigest()


def has_printed(tablet: Page, times: int) -> None:
    expect(tablet.locator("html")).to_have_attribute("data-printed", str(times))


def vote(tablet: Page, language: str, *names: str) -> str:
    """Come to the printed paper by marking these; gives the code of the locked ballot, which the paper must not say."""
    begin(tablet, language)
    give_slip(tablet)
    for name in names:
        tablet.get_by_label(name).check()
    for _ in ("on to the review", "on to the code"):
        tablet.locator(PRIMARY).click()
    expect(tablet.locator("p.receipt")).to_be_visible()
    code = re.sub(r"\s", "", tablet.locator("p.receipt").inner_text())
    tablet.locator(PRIMARY).click()
    return code


def test_a_vote_is_printed_before_it_is_cast_and_equal_votes_look_equal(
    tablet: Page, played: PlayedServer, asked: dict[str, object]
) -> None:
    """No language, order, code or time is on the sheet; a vote that was taken back leaves none, and one without is not lost."""
    played.votes = 2
    asked["paper_record"] = "before_cast"
    tablet.add_init_script(COUNT_PRINTS)
    tablet.goto(played.url)
    code = vote(tablet, "Dansk", "Çağla Öztürk", "Bo Bach")
    heading(tablet, "Læs din kontrolseddel")
    has_printed(tablet, 1)
    check_page(tablet, WIDE)
    assert played.ballots == [], "nothing is cast before the paper was read"
    words, look = paper(tablet)
    assert [line.strip() for line in words.splitlines() if line.strip()][: len(VOTE)] == VOTE
    assert not [secret for secret in (SLIP, code[:8], "http", "Stemmeboks") if secret in words]
    assert re.findall(r"\d+", words) == ["2021", "2", "3", "2", "2"], "no time, date or serial"

    tablet.locator(".actions button").last.click()
    heading(tablet, "Din stemme er ikke afgivet")
    assert (paper(tablet)[0].strip(), played.ballots) == ("", [])
    tablet.locator(PRIMARY).click()

    vote(tablet, "العربية", "Bo Bach", "Çağla Öztürk")
    has_printed(tablet, 2)
    assert tablet.title() == "Kontrolseddel", "the name of the job in the printer's list"
    for wish in ("largest", "high", "dark"):
        tablet.evaluate(READS_AS_SHE_LIKES + repr(wish))
    assert paper(tablet) == (words, look)
    tablet.locator(".actions button").nth(1).click()
    expect(tablet.locator(".sheet")).to_have_count(0)
    check_page(tablet, WIDE)
    tablet.locator(PRIMARY).click()
    has_printed(tablet, 3)
    tablet.locator(PRIMARY).click()
    expect(tablet.locator("p.receipt")).to_be_visible()
    assert len(played.ballots) == 1
    expect(tablet.locator(".actions button")).to_have_count(1)


def test_a_blank_vote_and_a_receipt_are_two_sheets(
    tablet: Page, played: PlayedServer, asked: dict[str, object]
) -> None:
    """The receipt is printed on request, as words, signs and a square, and says nothing of the vote."""
    asked |= {"paper_record": "after_cast", "printer": True}
    tablet.add_init_script(COUNT_PRINTS)
    tablet.goto(played.url)
    vote(tablet, "Dansk", "Stem blankt")
    has_printed(tablet, 1)
    assert "Stemmen er blank." in paper(tablet)[0]
    tablet.locator(PRIMARY).click()
    heading(tablet, "Din stemme er afgivet")
    expect(tablet.locator(".lead").nth(1)).to_have_text("Læg nu din kontrolseddel i kassen. Tag den ikke med.")
    check_page(tablet, WIDE)
    receipt = re.sub(r"\s", "", tablet.locator("p.receipt").inner_text())
    tablet.get_by_role("button", name="Print min kvittering").click()
    has_printed(tablet, 2)
    tablet.evaluate(READS_AS_SHE_LIKES + "'dark'")
    (sheet,) = PdfDocument(tablet.pdf(prefer_css_page_size=True))
    words = sheet.get_textpage().get_text_bounded()
    assert receipt in re.sub(r"\s", "", words)
    assert "Stemmen er" not in words
    (square,) = zxingcpp.read_barcodes(sheet.render(scale=3).to_pil())
    assert square.text == f"https://valg.example/valg/receipt#{receipt}"
    tablet.get_by_role("button", name="Færdig").click()
    assert paper(tablet)[0].strip() == ""


def test_where_no_paper_is_asked_for_nothing_is_printed(tablet: Page, played: PlayedServer) -> None:
    """An election without the clause is as it was."""
    tablet.add_init_script(COUNT_PRINTS)
    choose(tablet, played.url)
    cast_at_once(tablet)
    heading(tablet, "Din stemme er afgivet")
    expect(tablet.locator("html")).not_to_have_attribute("data-printed", re.compile("."))
    assert paper(tablet)[0].strip() == "", "what stands on a screen is on no paper"
