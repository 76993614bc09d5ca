"""Every paper of the election is set by Typst, in memory, as a PDF that archives and screen readers accept."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import typst

from votingapp.resources import templates_dir

REPLACEMENT = "\ufffd"
"""Printed in place of a character that no embedded font carries."""

_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
_PLAIN = "\t\n"


class TypesettingError(Exception):
    """A document could not be set; the message is Typst's own and never holds the document's data."""


def typeset(
    template: str,
    data: Mapping[str, object],
    *,
    dated: date,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Set `templates/documents/<template>.typ` and return it as PDF/A-3a and PDF/UA-1.

    `data` must be JSON-able; the template reads it from `data.json`, so nothing in it is ever parsed as markup.
    `files` (pictures, attachments) are found by the template under `files/<name>`. `dated` becomes the PDF's
    creation date; equal arguments give equal bytes. Nothing is written to disk, and only Typst's own fonts are used.

    Characters those fonts lack are set as U+FFFD, and `data.json` then says `"replaced": true`.
    """
    sources = _sources(template) | {f"files/{name}": content for name, content in (files or {}).items()}
    try:
        return _compile(sources | {"data.json": _data(data, frozenset())}, dated)
    except typst.TypstError as failure:
        missing = frozenset(char for char in _characters(data) if not _has_glyph(char))
        if not missing:
            raise TypesettingError(failure.message) from None
    return _compile(sources | {"data.json": _data(data, missing)}, dated)


def _sources(template: str) -> dict[str, bytes]:
    """Return the named template as the main file, and its neighbours for it to import."""
    folder = templates_dir() / "documents"
    sources = {path.name: path.read_bytes() for path in sorted(folder.glob("*.typ"))}
    return sources | {"main.typ": sources[f"{template}.typ"]}


def _compile(sources: Mapping[str, bytes], dated: date) -> bytes:
    return typst.compile(
        dict(sources),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=_STANDARDS,
        timestamp=datetime.combine(dated, time(), UTC),
    )


def _data(data: Mapping[str, object], missing: frozenset[str]) -> bytes:
    table = str.maketrans(dict.fromkeys(missing, REPLACEMENT))
    return json.dumps(_translated(data, table) | {"replaced": bool(missing)}, ensure_ascii=False).encode()
