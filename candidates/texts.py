"""A candidate gives a name and a statement; they are taken as written or refused with a reason, never cut."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_NAME = 2
LONGEST_NAME = 100
# Vietnamese, Tigrinya and pointed Arabic need two or three; more is a heap that covers the lines around it.
_MARKS_ON_ONE_LETTER = 4
# Not yet composed, the same letters bring a few more. A longer run is refused before the text is composed: Unicode
# sorts the marks of a run, which for a hundred thousand of them keeps a processor busy for minutes.
_MARKS_BEFORE_COMPOSING = 12

_ZERO_WIDTH_NON_JOINER = "\u200c"
_ZERO_WIDTH_JOINER = "\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
# Persian and Urdu spell with the joiners. The direction marks set off a foreign word in right-to-left text and
# end with it; embeddings, overrides and isolates reach further and can turn the words of the page around.
_INVISIBLE_IN_NAME = frozenset(_ZERO_WIDTH_NON_JOINER + _ZERO_WIDTH_JOINER)
_INVISIBLE_IN_STATEMENT = _INVISIBLE_IN_NAME | frozenset(_DIRECTION_MARKS)


class TextFault(StrEnum):
    """Why a text is not taken."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    FORBIDDEN_CHARACTER = "forbidden_character"
    NO_LETTER = "no_letter"
    HEAPED_MARKS = "heaped_marks"


@dataclass(frozen=True, slots=True)
class RefusedText:
    """A text that is not taken: the fault, the length found and the limit missed, both in characters.

    For a forbidden character `character` names it by code point, such as `U+202E`; lengths are then 0.
    """

    fault: TextFault
    length: int = 0
    limit: int = 0
    character: str = ""


def count_characters(text: str) -> int:
    """Count characters as a reader sees them: letters, signs, spaces and line breaks, one each.

    The text is composed (Unicode NFC) and code points that only modify the one before (categories M and Cf)
    are left out. So é is one character however it was typed, and a language whose vowels are written as marks
    gets the same room as Danish. A form counts the same when it composes the text and drops both categories.
    """
    return sum(not _only_modifies(letter) for letter in unicodedata.normalize("NFC", text))


def read_name(text: str) -> str | RefusedText:
    """Return a name, or a distinguishing line, as it will be printed: composed, with single spaces.

    It has 2 to 100 characters, here counted as code points since that is what a register's field holds, and a
    letter among them. Control characters and anything that turns the direction of writing around are refused, not removed.
    """
    heap = _refuse_heaps(text, _MARKS_BEFORE_COMPOSING)
    if heap:
        return heap
    name = unicodedata.normalize("NFC", text)
    forbidden = _forbidden(name, allowed=_INVISIBLE_IN_NAME)
    if forbidden:
        return forbidden
    name = " ".join(name.split())
    length = len(name)
    if length < SHORTEST_NAME:
        return RefusedText(TextFault.TOO_SHORT, length, SHORTEST_NAME)
    if length > LONGEST_NAME:
        return RefusedText(TextFault.TOO_LONG, length, LONGEST_NAME)
    if not any(letter.isalpha() for letter in name):
        return RefusedText(TextFault.NO_LETTER, length)
    return _refuse_heaps(name) or name


def read_statement(text: str, limit: int) -> str | RefusedText:
    """Return a statement, composed, with line feeds between lines and no blank ends; it may be empty.

    `limit` is `[nomination] statement_limit`, in characters, the same for everybody. One character above it is
    refused with the count, since a text cut short would no longer be the candidate's.
    """
    heap = _refuse_heaps(text, _MARKS_BEFORE_COMPOSING)
    if heap:
        return heap
    statement = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip(" \n")
    forbidden = _forbidden(statement.replace("\n", " "), allowed=_INVISIBLE_IN_STATEMENT)
    if forbidden:
        return forbidden
    length = count_characters(statement)
    if length > limit:
        return RefusedText(TextFault.TOO_LONG, length, limit)
    return _refuse_heaps(statement) or statement


def _only_modifies(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category == "Cf" or category.startswith("M")


def _forbidden(text: str, *, allowed: frozenset[str]) -> RefusedText | None:
    """Find a character that is not printable; the many kinds of space are."""
    for letter in text:
        printable = letter.isprintable() or unicodedata.category(letter) == "Zs"
        if not printable and letter not in allowed:
            return RefusedText(TextFault.FORBIDDEN_CHARACTER, character=f"U+{ord(letter):04X}")
    return None


def _refuse_heaps(text: str, most: int = _MARKS_ON_ONE_LETTER) -> RefusedText | None:
    """Marks are not counted, so a limit on their run keeps the limit on the whole."""
    run = 0
    for letter in text:
        run = run + 1 if _only_modifies(letter) else 0
        if run > most:
            return RefusedText(TextFault.HEAPED_MARKS, run, _MARKS_ON_ONE_LETTER)
    return None
