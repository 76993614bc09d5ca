"""A person who reads little Danish stands on her telephone, from the sign-in to the receipt; another does it without a mouse."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from photographs import quarters, written
from playwright.sync_api import expect
from served_office import serve_office
from standing import DURING, NUMBERS

from candidates.nomination import NominationState
from votingapp.store import filing, nominations

if TYPE_CHECKING:
    from playwright.sync_api import Page

SLUG = "koege-2021"
PHONE = {"width": 320, "height": 640}
EMAIL = "amira@eksempel.dk"
NAME = "أميرة Østergård"
ARABIC = "أنا أعيش في كوغه منذ عشر سنوات.\nأريد لقاءات أكثر."
DANISH = "Jeg vil have flere møder om aftenen."
LONGEST_WALK = 120
"""Presses of the Tab key within which everything on a page must be reached."""

pytestmark = pytest.mark.browser


@pytest.fixture
def office(settings, store, found_election, bundle):
    """An office amid the nominations of Køge 2021, whose clock goes on from there."""
    del bundle
    found_election(store)
    begun = datetime.now(UTC)
    store.clock = lambda: DURING + (datetime.now(UTC) - begun)
    with serve_office(settings, store) as served:
        yield served


@pytest.fixture
def phone(browser, office):
    """A telephone in Danish with a narrow screen; what its browser complains about fails the test."""
    complaints: list[str] = []
    options = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "locale": "da-DK"}
    with browser.new_context(base_url=office.address, **options) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
    assert complaints == []


def nomination(store):
    """The one nomination there is."""
    with store.reading() as connection:
        (election_id,) = connection.exec_driver_sql("SELECT id FROM election").scalars()
        (kept,) = nominations.every(connection, election_id)
        person = filing.person_of(connection, store.vault, election_id, kept.id)
    return kept, person


def look_over(page: Page, language: str) -> None:
    """One heading, nothing wider than the telephone, nothing that axe objects to, in the language and direction it should be."""
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
    found = Axe().run(page).response["violations"]
    assert not found, (page.url, [(fault["id"], fault["nodes"][0]["html"]) for fault in found])


def link_in(office) -> str:
    return re.search(r"^http\S+", office.letters()[-1].get_content(), re.MULTILINE)[0]


def test_she_stands_on_her_telephone_in_arabic(office, phone, store):
    """From the front page to the receipt in Arabic: sign-in by mail, form, photograph cut as she likes, preview, sent, mailed."""
    page = phone
    page.goto(f"/{SLUG}/")
    page.locator(".language summary").click()
    page.locator('.language button[value="ar"]').click()
    page.locator(f'main a[href="/{SLUG}/stand"]').first.click()
    look_over(page, "ar")
    page.locator(f'main a.button[href="/{SLUG}/stand/form"]').click()
    look_over(page, "ar")
    page.locator('input[name="email"]').fill(EMAIL)
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/identify/email"))
    page.goto(link_in(office))
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(f"/{SLUG}/stand/form$"))
    look_over(page, "ar")

    page.locator('[name="name"]').fill(NAME)
    page.locator('[name="cpr"]').fill(f"{NUMBERS[0][:6]}-{NUMBERS[0][6:]}")
    page.locator('[name="statement"]').fill("æ" * 1001)
    expect(page.locator('[data-counts="statement"]')).to_have_class(re.compile("over"))
    page.locator('[name="statement"]').fill(DANISH)
    expect(page.locator('[data-counts="statement"]')).to_contain_text(f"{len(DANISH)}")
    page.locator('[name="own_language"]').select_option("ar")
    page.locator('[name="own_statement"]').fill(ARABIC)
    _hands_in_a_photograph(page)

    expect(page.locator('[name="statement"]')).to_have_value(DANISH)
    expect(page.locator("img.thumb")).to_be_visible()
    page.locator('button[value="preview"]').click()
    expect(page.locator('.statement[lang="ar"][dir="rtl"]')).to_contain_text("كوغه")
    look_over(page, "ar")
    page.locator(f'main a.button[href="/{SLUG}/stand/form"]').click()
    page.locator('[name="declared"]').check()
    page.locator('[name="consented"]').check()
    page.locator('button[value="send"]').click()
    expect(page).to_have_url(re.compile(f"/{SLUG}/stand/mine$"))
    look_over(page, "ar")

    kept, person = nomination(store)
    expect(page.locator("dd .code")).to_have_text(kept.receipt)
    assert (kept.state, kept.name, kept.statement) == (NominationState.SUBMITTED, NAME, DANISH)
    assert (kept.own_language, kept.own_statement) == ("ar", ARABIC)
    assert kept.photo_id is not None
    assert person.cpr.number == NUMBERS[0]
    letter = office.letters()[-1]
    assert letter["To"] == EMAIL
    assert kept.receipt in letter["Subject"]
    assert "Vi har modtaget din opstilling." in letter.get_content()


def _hands_in_a_photograph(page: Page) -> None:
    """Choose a file, move the square, keep it, and go back to the form."""
    page.locator('button[value="photo"]').click()
    look_over(page, "ar")
    file = {"name": "IMG_1.JPG", "mimeType": "image/jpeg", "buffer": written(quarters())}
    page.locator('input[type="file"]').set_input_files(file)
    page.locator('form[enctype="multipart/form-data"] button').click()
    expect(page.locator("form#crop")).to_be_visible()
    page.locator('[name="size"]').fill("500")
    page.locator('[name="x"]').fill("0")
    page.locator("form#crop button").click()
    expect(page.locator('[name="size"]')).to_have_value("500")
    look_over(page, "ar")
    page.locator(f'main a.button[href="/{SLUG}/stand/form"]').click()


def test_somebody_stands_by_keyboard_alone(office, phone, store):
    """In Danish, with Tab, Enter, Space and letters only: nothing needs a mouse, and Enter in a field loses nothing."""
    page = phone
    page.goto(f"/{SLUG}/stand")
    walk_to(page, f'main a.button[href="/{SLUG}/stand/form"]')
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/identify"))
    walk_to(page, 'input[name="email"]')
    page.keyboard.type(EMAIL)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/identify/email"))
    page.goto(link_in(office))
    walk_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/stand/form$"))

    walk_to(page, '[name="name"]')
    page.keyboard.type("Åse Ærø")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("er gemt")
    expect(page).to_have_url(re.compile("/stand/form$"))
    expect(page.locator('[name="name"]')).to_have_value("Åse Ærø")
    walk_to(page, '[name="cpr"]')
    page.keyboard.type(NUMBERS[0])
    walk_to(page, '[name="statement"]')
    page.keyboard.type("Hej\nKøge")
    walk_to(page, 'button[value="photo"]')
    page.keyboard.press("Space")
    page.wait_for_load_state()  # a page that is still coming takes no window for files
    walk_to(page, 'input[type="file"]')
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files({"name": "a.png", "mimeType": "image/png", "buffer": written(quarters(), "PNG")})
    walk_to(page, 'form[enctype="multipart/form-data"] button')
    page.keyboard.press("Enter")
    walk_to(page, f'main a.button[href="/{SLUG}/stand/form"]')
    page.keyboard.press("Enter")
    for name in ("declared", "consented"):
        walk_to(page, f'[name="{name}"]')
        page.keyboard.press("Space")
    walk_to(page, 'button[value="send"]')
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/stand/mine$"))

    kept, person = nomination(store)
    expect(page.locator("dd .code")).to_have_text(kept.receipt)
    look_over(page, "da")
    assert (kept.name, kept.statement) == ("Åse Ærø", "Hej\nKøge")
    assert kept.photo_id is not None
    assert person.cpr.number == NUMBERS[0]
    assert kept.declared_at is not None


def walk_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands where it should, where it can be seen."""
    expect(page.locator(selector).first).to_be_attached()
    for _ in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    pytest.fail(f"Tab does not lead to {selector} on {page.url}")
