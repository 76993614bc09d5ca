"""The ways in, in a real browser: cookies that stay on their site travel where they must and nowhere else."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from brokers import broker_settings, provider
from in_a_thread import serving
from mailbox_server import Mailbox
from playwright.sync_api import expect
from ports import free_port

from votingapp.office import create_office

PHONE = {"width": 320, "height": 640}
WEBMAIL = "http://webmail.example/"

pytestmark = pytest.mark.browser


@pytest.fixture
def serve(settings, store, found_election):
    """Serve an office on this machine: `serve(broker=..., mail=...)` answers its address and the app."""
    found_election(store)
    store.clock = lambda: datetime.now(UTC)
    running = ExitStack()

    def serve(**changes):
        address = f"http://127.0.0.1:{(port := free_port())}"
        app = create_office(replace(settings, office_url=address, **changes), store)
        running.callback(app.extensions["postman"].wait)
        running.enter_context(serving(app, port))
        return address, app

    with running:
        yield serve


@pytest.fixture
def page(browser):
    """A phone with a narrow screen."""
    with browser.new_context(viewport=PHONE, locale="da-DK") as context:
        yield context.new_page()


def test_a_person_comes_back_from_another_site_known(serve, page, tmp_path):
    """The broker is another site; coming back from it she is known, by a cookie that no other site's form can use."""
    with provider("localhost") as issuer:
        address, _app = serve(broker=broker_settings(tmp_path, issuer))
        page.goto(f"{address}/koege-2021/stand/form")
        page.get_by_role("link", name="Log ind med MitID").click()
        expect(page).to_have_url(re.compile(r"^http://localhost:"))
        page.get_by_role("button", name="aase", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ind")
        cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
        assert cookies["votingapp-office"]["sameSite"] == "Lax"
        assert cookies["votingapp-office"]["httpOnly"]
        assert "votingapp-mitid" not in cookies
        page.get_by_role("link", name="Gå til din opstilling").click()
        expect(page).to_have_url(f"{address}/koege-2021/stand/form")


def test_a_person_follows_the_link_from_her_webmail(serve, page):
    """From the form to the letter, and from a page of another site through the button to the form, by keyboard alone."""
    with Mailbox() as mailbox:
        address, app = serve(mail=mailbox.server)
        page.goto(f"{address}/koege-2021/identify?lang=ar")
        page.get_by_role("textbox").focus()
        page.keyboard.type("aase@eksempel.dk")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/identify/email"))
        app.extensions["postman"].wait()
        link = re.search(r"^http\S+", mailbox.letters[0].get_content(), re.MULTILINE)[0]
        page.context.route(
            WEBMAIL, lambda route: route.fulfill(content_type="text/html", body=f'<a href="{link}">x</a>')
        )
        page.goto(WEBMAIL)
        page.get_by_role("link").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(link)
        assert page.locator("html").get_attribute("dir") == "rtl"
        page.locator("main button").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{address}/koege-2021/stand/form")
        assert page.locator("html").get_attribute("lang") == "ar"


def test_a_person_who_comes_back_by_a_letters_link_is_still_known(serve, page):
    """A link in a letter leads from another site to her own page without signing her out."""
    with Mailbox() as mailbox:
        address, app = serve(mail=mailbox.server)
        page.goto(f"{address}/koege-2021/identify")
        page.get_by_role("textbox").fill("aase@eksempel.dk")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/identify/email"))
        app.extensions["postman"].wait()
        page.goto(re.search(r"^http\S+", mailbox.letters[0].get_content(), re.MULTILINE)[0])
        page.locator("main button").click()
        mine = f"{address}/koege-2021/stand/mine"
        page.context.route(
            WEBMAIL, lambda route: route.fulfill(content_type="text/html", body=f'<a href="{mine}">x</a>')
        )
        for _ in range(2):
            page.goto(WEBMAIL)
            page.get_by_role("link").click()
            expect(page).to_have_url(re.compile(rf"^{address}/koege-2021/stand/"))


def test_nothing_is_wider_than_the_phone(serve, page):
    """At 320 pixels no page of the way in scrolls sideways, in Danish or Arabic."""
    with Mailbox() as mailbox:
        address, _app = serve(mail=mailbox.server)
        for path in ("identify", "identify/link/x", "identify?lang=ar", "identify/link/x?lang=ar"):
            page.goto(f"{address}/koege-2021/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


@pytest.mark.parametrize("language", ["da", "ar"])
def test_the_brokers_pages_have_no_barrier(serve, page, tmp_path, language):
    """What one sees before and after the broker fits on the phone and axe finds nothing, whatever became of the sign-in."""
    with provider("localhost") as issuer:
        address, _app = serve(broker=broker_settings(tmp_path, issuer))
        start = f"{address}/koege-2021/identify?lang={language}"
        for person in (None, "aase", "weak", "visitor", "abroad", "deny"):
            page.context.clear_cookies()
            page.goto(start)
            if person is not None:
                page.locator("main a.button").click()
                name = "Deny" if person == "deny" else person
                page.get_by_role("button", name=name, exact=True).first.click()
                expect(page).to_have_url(re.compile(f"^{address}/mitid/callback"))
            assert page.locator("html").get_attribute("lang") == language
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], person
            found = Axe().run(page).response["violations"]
            assert not found, (person, [fault["id"] for fault in found])
