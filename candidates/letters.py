"""Names come from many alphabets and keyboards; here is how their letters are compared."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# Latin letters whose stroke or dot is part of the letter, so that Unicode does not take them apart.
UNDECOMPOSED: Mapping[str, str] = MappingProxyType(
    {
        "æ": "ae",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ŋ": "n",
        "œ": "oe",
        "ŧ": "t",
        "þ": "th",
        "ə": "e",
    }
)

_APOSTROPHES = frozenset("'\u2019\u02bc`\u00b4")

DANISH_LETTERS = frozenset("æøå")


def compose(text: str) -> str:
    """Return the text in lower case, composed, without characters that cannot be seen."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    if folded.isprintable():
        return folded
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")


def plain(text: str, *, keep: frozenset[str] = frozenset()) -> str:
    """Return the text in lower case without diacritics: `Łukasz Núñez` becomes `lukasz nunez`.

    Letters in `keep` stay as they are; `keep=DANISH_LETTERS` holds å apart from a and ø from o.
    """
    folded = compose(text)
    if folded.isascii():
        return folded
    return "".join(letter if letter.isascii() or letter in keep else _plain_letter(letter) for letter in folded)


def split_words(text: str) -> list[str]:
    """Split a name into its words: apostrophes are dropped, any other sign parts words as a space does."""
    letters = (letter for letter in text if letter not in _APOSTROPHES)
    return "".join(letter if _belongs_to_word(letter) else " " for letter in letters).split()


def _belongs_to_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


@lru_cache(maxsize=1024)
def _plain_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(UNDECOMPOSED.get(part, part) for part in parts if not unicodedata.combining(part))
