"""A candidate gives a name and a statement; they are taken as written or refused with a reason, never cut."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from candidates.letters import split_words
from candidates.unseen import UNSEEN, shows_nothing

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
_UNSEEN_IN_NAME = UNSEEN - _INVISIBLE_IN_NAME
_INVISIBLE_IN_STATEMENT = _INVISIBLE_IN_NAME | frozenset(_DIRECTION_MARKS)

_HYPHENS = "-\u2010\u2011\u2013\u058a\u05be"
_APOSTROPHES = "'\u2018\u2019`\u00b4\u055a\u05f3\u05f4"
# Between the parts of a name in Catalan, Chinese and Japanese; between syllables in Tibetan, words in Ethiopic.
_DOTS = ".\u00b7\u30fb\u0f0b\u1361"
_SIGNS_IN_NAME = frozenset(" " + _HYPHENS + _APOSTROPHES + _DOTS) | _INVISIBLE_IN_NAME

# Formulas and full width have letters of their own, which are set bolder or wider than a neighbour's.
_DRESSED_LETTERS = ("<font>", "<wide>")
# Arabic type is stretched with it to fill a line; it belongs to no spelling.
_TATWEEL = "\u0640"
# Rings and squares around a letter, and lines through, under and over it.
_EMPHASIS = frozenset("\u0305\u0332\u0333\u0334\u0335\u0336\u0337\u0338\u033f")

# A dot inside a word, as in an address of the net; `cand.mag.` is an abbreviation, for it ends with a dot.
_NET_ADDRESS = re.compile(r"@|//|\bwww\.|\w\.[^\W\d_]{2,}(?![\w.])", re.IGNORECASE)


class TextFault(StrEnum):
    """Why a text is not taken."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    FORBIDDEN_CHARACTER = "forbidden_character"
    NO_LETTER = "no_letter"
    HEAPED_MARKS = "heaped_marks"
    LOOSE_MARK = "loose_mark"
    NOT_IN_NAME = "not_in_name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class RefusedText:
    """A text that is not taken: the fault, the length found and the limit missed, both in characters.

    For a forbidden character `character` names it by code point, such as `U+202E`, and for one that is no part of a
    name it is the character; lengths are then 0.
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
    """Return a person's name as it will be printed: composed, with single spaces.

    It has 2 to 100 characters, here counted as code points since that is what a register's field holds, and a
    letter among them. Beside letters there are spaces, hyphens, apostrophes and full stops: a digit, a sign or an
    accent without a letter would buy the first place of the alphabet or the first look, and an address would be an
    advertisement. Control characters, signs that nobody sees and anything that turns the direction of writing around are
    refused, not removed.
    """
    name = _read_line(text)
    return name if isinstance(name, RefusedText) else _refuse_other_than_name(name) or name


def read_distinguishing_line(text: str) -> str | RefusedText:
    """Return the line that tells two candidates apart, held to the same limits as a name.

    Digits and signs may stand in it, an address of the net may not: it is no advertisement either.
    """
    line = _read_line(text)
    if isinstance(line, RefusedText):
        return line
    return RefusedText(TextFault.ADDRESS) if _NET_ADDRESS.search(line) else line


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
    if shows_nothing(statement):
        return _forbid(statement[0])
    length = count_characters(statement)
    if length > limit:
        return RefusedText(TextFault.TOO_LONG, length, limit)
    return _refuse_heaps(statement) or statement


def _read_line(text: str) -> str | RefusedText:
    heap = _refuse_heaps(text, _MARKS_BEFORE_COMPOSING)
    if heap:
        return heap
    line = unicodedata.normalize("NFC", text)
    forbidden = _forbidden(line, allowed=_INVISIBLE_IN_NAME) or _refuse_unseen(line)
    if forbidden:
        return forbidden
    line = " ".join(line.split())
    length = len(line)
    if length < SHORTEST_NAME:
        return RefusedText(TextFault.TOO_SHORT, length, SHORTEST_NAME)
    if length > LONGEST_NAME:
        return RefusedText(TextFault.TOO_LONG, length, LONGEST_NAME)
    if not any(letter.isalpha() for letter in line):
        return RefusedText(TextFault.NO_LETTER, length)
    return _refuse_heaps(line) or line


def _refuse_other_than_name(name: str) -> RefusedText | None:
    for before, sign, after in zip(f" {name}", name, f"{name[1:]} ", strict=False):
        if sign in _INVISIBLE_IN_NAME and not (_may_be_joined(before) and _may_be_joined(after)):
            return _forbid(sign)
        if not (_is_written_letter(sign) or sign in _SIGNS_IN_NAME):
            return RefusedText(TextFault.NOT_IN_NAME, character=sign)
        if unicodedata.category(sign)[0] == "M" and not _may_carry_mark(before):
            return RefusedText(TextFault.LOOSE_MARK)
    if not split_words(name):  # the apostrophe that Unicode counts as a letter, and nothing else
        return RefusedText(TextFault.NO_LETTER, len(name))
    # `A.P. Møller` is a name and `t.co` none: what follows a full stop without a space is an initial.
    if any(sum(map(str.isalpha, takewhile(_is_written_letter, part))) > 1 for part in name.split(".")[1:]):
        return RefusedText(TextFault.ADDRESS)
    return None


def _is_written_letter(sign: str) -> bool:
    """A letter or a mark on one, as spelling needs it; what makes a letter bolder, wider or framed is for the first look."""
    category = unicodedata.category(sign)
    if category == "Me" or sign == _TATWEEL or sign in _EMPHASIS:
        return False
    return category[0] in "LM" and not unicodedata.decomposition(sign).startswith(_DRESSED_LETTERS)


def _may_carry_mark(sign: str) -> bool:
    """A letter, a mark on one, or a joiner behind one, as Bengali and Sinhala write it."""
    return _is_written_letter(sign) or sign in _INVISIBLE_IN_NAME


def _may_be_joined(letter: str) -> bool:
    """The joiners shape letters of scripts without capitals; between Latin ones they would only be hidden."""
    return _is_written_letter(letter) and letter.lower() == letter.upper()


def _only_modifies(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category == "Cf" or category.startswith("M")


def _forbidden(text: str, *, allowed: frozenset[str]) -> RefusedText | None:
    """Find a character that is not printable; the many kinds of space are."""
    for letter in text:
        printable = letter.isprintable() or unicodedata.category(letter) == "Zs"
        if not printable and letter not in allowed:
            return _forbid(letter)
    return None


def _refuse_unseen(name: str) -> RefusedText | None:
    """Fillers and variation selectors are printable letters and marks to Unicode, and leave nothing on paper."""
    return next((_forbid(sign) for sign in name if sign in _UNSEEN_IN_NAME), None)


def _forbid(letter: str) -> RefusedText:
    return RefusedText(TextFault.FORBIDDEN_CHARACTER, character=f"U+{ord(letter):04X}")


def _refuse_heaps(text: str, most: int = _MARKS_ON_ONE_LETTER) -> RefusedText | None:
    """Marks are not counted, so a limit on their run keeps the limit on the whole."""
    run = 0
    for letter in text:
        run = run + 1 if _only_modifies(letter) else 0
        if run > most:
            return RefusedText(TextFault.HEAPED_MARKS, run, _MARKS_ON_ONE_LETTER)
    return None
