"""What the pages say and to whom: the messages that each language's catalogue must hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parent.parent
CATALOGUES = ROOT / "votingapp" / "translations"

PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "tr": "nplurals=1; plural=0;",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);",
}
"""The languages besides Danish, each with the rule of its plural."""

FOR_OFFICIALS = frozenset(
    {
        "audit",
        "ceremony",
        "checkin",
        "complaints",
        "council",
        "count",
        "deletion",
        "devices",
        "entrance",
        "members",
        "paper",
        "poll",
        "record",
        "roll",
        "secretariat",
        "slips",
        "station",
    }
)
"""The desks whose pages only officials open; whatever lies elsewhere is said to everybody."""

TOLD_TO_OFFICIALS = frozenset(
    {
        "votingapp/web/cosign.py",
        "votingapp/web/machine_words.py",
        "votingapp/web/paper_boxes.py",
        "votingapp/web/vacancy_words.py",
        "votingapp/web/watching.py",
    }
)
"""Modules that several of those desks share, and nobody else's page."""

SPOKEN_TO_OFFICIALS = frozenset({"en"})
"""The catalogues that hold what officials read as well."""

Message = str | tuple[str, str]
"""A Danish sentence, or the pair of it for one and for many."""

_METHODS = [("votingapp/**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"trimmed": "true"}}
_KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
_NOT_PAGES = {".venv", "frontend", "tests"}


def messages_of(language: str) -> dict[str, Message]:
    """Every message a catalogue must hold, by its Danish sentence (the one for a single thing, where there are two)."""
    found: dict[str, Message] = {}
    for file, message in _said():
        if language not in SPOKEN_TO_OFFICIALS and _is_for_officials(file):
            continue
        if isinstance(message, str):
            found.setdefault(message, message)
        else:
            found[message[0]] = message
    return found


@cache
def _said() -> tuple[tuple[Path, Message], ...]:
    """Every message in pages and code, with the file that says it."""
    extracted = extract_from_dir(
        str(ROOT), _METHODS, _OPTIONS, _KEYWORDS, directory_filter=lambda path: Path(path).name not in _NOT_PAGES
    )
    return tuple((Path(file), message) for file, _line, message, *_rest in extracted)


def _is_for_officials(file: Path) -> bool:
    if file.as_posix() in TOLD_TO_OFFICIALS:
        return True
    match file.parts:
        case ("templates", desk, *_) | ("votingapp", "desks", desk, *_):
            return desk in FOR_OFFICIALS
        case _:
            return False


def catalogue_of(language: str) -> Path:
    """Where a language's translations are kept."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"
