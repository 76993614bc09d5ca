"""Danish first, and the same page in other languages: Danish is the authentic text, a catalogue holds each translation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask, request, session
from flask_babel import Babel, get_locale

from votingapp.resources import translations_dir

if TYPE_CHECKING:
    from datetime import datetime

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LANGUAGES = {"da": "Dansk", "en": "English"}
"""Code and own name of each language the pages speak; the first is the authentic one."""

_DEFAULT = "da"


def chosen_language() -> str:
    """The visitor's language: what she chose, else what her browser prefers, else Danish."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    # A browser that asks for en-GB first and da second is given English: werkzeug's best_match would give it Danish.
    asked = (tag.split("-")[0].lower() for tag in request.accept_languages.values())
    return next((language for language in asked if language in LANGUAGES), _DEFAULT)


def speak(app: Flask) -> None:
    """Give an app its languages, and the templates what they need to state them."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations_dir())
    Babel(
        app,
        default_locale=_DEFAULT,
        default_timezone="Europe/Copenhagen",
        locale_selector=chosen_language,
        timezone_selector=lambda: "Europe/Copenhagen",
    )
    app.context_processor(_page_language)
    app.add_template_filter(local_time)


def _page_language() -> dict[str, object]:
    locale = get_locale() or Locale(_DEFAULT)
    return {
        "page_language": locale.language,
        "page_direction": locale.text_direction,
        "languages": LANGUAGES,
    }


def local_time(instant: datetime) -> datetime:
    """An instant as the clock on the wall in Denmark shows it."""
    return instant.astimezone(COPENHAGEN)
