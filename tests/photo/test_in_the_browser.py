"""A candidate chooses the square of her photograph on a phone: with a finger, with keys alone, and without JavaScript."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from identity import sign_in_applicant
from in_a_thread import serving
from photographs import GREEN, RED, WHITE, alike, corners, quarters, read, written
from playwright.sync_api import expect
from standing import DURING

from votingapp.resources import bundle_dir
from votingapp.store import photos
from votingapp.store.photos import Size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}


@pytest.fixture
def election(store, found_election, clock):
    clock.move_to(DURING)
    return found_election(store)


@pytest.fixture
def anna(client, store, election):
    return sign_in_applicant(client, store, election)


@pytest.fixture
def address(office, request) -> Iterator[str]:
    """The office, served on this machine."""
    if not (bundle_dir() / "photo.js").is_file():
        subprocess.run(["node", "build.mjs"], cwd=request.config.rootpath / "frontend", check=True)
    with serving(office) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, address: str, client, anna):
    """Open the page of the photograph on Anna's phone: `open_page(locale="da", scripts=True)`."""
    contexts = []
    complaints: list[str] = []

    def begin(locale: str = "da", *, scripts: bool = True) -> Page:
        context = browser.new_context(viewport=PHONE, locale=locale, java_script_enabled=scripts, has_touch=True)
        contexts.append(context)
        cookie = client.get_cookie("votingapp-office")
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}/koege-2021/stand/photo")
        return page

    yield begin
    for context in contexts:
        context.close()
    assert complaints == [], "nothing is forbidden by the policy, and no script fails"


def send(page: Page, raw: bytes) -> None:
    file = {"name": "IMG_0001.HEIC", "mimeType": "image/heic", "buffer": raw}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("form[enctype] button").click()


def square(store, election, anna) -> tuple:
    """The colours in the four quarters of the square that is kept."""
    with store.reading() as connection:
        current = photos.current_of(connection, election.id, anna.id)
        return corners(read(photos.pixels(connection, store.vault, election.id, current, Size.PAGE)))


def previewed(page: Page, selector: str = "canvas.square") -> tuple:
    """The colours in the four quarters of the square that the page shows."""
    script = """canvas => [[1, 1], [3, 1], [1, 3], [3, 3]].map(([x, y]) =>
        [...canvas.getContext("2d").getImageData(canvas.width * x / 4, canvas.height * y / 4, 1, 1).data.slice(0, 3)])"""
    return tuple(tuple(colour) for colour in page.locator(selector).evaluate(script))


def kept(page: Page) -> None:
    page.get_by_role("button", name="Gem udsnittet").click()
    expect(page.get_by_role("status")).to_contain_text("Udsnittet er gemt")


def check_page(page: Page) -> None:
    """Nothing for axe to object to, nothing wider than the screen."""
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_finger_draws_the_square(open_page, store, election, anna) -> None:
    """The square follows the finger, both previews follow the square, and what is kept is what was shown."""
    page = open_page()
    send(page, written(quarters()))
    expect(page.locator("canvas.square")).to_be_visible()
    page.get_by_label("Hvor meget der er med").fill("450")
    page.locator(".chosen").scroll_into_view_if_needed()
    box = page.locator(".chosen").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 130, y - 130, steps=7)  # further than there is room
    page.mouse.up()
    assert page.get_by_label("Fra venstre mod højre").input_value() == "1000"
    assert page.get_by_label("Fra øverst til nederst").input_value() == "0"
    for selector in ("canvas.square", "canvas.small"):
        assert alike(previewed(page, selector), (GREEN,) * 4)
    kept(page)
    assert alike(square(store, election, anna), (GREEN,) * 4)


def test_keys_alone_choose_the_square(open_page, store, election, anna) -> None:
    """Every slider is reached and moved with the keyboard, and the preview follows each press."""
    page = open_page()
    send(page, written(quarters()))
    expect(page.locator("canvas.square")).to_be_visible()
    for label, key, presses in (
        ("Hvor meget der er med", "ArrowLeft", 55),
        ("Fra venstre mod højre", "End", 1),
        ("Fra øverst til nederst", "End", 1),
    ):
        reach(page, label)
        for _ in range(presses):
            page.keyboard.press(key)
    assert alike(previewed(page), (WHITE,) * 4)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Udsnittet er gemt")
    assert alike(square(store, election, anna), (WHITE,) * 4)


def reach(page: Page, label: str) -> None:
    """Press Tab until the field with this label has the focus."""
    field = page.get_by_label(label)
    for _ in range(40):
        if field.evaluate("field => field === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{label} cannot be reached with Tab")


def test_without_javascript_the_town_hall_draws_the_square(open_page, store, election, anna) -> None:
    """The sliders and the button do it all; the page then shows the square that is kept."""
    page = open_page(scripts=False)
    send(page, written(quarters()))
    expect(page.locator("img.square")).to_be_visible()
    expect(page.locator("canvas")).to_have_count(0)
    for label, key in (
        ("Hvor meget der er med", "Home"),
        ("Fra venstre mod højre", "Home"),
        ("Fra øverst til nederst", "Home"),
    ):
        page.get_by_label(label).press(key)
    kept(page)
    assert alike(square(store, election, anna), (RED,) * 4)


@pytest.mark.parametrize("locale", ["da", "ar"])
def test_the_page_is_accessible_and_fits_a_phone(open_page, locale: str) -> None:
    """With and without a photograph, after a refusal, left to right and right to left: axe objects to nothing."""
    page = open_page(locale)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if locale == "ar" else "ltr")
    check_page(page)
    send(page, written(quarters(600, 1400)))
    expect(page.locator("canvas.square")).to_be_visible()
    check_page(page)
    for slider in page.locator("input[type=range]").all():
        assert slider.bounding_box()["height"] >= 24


def test_on_a_page_read_from_the_right_the_square_still_follows_the_finger(open_page, store, election, anna) -> None:
    """Pictures are not mirrored: on an Arabic page the finger, the slider and the square go the same way."""
    page = open_page("ar")
    send(page, written(quarters()))
    expect(page.locator("canvas.square")).to_be_visible()
    page.locator("input[name=size]").fill("450")
    across = page.locator("input[name=x]")
    before = page.locator(".chosen").bounding_box()["x"]
    for _ in range(30):
        across.press("ArrowRight")
    assert page.locator(".chosen").bounding_box()["x"] > before
    assert int(across.input_value()) == 800
