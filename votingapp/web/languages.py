"""Danish first, and the same page in other languages: Danish is the authentic text, a catalogue holds each translation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from babel import Locale, UnknownLocaleError
from flask import Flask, current_app, request, session
from flask_babel import Babel, get_locale

from votingapp.documents.dates import COPENHAGEN, clock_in, day_in, instant_in
from votingapp.resources import translations_dir
from votingapp.web.access import rule_of

if TYPE_CHECKING:
    from datetime import date, datetime, time

AUTHENTIC = "da"
"""The language whose text is binding."""

LANGUAGES = {
    "da": "Dansk",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "pl": "Polski",
    "uk": "Українська",
    "ro": "Română",
}
"""Code and own name of each language that the pages for everybody speak; the first is the authentic one."""

STAFF_LANGUAGES = {code: LANGUAGES[code] for code in ("da", "en")}
"""What the pages for officials speak."""

_UNDETERMINED = "und"
"""A candidate's own language that has no code of its own."""

_STAFF_ENTRANCE = frozenset({"entrance.sign_in", "entrance.password", "devices.join"})


def spoken_here() -> dict[str, str]:
    """The languages of the page asked for: all of them where everybody may come, fewer where only officials work."""
    endpoint = request.endpoint
    if endpoint is None:
        return LANGUAGES
    rule = rule_of(current_app, endpoint)
    for_staff = endpoint in _STAFF_ENTRANCE or (rule is not None and rule.needs_staff)
    return STAFF_LANGUAGES if for_staff else LANGUAGES


def chosen_language() -> str:
    """The visitor's language: what the address asks for (`?lang=da`), else what she chose, else what her browser prefers.

    Where the page does not speak her choice it is Danish; the choice is kept, and the next page is hers again.
    """
    spoken = spoken_here()
    if request.args.get("lang") in spoken:
        return request.args["lang"]
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen) if chosen in spoken else AUTHENTIC
    # A browser that asks for en-GB first and da second is given English: werkzeug's best_match would give it Danish.
    asked = (tag.split("-")[0].lower() for tag in request.accept_languages.values())
    return next((language for language in asked if language in spoken), AUTHENTIC)


def here(**query: str) -> str:
    """The address that shows this page again, its query kept but for the language; `query` is added to it."""
    rule = request.url_rule
    if rule is not None and "GET" not in (rule.methods or ()):
        return "/"  # the answer to a form that has no page of its own
    kept = [(key, text) for key, text in request.args.items(multi=True) if key != "lang"]
    asked = urlencode([*kept, *query.items()])
    return f"{quote(request.path)}?{asked}" if asked else quote(request.path)


def direction_of(language: str) -> str:
    """Which way a language (BCP 47) is written: `ltr` or `rtl`; `auto`, which goes by the letters, where nobody told us."""
    try:
        return "auto" if language == _UNDETERMINED else str(Locale.parse(language, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "auto"


def page_language() -> str:
    """The code of the language the page at hand is told in."""
    locale = get_locale()
    return AUTHENTIC if locale is None else str(locale.language)


def speak(app: Flask) -> None:
    """Give an app its languages, and the templates what they need to state them."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations_dir())
    Babel(
        app,
        default_locale=AUTHENTIC,
        default_timezone="Europe/Copenhagen",
        locale_selector=chosen_language,
        timezone_selector=lambda: "Europe/Copenhagen",
    )
    app.context_processor(_page_language)
    for written in (local_time, day, clock, minute, moment):
        app.add_template_filter(written)


def _page_language() -> dict[str, object]:
    language = page_language()
    return {
        "page_language": language,
        "page_direction": direction_of(language),
        "languages": spoken_here(),
        "direction_of": direction_of,
        "here": here,
    }


def local_time(instant: datetime) -> datetime:
    """An instant as the clock on the wall in Denmark shows it."""
    return instant.astimezone(COPENHAGEN)


def day(date: date) -> str:
    """A date in the page's language; of an instant, the day in Denmark is asked for by `instant|local_time|day`."""
    return day_in(page_language(), date)


def clock(at: time) -> str:
    """A time of day in the page's language: `17.00`."""
    return clock_in(page_language(), at)


def minute(instant: datetime) -> str:
    """An instant to the minute, in the page's language and Danish time: `23. november 2021 kl. 17.00`."""
    return instant_in(page_language(), instant)


def moment(instant: datetime) -> str:
    """An instant to the second, as a deadline and a receipt need it: `23. november 2021 kl. 17.00.00`."""
    return instant_in(page_language(), instant, seconds=True)
