"""A ballot paper longer than the screen: found, marked and cast by whoever has two keys only, on any screen and in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from booth_steps import NARROW, begin, change_language, check_page, give_slip, heading
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import PlayedServer
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TABLET = (1024, 768)
FIRST_NAMES = ("Anna", "Bo", "Çağla", "Dorte", "Emil", "Fatima", "Ida", "Karl", "Lars", "Ole", "Søren", "Åse")
LONG = tuple(f"{FIRST_NAMES[i // 8]} {chr(ord('A') + i % 8)}. Sørensen" for i in range(96))
"""96 names in the order of the alphabet, eight of each letter."""

SCRIPT = "<script>document.title = 'stolen'</script>"
PICTURE = "<img src=x onerror=\"document.title = 'stolen'\">"
EVERY_RULE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

LOOK = """async (options) => [
  (await axe.run(options)).violations,
  document.documentElement.scrollWidth,
]"""
IS_FOCUSED = "element => document.activeElement === element"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus: the only two keys of a voter with a switch are Tab and Enter."""
    wanted = page.locator(selector).locator("visible=true").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate(IS_FOCUSED):
            return
    pytest.fail(f"{selector} cannot be reached with Tab")


def press(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


def chosen(page: Page) -> list[str]:
    """Who is chosen, on whichever page."""
    return page.locator(".ballot li").filter(has=page.locator("input:checked")).locator(".number").all_text_contents()


def test_96_candidates_by_two_keys_in_arabic(tablet: Page, played: PlayedServer) -> None:
    """Tab and Enter are enough: to turn pages, find a name by its letter, mark, look and cast; nothing of it is asked for."""
    played.names, played.votes, played.photos, played.rehearsal, played.lines = LONG, 3, True, False, {}
    tablet.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    asked: list[str] = []
    tablet.on("request", lambda request: asked.append(urlsplit(request.url).path))
    tablet.goto(played.url)
    press(tablet, ".language[lang=ar]")
    tab_to(tablet, "#code")
    tablet.keyboard.type("4hsnJ-qpRGdg-JQzwf-bjfSRk")
    tablet.keyboard.press("Enter")
    heading(tablet, "ضع علامتك")
    begun = len(asked)
    assert chosen(tablet) == []
    expect(tablet.locator(".leaf")).to_contain_text("الصفحة 1 من 12")
    expect(tablet.locator(".ballot li:visible")).to_have_count(8)
    _begins_at_the_first_of_96(tablet)

    press(tablet, ".ballot input")
    press(tablet, ".pager button:last-child")
    expect(tablet.locator(".leaf")).to_be_focused()
    expect(tablet.locator(".leaf")).to_contain_text("الصفحة 2 من 12")
    check_page(tablet, TABLET)
    press(tablet, ".ballot li:nth-child(10) input")
    expect(tablet.get_by_role("status")).to_have_text("تم اختيار 2 من 3")
    expect(tablet.locator(".chosen")).to_contain_text("1. Anna A. Sørensen")

    press(tablet, "[aria-controls=finder]")
    check_page(tablet, TABLET)
    press(tablet, ".letters-to-find button:last-child")
    expect(tablet.locator(".leaf")).to_be_focused()
    expect(tablet.locator(".ballot li:visible .number")).to_have_text([f"{number}." for number in range(89, 97)])
    press(tablet, ".ballot input")
    tablet.keyboard.press("ArrowDown")
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_role("alert")).not_to_be_empty()
    assert chosen(tablet) == ["1.", "10.", "89."], "one too many is not set"

    press(tablet, ".tally button")
    expect(tablet.locator(".ballot li:visible")).to_have_count(3)
    press(tablet, ".ballot input")
    assert chosen(tablet) == ["10.", "89."], "a mark is taken back, and its line stays where it is"
    press(tablet, ".ballot input")
    press(tablet, ".foot .primary")
    heading(tablet, "هل هذا صحيح؟")
    expect(tablet.locator(".vote li")).to_have_text(
        ["1. Anna A. Sørensen", "10. Bo B. Sørensen", "89. Åse A. Sørensen"]
    )
    assert [path for path in asked[begun:] if not path.startswith("/static/")] == [], "nobody sees which page is read"
    press(tablet, ".foot .primary")
    heading(tablet, "أدلِ بصوتك")
    expect(tablet.locator(".vote")).to_have_count(0)
    press(tablet, ".foot .primary:enabled")
    heading(tablet, "تمّ الإدلاء بصوتك")
    assert len(played.ballots) == 1


def _begins_at_the_first_of_96(tablet: Page) -> None:
    foot = tablet.locator(".foot").bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] <= TABLET[1], "count and ways on are in sight without scrolling"
    first = tablet.locator(".ballot li").first
    assert (first.get_attribute("aria-posinset"), first.get_attribute("aria-setsize")) == ("1", "96")


def test_names_and_lines_do_nothing_on_a_small_screen(tablet: Page, played: PlayedServer) -> None:
    """On a phone, in the largest text and forced colours: what is written in a name is text; too few marks are asked about."""
    played.names = (*LONG[:12], SCRIPT, f"Wim {PICTURE}", "Ærø Test")
    played.lines = {0: PICTURE, 13: SCRIPT}
    played.votes = 2
    tablet.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    tablet.emulate_media(forced_colors="active", reduced_motion="reduce")
    tablet.goto(played.url)
    begin(tablet)
    tablet.locator(".tool").nth(1).click()
    tablet.locator("[data-value=largest]").click()
    tablet.get_by_role("dialog").get_by_role("button", name="Luk").click()
    give_slip(tablet)
    heading(tablet, "Sæt dit kryds")
    expect(tablet.locator(".ballot li:visible .line")).to_have_text(PICTURE)
    check_page(tablet, NARROW)
    tablet.get_by_role("button", name="Find en kandidat").click()
    tablet.locator("#find").fill("wim")
    expect(tablet.locator(".ballot li:visible .who")).to_have_text([f"Wim {PICTURE} {SCRIPT}"])
    change_language(tablet, "English")
    expect(tablet.locator("#find")).to_have_value("wim")
    expect(tablet.locator(".leaf")).to_have_text("1 candidate matches “\u2068wim\u2069”")
    change_language(tablet, "Dansk")
    tablet.locator("#find").fill(SCRIPT)
    check_page(tablet, NARROW)
    tablet.locator("#find").fill("14")
    tablet.locator("#find").press("Enter")
    tablet.locator(".ballot input:visible").check()
    tablet.get_by_role("button", name="Fortsæt", exact=True).click()
    heading(tablet, "Du har 1 kryds tilbage")
    check_page(tablet, NARROW)
    tablet.get_by_role("button", name="Vælg flere").click()
    heading(tablet, "Sæt dit kryds")
    expect(tablet.locator(".ballot li:visible .number")).to_have_text(["14."])
    tablet.get_by_role("button", name="Fortsæt", exact=True).click()
    tablet.get_by_role("button", name="Fortsæt med dem").click()
    heading(tablet, "Er det rigtigt?")
    expect(tablet.locator(".vote li")).to_have_text(f"14. Wim {PICTURE} {SCRIPT}")
    check_page(tablet, NARROW)
    tablet.get_by_role("button", name="Ja, det er rigtigt").click()
    heading(tablet, "Afgiv din stemme")
    check_page(tablet, NARROW)
    assert tablet.evaluate("document.querySelectorAll('main script, img[src=x]').length") == 0
    assert "stolen" not in tablet.title()


def test_no_language_has_a_barrier(tablet: Page, played: PlayedServer) -> None:
    """On the ballot paper with its search, at the question, the review, the code and the receipt: axe finds nothing in any language, nothing is too wide."""
    played.names, played.votes, played.lines = LONG[:30], 2, {}
    tablet.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    tablet.goto(played.url)
    codes = tablet.locator(".screen .language").evaluate_all("all => all.map(one => one.lang)")
    begin(tablet)
    Axe().run(tablet)  # which brings the rules into the page
    give_slip(tablet)
    for way_on in (
        ".looking button",
        ".foot .primary",
        ".actions button:nth-child(2)",
        ".foot .primary",
        ".foot .primary:enabled",
        "",
    ):
        for code in codes if way_on != ".looking button" else ():
            tablet.locator(".tool").first.click()
            tablet.locator(f"dialog .language[lang={code}]").click()
            expect(tablet.locator("html")).to_have_attribute("lang", code)
            found, width = tablet.evaluate(LOOK, EVERY_RULE)
            assert [(code, one["id"], one["nodes"][0]["html"]) for one in found] == []
            assert width <= NARROW[0], (way_on, code)
        if way_on == ".looking button":
            tablet.locator(".ballot input:visible").first.check()
        if way_on:
            tablet.locator(way_on).locator("visible=true").first.click()
    expect(tablet.locator(".receipt")).to_be_visible()
