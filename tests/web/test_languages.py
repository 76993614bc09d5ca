"""The pages in two languages."""

import pytest


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


def test_a_language_we_do_not_speak_cannot_be_chosen(client):
    """The choice is one of the languages on the page."""
    assert client.submit("/sign-in", {}).status_code == 422
    token = client.get("/").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert client.post("/language", data={"language": "xx", "csrf_token": token}).status_code == 400
