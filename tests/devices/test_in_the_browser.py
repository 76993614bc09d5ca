"""Devices join in real browsers, behind the real headers: by the link of a square, by typing, and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_a_thread import serving
from joined import CODE
from playwright.sync_api import expect

from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SIZES = ((320, 640), (1024, 768))
PASSWORD = "en lang og god sætning"


@pytest.fixture
def house(office, booth) -> Iterator[dict[str, str]]:
    """The addresses of both apps, by the kind of device that joins there."""
    with serving(office) as desk, serving(booth) as tablet:
        yield {"desk": desk, "booth": tablet}


@pytest.fixture
def codes(store, election, add_staff, invite) -> dict[str, str]:
    return invite(store, add_staff(store, election, "anna", Role.SECRETARIAT), election, 1, 1)


def look_over(page: Page) -> None:
    """Nothing for axe to object to and nothing wider than the screen, at either size."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


WHO = {"desk": "main .notice:not([hidden])", "booth": ".device"}
"""Where a device that has joined says who it is."""

KINDS = pytest.mark.parametrize(("kind", "name"), [("desk", "Bord 1"), ("booth", "Stemmeboks 1")])


@KINDS
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_scanned_square_joins_with_one_press(browser, house, codes, kind, name, scheme):
    """The code goes from the address into the form and out of the address bar, and no request but the form bears it."""
    context = browser.new_context(locale="da-DK", color_scheme=scheme)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - a bound method of a list has no name for the library
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{house[kind]}/join#{codes[name]}")
    expect(page.locator("input[name=code]")).to_have_value(codes[name])
    assert page.url == f"{house[kind]}/join"
    expect(page.get_by_role("button", name="Tilslut")).to_be_focused()
    look_over(page)
    page.keyboard.press("Enter")
    expect(page.locator(WHO[kind])).to_contain_text(name)
    look_over(page)
    bearing = [request for request in asked if codes[name] in request.url or codes[name] in str(request.headers)]
    assert not bearing
    assert [request.method for request in asked if codes[name] in (request.post_data or "")] == ["POST"]
    page.go_back()
    assert codes[name] not in page.url
    assert said == []
    assert page.evaluate("document.cookie") == ""
    context.close()


@KINDS
def test_without_a_script_the_code_is_typed(browser, house, codes, kind, name):
    """Whoever has no camera, or a browser without scripts, types the code from the sheet."""
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    page.goto(f"{house[kind]}/join")
    page.locator("input[name=code]").fill("forkert")
    page.get_by_role("button", name="Tilslut").click()
    expect(page.locator("main")).to_contain_text("Koden kan ikke bruges her")
    page.locator("input[name=code]").fill(codes[name].lower().replace("-", " "))
    page.get_by_role("button", name="Tilslut").click()
    expect(page.locator("main .notice:not([hidden])" if kind == "desk" else "h1")).to_contain_text(name[:-2])
    context.close()


def test_a_second_square_fills_the_same_form(browser, house, codes):
    """A page that is open already takes the code of another invitation, which changes nothing but the fragment."""
    page = browser.new_page()
    page.goto(f"{house['booth']}/join#AAAA-AAAA-AAAA-AAAA-AAAA")
    expect(page.locator("#code")).to_have_value("AAAA-AAAA-AAAA-AAAA-AAAA")
    page.goto(f"{house['booth']}/join#{codes['Stemmeboks 1']}")
    expect(page.locator("#code")).to_have_value(codes["Stemmeboks 1"])
    page.goto(f"{house['booth']}/join#main?<b>")
    expect(page.locator("#code")).to_have_value(codes["Stemmeboks 1"])
    page.close()


def test_the_booths_pages_before_joining_have_no_barrier(browser, house, election):
    """What a voter or an official meets on a tablet that has not joined can be read by everybody."""
    page = browser.new_page()
    for path in ("/", f"/{election.slug}/", "/join"):
        page.goto(house["booth"] + path)
        look_over(page)
    page.locator("#code").fill("forkert")
    page.get_by_role("button", name="Tilslut").click()
    expect(page.get_by_role("alert")).to_contain_text("Koden kan ikke bruges her")
    look_over(page)
    page.close()


def test_the_page_with_the_codes_has_no_barrier(browser, house, store, election, add_staff):
    """Ten squares can be read on a telephone and on a desk, and the codes are gone once the page is left."""
    add_staff(store, election, "anna", Role.SECRETARIAT)
    context = browser.new_context(locale="da-DK")
    page = context.new_page()
    page.goto(f"{house['desk']}/sign-in")
    page.get_by_label("Brugernavn").fill("anna")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log ind").click()
    page.goto(f"{house['desk']}/{election.slug}/devices")
    page.get_by_label("Antal borde").fill("4")
    page.get_by_label("Antal stemmebokse").fill("6")
    page.get_by_role("button", name="Inviter, og vis koderne").click()
    expect(page.locator(".invitations img")).to_have_count(10)
    look_over(page)
    page.get_by_role("link", name="Til alle enheder").click()
    assert not CODE.findall(page.content())
    look_over(page)
    page.get_by_role("link", name="Bord 1", exact=True).click()
    look_over(page)
    context.close()
