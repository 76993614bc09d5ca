"""The pages in seven languages for everybody, in two for officials."""

from datetime import UTC, datetime

import pytest
from flask import render_template_string

from votingapp.web.languages import LANGUAGES, STAFF_LANGUAGES


def choose(client, language, at="/"):
    """Choose a language on the page at an address; the answer to the choice."""
    page = client.get(at).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    following = page.split('name="next" value="')[1].split('"')[0].replace("&amp;", "&")
    return client.post("/language", data={"language": language, "next": following, "csrf_token": token})


@pytest.mark.parametrize(
    ("accepted", "language", "sentence"),
    [
        ("en", "en", "Sign in"),
        ("da,en;q=0.5", "da", "Log ind"),
        ("ar", "da", "Log ind"),
        ("en-GB,da;q=0.9", "en", "Sign in"),
        ("", "da", "Log ind"),
        ("x" * 3000, "da", "Log ind"),
    ],
)
def test_page_speaks_what_the_browser_asks_for(client, accepted, language, sentence):
    """The browser's preference decides until the visitor chooses; what we do not speak is Danish."""
    page = client.get("/sign-in", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}" dir="ltr">' in page.text
    assert sentence in page.text


@pytest.mark.parametrize(
    ("accepted", "language", "direction"),
    [
        ("ar", "ar", "rtl"),
        ("ar-IQ,en;q=0.8", "ar", "rtl"),
        ("uk-UA,ru;q=0.8", "uk", "ltr"),
        ("so,ti;q=0.9,pl;q=0.8", "pl", "ltr"),
        ("so", "da", "ltr"),
    ],
)
def test_a_page_for_everybody_speaks_seven_languages(client, accepted, language, direction):
    """The first language of the browser that the page speaks is spoken, and written in its own direction."""
    assert f'<html lang="{language}" dir="{direction}">' in client.get("/", headers={"Accept-Language": accepted}).text


def test_the_names_of_the_languages_are_said_in_themselves(client):
    """Each choice is marked with its own language and direction, so that a screen reader can say it."""
    page = client.get("/").text
    for code, name in LANGUAGES.items():
        direction = "rtl" if code == "ar" else "ltr"
        current = ' aria-current="true"' if code == "da" else ""
        assert f'value="{code}" lang="{code}" dir="{direction}"{current}>{name}</button>' in page


def test_an_official_page_speaks_two_languages_and_keeps_the_choice(client, store, found_election, add_staff, sign_in):
    """Who chose Arabic reads a page for officials in Danish, marked as Danish, and Arabic again where it is spoken."""
    add_staff(store, found_election(store), "anna")
    assert choose(client, "ar").status_code == 302
    sign_in(client, "anna")
    page = client.get("/password").text
    assert '<html lang="da" dir="ltr">' in page
    assert [name for name in LANGUAGES.values() if f">{name}</button>" in page] == list(STAFF_LANGUAGES.values())
    assert '<html lang="ar" dir="rtl">' in client.get("/koege-2021/").text


def test_choosing_a_language_stays_on_the_page(client, store, found_election):
    """The visitor comes back to the address she was at, its question included."""
    found_election(store)
    answer = choose(client, "ro", "/koege-2021/candidates?page=2&name=Øster%20%26%20Vester")
    assert answer.headers["Location"] == "/koege-2021/candidates?page=2&name=%C3%98ster+%26+Vester"
    assert '<html lang="ro"' in client.get("/").text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example", "/a\nb", ""])
def test_choosing_a_language_leads_nowhere_else(client, target):
    """A form that was tampered with cannot lead the visitor out of the house."""
    token = client.get("/").text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = client.post("/language", data={"language": "pl", "next": target, "csrf_token": token})
    assert answer.headers["Location"] == "/"


def test_an_address_can_ask_for_a_language(client, store, found_election):
    """A shared address shows the page in its language, and the visitor's own choice stays what it was."""
    found_election(store)
    choose(client, "tr")
    assert '<html lang="uk"' in client.get("/koege-2021/?lang=uk").text
    assert '<html lang="tr"' in client.get("/koege-2021/").text
    assert '<html lang="tr"' in client.get("/koege-2021/?lang=xx").text
    assert '<html lang="da"' in client.get("/sign-in?lang=uk").text


def test_choosing_a_language_wins_over_the_address(client, store, found_election):
    """Who follows a shared address and then chooses is led on without the address's language."""
    found_election(store)
    assert choose(client, "pl", "/koege-2021/?lang=uk").headers["Location"] == "/koege-2021/"


def test_every_page_leads_to_its_danish_text(client, store, found_election):
    """A page that is not Danish says that Danish is authentic and links to itself in Danish; a Danish page needs not."""
    found_election(store)
    page = client.get("/koege-2021/rules?lang=ar").text
    assert '<a href="/koege-2021/rules?lang=da" hreflang="da">' in page
    assert "hreflang" not in client.get("/koege-2021/rules?lang=da").text


def test_a_page_that_answers_a_form_leads_back_to_the_form(client):
    """After a mistake the choice of language opens the form's own address, with nothing of what was typed."""
    answer = client.submit("/sign-in?next=/password", {"login": "anna"})
    assert answer.status_code == 422
    assert 'name="next" value="/sign-in?next=%2Fpassword"' in answer.text


def test_a_page_that_is_not_there_says_so_in_seven_languages(client):
    """A refusal outside every route is for everybody."""
    page = client.get("/nowhere/else/at-all", headers={"Accept-Language": "ar"})
    assert page.status_code == 404
    assert '<html lang="ar" dir="rtl">' in page.text


def test_a_language_we_do_not_speak_cannot_be_chosen(client):
    """The choice is one of the languages on the page."""
    assert client.submit("/sign-in", {}).status_code == 422
    token = client.get("/").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert client.post("/language", data={"language": "xx", "csrf_token": token}).status_code == 400


def test_dates_on_a_page_are_written_in_its_language(office):
    """The filters write a date, a clock and an instant as the page's readers do, in Danish time."""
    text = "{{ at|moment }} | {{ at|minute }} | {{ at|local_time|day }} | {{ at.time()|clock }}"
    instant = datetime(2021, 11, 16, 23, 30, 5, tzinfo=UTC)
    for language, written in (
        ("da", "17. november 2021 kl. 00.30.05 | 17. november 2021 kl. 00.30 | 17. november 2021 | 23.30"),
        ("en", "17 November 2021, 00:30:05 | 17 November 2021, 00:30 | 17 November 2021 | 23:30"),
        ("pl", "17 listopada 2021, 00:30:05 | 17 listopada 2021, 00:30 | 17 listopada 2021 | 23:30"),
    ):
        with office.test_request_context(f"/?lang={language}"):
            assert render_template_string(text, at=instant) == written
