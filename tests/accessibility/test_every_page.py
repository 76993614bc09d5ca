"""Every page can be read and used on the narrowest screen, in every language it speaks, with help or without."""

import pytest
from babel.support import Translations
from catalogues import messages_of
from sweeping import NARROW, STAGES, VISITORS, Sweep

from votingapp.web.languages import LANGUAGES, STAFF_LANGUAGES, direction_of

pytestmark = pytest.mark.browser

CLOSED = {
    "council.case_docx": "a file of an item that was sent to the byråd, and none was",
    "council.case_pdf": "the same as a PDF",
    "council.letters_pdf": "letters on paper, and none was written",
    "deletion.certificate": "nothing was deleted",
    "identity.mitid": "this house has no broker",
    "identity.mitid_callback": "this house has no broker",
    "photo.nominated": "a picture, and nobody here has one",
    "photo.published": "a picture, and nobody here has one",
    "secretariat.notice_letter": "a letter on paper, and none was written",
}
"""Routes that answer a refusal at every stage here, each with its reason."""


SPOKEN = {"nomination": tuple(LANGUAGES), "ceremony": ("en",), "count": ("da", "ar")}
"""The languages each stage is swept in: all of them once, one in each direction where few pages are other ones."""

FOR_OFFICIALS = {("nomination", "da"), ("ceremony", "en"), ("count", "da")}
"""Where the officials' pages are swept too: every stage once, and each of their languages."""

AT_NOMINATION = pytest.mark.parametrize("stage", ["nomination"], indirect=True)


@pytest.mark.parametrize(
    ("name", "language"), [(name, language) for name, languages in SPOKEN.items() for language in languages]
)
def test_no_page_has_a_barrier(browser, stage_at, name, language):
    """At 320 pixels nothing sticks out, axe finds nothing, and the page is marked with its language and direction.

    Every route that shows a page is opened: those for everybody and for applicants in each language, those for
    officials in theirs. Every other language is looked at in the dark, so that both colour schemes are seen.
    """
    stage = stage_at(name)
    context = browser.new_context(
        viewport={"width": NARROW[0], "height": NARROW[1]},
        extra_http_headers={"Accept-Language": language},
        color_scheme="dark" if list(LANGUAGES).index(language) % 2 else "light",
        reduced_motion="reduce",
    )
    sweep = Sweep(context.new_page(), language, direction_of(language))
    for visitor in VISITORS if (name, language) in FOR_OFFICIALS else VISITORS[:2]:
        stage.enter(context, visitor)
        for path in (path for path, who in stage.pages if who == visitor):
            sweep.look(stage.address + path)
    context.close()
    assert sweep.faults == []


@pytest.mark.parametrize("stage", STAGES, indirect=True)
def test_everybody_is_told_what_every_catalogue_holds(stage, monkeypatch):
    """No page for everybody says a sentence that the catalogues take to be for officials only."""
    pages = stage.pages  # the officials' too, so they are found before anybody listens
    told = set()
    for method in ("gettext", "ugettext", "ngettext", "ungettext"):
        original = getattr(Translations, method)

        def listen(self, message, *others, original=original):
            told.add(message)
            return original(self, message, *others)

        monkeypatch.setattr(Translations, method, listen)
    for visitor in ("visitor", "applicant"):
        client = stage.client(visitor)
        for path in (path for path, who in pages if who == visitor):
            client.get(path, headers={"Accept-Language": "ro"})
    assert "Gå til indholdet" in told
    assert told & (messages_of("en").keys() - messages_of("ro").keys()) == set()


def test_every_stage_and_language_of_the_officials_is_swept():
    """Neither a stage nor a language of theirs is left out."""
    stages, languages = zip(*FOR_OFFICIALS, strict=True)
    assert (set(stages), set(languages)) == (set(STAGES), set(STAFF_LANGUAGES))


@AT_NOMINATION
def test_the_choice_of_language_needs_a_keyboard_only(browser, stage):
    """Without a script and without a pointer a visitor unfolds the choice, takes a language and is where she was."""
    context = browser.new_context(java_script_enabled=False, extra_http_headers={"Accept-Language": "da"})
    page = context.new_page()
    page.goto(f"{stage.address}/koege-2021/rules")
    page.locator("summary").press("Enter")
    button = page.get_by_role("button", name="العربية")
    button.press("Enter")
    page.wait_for_url("**/koege-2021/rules")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("summary").inner_text().strip().endswith("العربية")
    page.locator("footer a").press("Enter")
    assert page.locator("html").get_attribute("lang") == "da"
    context.close()


@AT_NOMINATION
@pytest.mark.parametrize("language", ["da", "ar"])
def test_the_focus_is_seen_wherever_it_is(browser, stage, language):
    """Whoever goes through a page with the tab key sees an outline on each thing she comes to, in both directions."""
    context = browser.new_context(extra_http_headers={"Accept-Language": language})
    page = context.new_page()
    page.goto(f"{stage.address}/koege-2021/")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(() => { const one = document.activeElement; const style = getComputedStyle(one);"
            "return [one.tagName, one.outerHTML.slice(0, 80), style.outlineStyle, parseFloat(style.outlineWidth)]; })()"
        )
        if here[0] == "BODY":
            break
        reached.add(here[1])
        assert here[2] != "none", here
        assert here[3] >= 2, here
    assert len(reached) >= 5
    context.close()


def test_every_page_opens_at_some_time(stage_at):
    """A page that refuses at every stage would be swept by nobody: each is opened at one, or stands in the list of why not."""
    opened, closed = set(), set()
    for name in STAGES:
        for endpoint, _path, _visitor, answer in stage_at(name).answers:
            (opened if answer.status_code < 400 else closed).add(endpoint)
    assert sorted(closed - opened) == sorted(CLOSED)
