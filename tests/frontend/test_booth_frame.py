"""What stands on every screen of the booth: the languages, text and colours, and help; and that nothing of it outlives a voter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from booth_steps import NARROW, WIDE, begin, change_language, check_page, give_slip, heading
from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import PlayedServer
    from playwright.sync_api import FloatRect, Page

pytestmark = pytest.mark.browser

RIGHT_END = """element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return Math.round(range.getBoundingClientRect().right);
}"""
SIGHT = "({ size, contrast, scheme }) => [size, contrast, scheme]"


def sight(page: Page) -> list[str]:
    """How the page is shown: size of text, contrast, scheme."""
    return page.locator("html").evaluate(f"html => ({SIGHT})(html.dataset)")


def test_a_language_is_changed_in_the_middle_of_typing(tablet: Page, played: PlayedServer) -> None:
    """What is typed stays, the page turns round, names stay Danish to a voice, and the button knows where it was."""
    tablet.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    tablet.goto(played.url)
    begin(tablet, "Dansk")
    tablet.locator("#code").fill("4hsnJ-qpR")
    tablet.locator(".tool").first.click()
    check_page(tablet, NARROW)
    tablet.keyboard.press("Escape")
    expect(tablet.get_by_role("dialog")).to_have_count(0)
    expect(tablet.locator(".tool").first).to_be_focused()
    change_language(tablet, "العربية")
    expect(tablet.locator("html")).to_have_attribute("dir", "rtl")
    expect(tablet.locator("#code")).to_have_value("4hsnJ-qpR")
    expect(tablet.locator(".tool").first).to_be_focused()
    expect(tablet.locator(".around")).to_contain_text("النص الدنماركي هو المعتمد")
    give_slip(tablet)
    heading(tablet, "ضع علامتك")
    for named in (".device", ".election", ".choice .who"):
        expect(tablet.locator(f"{named} bdi[lang=da]").first).to_be_visible()
    boxes = [tablet.locator(f".choice >> nth=0 >> {part}").bounding_box() for part in ("input", ".name")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["x"] > boxes[1]["x"], "in Arabic the box stands to the right of the name"
    check_page(tablet, NARROW)
    tablet.locator(".choice input").first.check()
    tablet.locator("button.primary:visible").first.click()
    ends = [tablet.locator(f".vote {part} >> nth=0").evaluate(RIGHT_END) for part in (".name", ".line")]
    assert ends[0] == ends[1], "in Arabic the line begins under the name, at the right"


def test_text_and_colours_are_set_on_any_screen_and_forgotten(tablet: Page, played: PlayedServer) -> None:
    """Larger text grows the page, the colours have contrast enough in each scheme, and the next voter finds all as it was."""
    tablet.goto(played.url)
    heading(tablet, "Vælg dit sprog")
    untouched = sight(tablet)
    begin(tablet, "Dansk")
    for size, contrast, scheme, screen in (("large", "high", "light", WIDE), ("largest", "high", "dark", NARROW)):
        tablet.set_viewport_size({"width": screen[0], "height": screen[1]})
        tablet.locator(".tool").nth(1).click()
        for name, value in {"size": size, "contrast": contrast, "scheme": scheme}.items():
            tablet.locator(f"[data-preference={name}][data-value={value}]").click()
        check_page(tablet, screen)
        tablet.get_by_role("dialog").get_by_role("button", name="Luk").click()
        assert sight(tablet) == [size, contrast, scheme]
        check_page(tablet, screen)
    assert tablet.locator("html").evaluate("html => getComputedStyle(html).fontSize") == "32px"
    give_slip(tablet)
    tablet.get_by_label("Bo Bach").check()
    check_page(tablet, NARROW)
    tablet.get_by_role("button", name="Afbryd").click()
    heading(tablet, "Vælg dit sprog")
    assert sight(tablet) == untouched == ["normal", "normal", "system"]


def test_every_language_fits_the_smallest_screen(tablet: Page, played: PlayedServer) -> None:
    """On the slip's page and on the ballot paper: nothing is wider than the screen, and no mark is lost on the way."""
    tablet.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    tablet.goto(played.url)
    codes = tablet.locator(".screen .language").evaluate_all("all => all.map(one => one.lang)")
    assert len(codes) == len(set(codes)) >= 13
    begin(tablet, "Dansk")
    for screen in ("slip", "ballot"):
        if screen == "ballot":
            give_slip(tablet)
            tablet.get_by_label("Bo Bach").check()
        for code in codes[::-1]:
            tablet.locator(".tool").first.click()
            tablet.locator(f"dialog .language[lang={code}]").click()
            expect(tablet.locator("html")).to_have_attribute("lang", code)
            assert tablet.evaluate("document.documentElement.scrollWidth") <= NARROW[0], (screen, code)
    expect(tablet.get_by_label("Bo Bach")).to_be_checked()


OUTSIDE = """() => [...document.querySelectorAll('.language')].filter(one => one.offsetParent).flatMap(one => {
  const button = one.getBoundingClientRect(), name = one.querySelector('.name').getBoundingClientRect();
  const isInside = name.left > button.left && name.right < button.right && name.bottom < button.bottom;
  return isInside ? [] : [one.textContent];
})"""


def test_each_language_has_room_for_its_name(tablet: Page, played: PlayedServer) -> None:
    """On the first screen and in the dialog, at each size of text, no name leaves its button; on a tablet none is scrolled to."""
    for size in ((1024, 768), (768, 1024), NARROW):
        tablet.set_viewport_size({"width": size[0], "height": size[1]})
        tablet.goto(played.url)
        heading(tablet, "Vælg dit sprog")
        ends = tablet.locator(".language").evaluate_all("all => all.map(one => one.getBoundingClientRect().bottom)")
        assert size == NARROW or max(ends) <= size[1]
        for place in ("screen", "dialog"):
            if place == "dialog":
                begin(tablet, "Dansk")
                tablet.locator(".tool").first.click()
            for text in ("normal", "large", "largest"):
                tablet.evaluate("text => { document.documentElement.dataset.size = text; }", text)
                assert tablet.evaluate(OUTSIDE) == [], (size, place, text)
                assert tablet.evaluate("document.documentElement.scrollWidth") <= size[0], (size, place, text)


def test_a_tablet_on_its_side_shows_each_step_without_scrolling(tablet: Page, played: PlayedServer) -> None:
    """Eight of fifteen names over a foot of one row; then both marks; then the code, the way to check it, and both ways on."""
    played.names, played.lines = tuple(f"{name} Østergård" for name in "ABCDEFGHIJKLMNO"), {0: "bager"}
    played.votes, played.photos = 2, True
    tablet.goto(played.url)
    for language in ("Dansk", "العربية", "Soomaali"):
        begin(tablet, language)
        give_slip(tablet)
        expect(tablet.locator(".ballot li:visible")).to_have_count(8)
        foot = box(tablet, ".foot")
        assert foot["y"] + foot["height"] <= 768
        for part in (".pager", ".tally", ".foot .primary"):
            assert foot["y"] < box(tablet, part)["y"] + box(tablet, part)["height"] / 2 < foot["y"] + foot["height"]
        assert foot["height"] < 90, "pages, count and the way on stand in one row"
        assert box(tablet, ".paper + .actions button")["y"] >= 768, "the way out is not cut by the edge"
        for i in (0, 1):
            tablet.locator(".ballot input").nth(i).check()
        assert box(tablet, ".foot")["height"] - foot["height"] < 4, "what is marked moves nothing"
        for part in (".rehearsal", ".foot"):
            assert (box(tablet, part)["x"], box(tablet, part)["width"]) == (0, 1024)
        for parts in ((".vote li >> nth=1",), (".commitment .qr", ".commitment .hint >> nth=1", ".challenge button")):
            tablet.locator(".foot .primary").click()
            tablet.locator(parts[0]).wait_for()
            edge = box(tablet, ".foot")["y"]
            for part in parts:
                assert box(tablet, part)["y"] + box(tablet, part)["height"] <= edge, part
        assert edge + box(tablet, ".foot")["height"] <= 769
        assert (box(tablet, ".rehearsal")["x"], box(tablet, ".rehearsal")["width"]) == (0, 1024)
        tablet.goto(played.url)


def box(page: Page, selector: str) -> FloatRect:
    """Where on the screen this is."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return found
