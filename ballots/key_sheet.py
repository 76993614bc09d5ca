"""A key sheet (nøgleark) holds a trustee's seed covered by a passphrase: 22 signs, twelve words, and the text of a square.

covered = (seed + scrypt(passphrase)) mod 58**22, where 22 signs of Base58 are read as a number, the first sign first. The
house never makes or opens one: that is done on the trustee's own device. This says the same once more (docs/adr/0038), so that
a sheet can be opened without a browser, and so that the two are held against one another.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ballots.protocol.credentials import BASE58
from ballots.protocol.group import format_point
from ballots.protocol.hashing import digest_hex
from ballots.protocol.threshold.identity import SEED_LENGTH, derive_identity
from ballots.receipt_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD_COUNT: Final = 12
"""Words of eleven bits each: 132 bits hold every number below 58**22."""

SPACE: Final[int] = 58**SEED_LENGTH
_BITS: Final = 11
_COST: Final = 2**16
"""scrypt with r = 8 needs 128 * 8 bytes for each of these, which is 64 MiB."""


class SheetError(ValueError):
    """What was read is no key sheet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose sheet it is: the position, from 1, of a trustee in the ceremony of the election with this uuid."""

    uuid: str
    position: int


def cover(seed: str, passphrase: str, place: Place) -> str:
    """Give the 22 signs that stand on the sheet; SheetError for what is no seed."""
    return _signs((_number(seed) + _stretch(passphrase, place)) % SPACE)


def uncover(signs: str, passphrase: str, place: Place) -> str:
    """Give the seed under these signs; another passphrase gives another seed, and only the public key tells which is right."""
    return _signs((_number(signs) - _stretch(passphrase, place)) % SPACE)


def sheet_words(signs: str) -> tuple[str, ...]:
    """Give the same 22 signs as twelve words of the house's list."""
    number = _number(signs)
    return tuple(WORDS[(number >> (_BITS * place)) % len(WORDS)] for place in reversed(range(WORD_COUNT)))


def read_words(words: Sequence[str]) -> str:
    """Give the signs that twelve words say; SheetError for other words, or so many that no signs say as much."""
    if len(words) != WORD_COUNT or not set(words) <= set(WORDS):
        raise SheetError("a key sheet has twelve words of the list")
    number = 0
    for word in words:
        number = (number << _BITS) | WORDS.index(word)
    if number >= SPACE:
        raise SheetError("these twelve words are of no key sheet")
    return _signs(number)


def sheet_mark(seed: str) -> str:
    """Give the mark of the public key to which a seed belongs: the first eight digits of its SHA-256."""
    return digest_hex(format_point(derive_identity(seed).verification).encode())[:8]


def sheet_code(place: Place, mark: str, signs: str) -> str:
    """Give the text of the square on the sheet."""
    return f"noegle1:{place.uuid}:{place.position}:{mark}:{signs}"


def _stretch(passphrase: str, place: Place) -> int:
    """Make a number of a passphrase; capitals, and how many spaces stand where, are no part of it."""
    plain = " ".join(unicodedata.normalize("NFKC", passphrase).lower().split())
    salt = f"votingapp backup|{place.uuid}|{place.position}"
    made = hashlib.scrypt(plain.encode(), salt=salt.encode(), n=_COST, r=8, p=1, dklen=64, maxmem=2 * 128 * 8 * _COST)
    return int.from_bytes(made, "big") % SPACE


def _number(signs: str) -> int:
    if len(signs) != SEED_LENGTH or not set(signs) <= set(BASE58):
        raise SheetError(f"{SEED_LENGTH} characters of Base58 were expected")
    number = 0
    for sign in signs:
        number = number * len(BASE58) + BASE58.index(sign)
    return number


def _signs(number: int) -> str:
    signs = ""
    while len(signs) < SEED_LENGTH:
        number, digit = divmod(number, len(BASE58))
        signs = BASE58[digit] + signs
    return signs
