"""Refuse a build in which a page says something that one of its languages cannot."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
METHODS = [("votingapp/**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def said() -> set[str]:
    """Every Danish message in pages and code."""
    found = extract_from_dir(
        str(ROOT),
        METHODS,
        OPTIONS,
        KEYWORDS,
        directory_filter=lambda path: Path(path).name not in {".venv", "frontend", "tests"},
    )
    return {message if isinstance(message, str) else message[0] for _file, _line, message, *_ in found}


def faults(source: Path, messages: set[str]) -> list[str]:
    """What is missing, unsure or left over in one catalogue."""
    with source.open("rb") as stream:
        catalogue = read_po(stream, abort_invalid=True)
    translated = {entry.id if isinstance(entry.id, str) else entry.id[0]: entry for entry in catalogue if entry.id}
    found = [f"missing: {message}" for message in sorted(messages - translated.keys())]
    found += [f"left over: {message}" for message in sorted(translated.keys() - messages)]
    for message, entry in translated.items():
        if entry.fuzzy or not entry.string:
            found.append(f"not translated: {message}")
        found += [f"{error}: {message}" for error in entry.check(catalogue)]
    return found


def main() -> int:
    """Check every catalogue; 1 when one has a fault."""
    messages = said()
    status = 0
    for source in sorted((ROOT / "votingapp" / "translations").glob("*/LC_MESSAGES/messages.po")):
        for fault in faults(source, messages):
            sys.stderr.write(f"{source.parent.parent.name}: {fault}\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
