"""The manual of the polling station on paper: the chapters of docs/manual, set as one booklet with their pictures."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from votingapp.documents.framing import framed
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from markdown_it.token import Token

CHAPTERS = (
    "ceremony",
    "polling-station",
    "tablets",
    "roll",
    "checkin",
    "slips",
    "challenge",
    "sound",
    "paper-record",
    "board",
    "evening",
    "audit",
    "record",
    "emergency",
)
"""The chapters in the order of the work, each a Markdown file of that name."""

Block = dict[str, Any]

_MARKS = {"strong": "bold", "em": "italic"}


@dataclass(slots=True)
class _Reader:
    """Walks the tokens of one chapter and gathers its blocks; every picture, a PNG, is read into `files`."""

    folder: Path
    chapter: int
    files: dict[str, bytes] = field(default_factory=dict)

    def blocks(self, tokens: Iterator[Token], until: str = "") -> list[Block]:
        """Read blocks up to the closing token `until`, or to the end."""
        found: list[Block] = []
        for token in tokens:
            if until and token.type == until:
                break
            found.extend(self._block(token, tokens))
        return found

    def _block(self, token: Token, tokens: Iterator[Token]) -> list[Block]:
        match token.type:
            case "paragraph_open":
                return self._paragraph(next(tokens))
            case "heading_open" | "table_open" | "fence" | "blockquote_open" | "bullet_list_open" | "ordered_list_open":
                return [self._single(token, tokens)]
            case _:
                return []

    def _single(self, token: Token, tokens: Iterator[Token]) -> Block:
        match token.type:
            case "heading_open":
                return {"kind": "heading", "level": int(token.tag[1:]), "runs": self._inline(tokens)}
            case "table_open":
                return {"kind": "table", "rows": self._rows(tokens)}
            case "fence":
                return {"kind": "code", "text": token.content.rstrip()}
            case "blockquote_open":
                return {"kind": "quote", "blocks": self.blocks(tokens, "blockquote_close")}
            case kind:
                items = self._items(tokens, kind.replace("open", "close"))
                return {"kind": "list", "ordered": kind.startswith("ordered"), "items": items}

    def _paragraph(self, inline: Token) -> list[Block]:
        pictures = [child for child in inline.children or () if child.type == "image"]
        if pictures:
            return [self._picture(child) for child in pictures]
        return [{"kind": "paragraph", "runs": _runs(inline.children or ())}]

    def _picture(self, token: Token) -> Block:
        source = str(token.attrGet("src"))
        name = f"{self.chapter}-{len(self.files)}.svg"
        picture = (self.folder / source).read_bytes()
        width, height = struct.unpack(
            ">II", picture[16:24]
        )  # PNG: the first chunk holds them (PNG specification 11.2.1)
        self.files[name] = framed(picture, "png", width, height)
        return {"kind": "picture", "file": name, "alt": token.content}

    def _inline(self, tokens: Iterator[Token]) -> list[Block]:
        return _runs(next(tokens).children or ())

    def _items(self, tokens: Iterator[Token], until: str) -> list[list[Block]]:
        items: list[list[Block]] = []
        for token in tokens:
            if token.type == until:
                break
            if token.type == "list_item_open":
                items.append(self.blocks(tokens, "list_item_close"))
        return items

    def _rows(self, tokens: Iterator[Token]) -> list[list[list[Block]]]:
        rows: list[list[list[Block]]] = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_runs(token.children or ()))
        return rows


def _runs(children: Sequence[Token]) -> list[Block]:
    """The text of a line in pieces, each bold, italic or code; a link is its own words."""
    runs: list[Block] = []
    marks: set[str] = set()
    for child in children:
        name, _underscore, what = child.type.rpartition("_")
        if name in _MARKS:
            (marks.add if what == "open" else marks.discard)(_MARKS[name])
        elif child.type == "code_inline":
            runs.append({"text": child.content, "marks": ["code"]})
        elif child.type == "text":
            runs.append({"text": child.content, "marks": sorted(marks)})
        elif child.type in {"softbreak", "hardbreak"}:
            runs.append({"text": " ", "marks": []})
    return runs


def render_manual(folder: Path, election: str, drawn_up: date) -> bytes:
    """Set the chapters in `folder` as one A4 booklet (PDF/A-3a, PDF/UA-1) for an election; return the PDF.

    A chapter that is not there is an error of the house: OSError.
    """
    chapters: list[list[Block]] = []
    files: dict[str, bytes] = {}
    for number, name in enumerate(CHAPTERS):
        reader = _Reader(folder, number)
        text = (folder / f"{name}.md").read_text(encoding="utf-8")
        chapters.append(reader.blocks(iter(MarkdownIt("commonmark").enable("table").parse(text))))
        files |= reader.files
    return typeset("manual", {"election": election, "chapters": chapters}, dated=drawn_up, files=files)
