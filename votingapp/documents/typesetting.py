"""Every paper of the election is set by Typst, in memory, as a PDF that archives and screen readers accept."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

import typst

from votingapp.resources import fonts_dir, templates_dir

REPLACEMENT = "\ufffd"
"""Printed in place of a character that no embedded font carries."""

REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Directional overrides and isolates (Unicode UAX 9): inside a name they could turn the text around it back to front."""

_PROBE = b'#set document(title: "probe")\n#json("data.json").probe'


class TypesettingError(Exception):
    """A document could not be set; the message is Typst's own."""


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
    creation date; equal arguments give equal bytes. Nothing is written to disk, and only the fonts that come
    with Typst and with the house are used, so that a paper looks the same wherever it is set.

    A character those fonts lack must not stop a record: it is set as U+FFFD, and the template is told so by
    `"replaced": true`. Directional overrides are left out.
    """
    sources = _sources(template) | {f"files/{name}": content for name, content in (files or {}).items()}
    clean = dict.fromkeys(REORDERING, "")
    try:
        return _compile(sources | {"data.json": _json(data, clean, replaced=False)}, dated)
    except typst.TypstError:
        missing = [char for char in sorted(set(_characters(data))) if not _has_glyph(char)]
    filled = dict.fromkeys(missing, REPLACEMENT) | clean
    try:
        return _compile(sources | {"data.json": _json(data, filled, replaced=bool(missing))}, dated)
    except typst.TypstError as failure:
        raise TypesettingError(f"{template}: {failure.message}") from None


def _sources(template: str) -> dict[str, bytes]:
    """Return the named template as the main file, with its neighbours for it to import."""
    folder = templates_dir() / "documents"
    sources = {path.name: path.read_bytes() for path in folder.glob("*.typ")}
    return sources | {"main.typ": sources[f"{template}.typ"]}


def _compile(sources: Mapping[str, bytes], dated: date) -> bytes:
    # typst takes a whole folder as a mapping, which its own type annotations do not mention.
    in_memory: bytes = dict(sources)  # type: ignore[assignment]
    return typst.compile(
        in_memory,
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts_dir()]),
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.combine(dated, time(), UTC),
    )


def _has_glyph(char: str) -> bool:
    # Between letters, as in a name: some marks show their fault only there.
    data = json.dumps({"probe": f"a{char}a"}).encode()
    try:
        _compile({"main.typ": _PROBE, "data.json": data}, date(2000, 1, 1))
    except typst.TypstError:
        return False
    return True


def _json(data: Mapping[str, object], replacements: Mapping[str, str], *, replaced: bool) -> bytes:
    table = str.maketrans(dict(replacements))
    fields = {key: _translated(value, table) for key, value in data.items()}
    return json.dumps(fields | {"replaced": replaced}, ensure_ascii=False, allow_nan=False).encode()


def _translated(value: object, table: dict[int, str]) -> object:
    """Return `value` with every text in it translated, however deep; keys are ours and stay."""
    match value:
        case str():
            return value.translate(table)
        case Mapping():
            return {key: _translated(item, table) for key, item in value.items()}
        case list() | tuple():
            return [_translated(item, table) for item in value]
        case _:
            return value


def _characters(value: object) -> Iterator[str]:
    match value:
        case str():
            yield from value
        case Mapping():
            for item in value.values():
                yield from _characters(item)
        case list() | tuple():
            for item in value:
                yield from _characters(item)
