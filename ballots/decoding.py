"""A register extract comes as bytes from another office; its letters are read strictly or not at all."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Encoding = Literal["utf-8", "utf-8-sig", "windows-1252"]

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF16_HEADER = ("personnummer".encode("utf-16-le"), "personnummer".encode("utf-16-be"))
# How UTF-8 writes æ, ø, å, é, ü: Windows-1252 reads that as Ã and a sign that names do not have there.
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Undecodable(StrEnum):
    """Why bytes are not read as text."""

    EMPTY = "empty"
    UTF_16 = "utf_16"
    """Saved as "Unicode text": save it as CSV UTF-8 instead."""
    BINARY = "binary"
    """Not text at all, such as a spreadsheet or a zip file."""
    BROKEN_UTF_8 = "broken_utf_8"
    """Says or shows that it is UTF-8, but is cut or mixed with something else."""
    UNDEFINED_BYTES = "undefined_bytes"
    """Neither UTF-8 nor Windows-1252, which leaves the bytes 81, 8D, 8F, 90 and 9D without meaning."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, without a byte order mark, and the encoding it was read with."""

    text: str
    encoding: Encoding


def decode_extract(data: bytes) -> Decoded | Undecodable:
    """Read bytes as UTF-8, with or without byte order mark, else as Windows-1252, each strictly.

    A file that fails as UTF-8 and yet holds UTF-8 letters is refused rather than read as Windows-1252, since
    every æ, ø and å in it would quietly become two wrong signs.
    """
    obstacle = _not_text(data)
    if obstacle:
        return obstacle
    if data.startswith(_UTF8_MARK):
        text = _decode(data.removeprefix(_UTF8_MARK), "utf-8")
        return Undecodable.BROKEN_UTF_8 if text is None else Decoded(text, "utf-8-sig")
    text = _decode(data, "utf-8")
    return _decode_windows_1252(data) if text is None else Decoded(text, "utf-8")


def _not_text(data: bytes) -> Undecodable | None:
    if not data.removeprefix(_UTF8_MARK).strip():
        return Undecodable.EMPTY
    if data.startswith(_UTF16_MARKS):
        return Undecodable.UTF_16
    if not _CONTROL.search(data):
        return None
    return Undecodable.UTF_16 if any(word in data for word in _UTF16_HEADER) else Undecodable.BINARY


def _decode_windows_1252(data: bytes) -> Decoded | Undecodable:
    if _UTF8_LETTER.search(data):
        return Undecodable.BROKEN_UTF_8
    text = _decode(data, "cp1252")
    return Undecodable.UNDEFINED_BYTES if text is None else Decoded(text, "windows-1252")


def _decode(data: bytes, codec: Literal["utf-8", "cp1252"]) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None
