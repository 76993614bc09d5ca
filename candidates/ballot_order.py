"""The order of the names on the ballot comes from the alphabet or from a public lot, never from chance unseen."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Literal

from candidates.letters import compose, plain, split_words

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
# 0 stands between words, so that a short word comes before a longer one; digits come before letters.
_PLACE: Mapping[str, int] = MappingProxyType(
    {letter: place for place, letter in enumerate("0123456789" + _LETTERS, start=1)}
)
# Where Danish files the neighbours' letters: Swedish and German ones with their Danish sisters, ü with y.
_FILED_AS: Mapping[str, str] = MappingProxyType({"ä": "æ", "ö": "ø", "ő": "ø", "ü": "y", "ű": "y"})

DanishKey = tuple[tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class BallotEntry:
    """One candidate on the ballot: receipt number of the nomination, name as printed, distinguishing line.

    `public_id` is the last part of the address of her public page: everybody knows it before a lot is drawn, so it is
    what she takes part in the lot with. The receipt number is hers alone.
    """

    receipt: str
    name: str
    line: str = ""
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class MustDistinguish:
    """Candidates whose entries read the same: groups of receipt numbers, each needing different distinguishing lines.

    No order is given, since nothing but the lines themselves may settle which of them comes first.
    """

    groups: tuple[tuple[str, ...], ...]


def order_ballot(
    entries: Iterable[BallotEntry], order: Literal["alphabetical", "lot"], seed: str = ""
) -> tuple[BallotEntry, ...] | MustDistinguish:
    """Put the candidates in the order of `[ballot] order`; `seed` is read for a lot only.

    Either way two entries that read the same give MustDistinguish, for a voter could not tell them apart. The
    order in which the entries come in has no influence.
    """
    ordered = alphabetical(entries)
    if isinstance(ordered, MustDistinguish) or order == "alphabetical":
        return ordered
    return by_lot(ordered, seed)


def alphabetical(entries: Iterable[BallotEntry]) -> tuple[BallotEntry, ...] | MustDistinguish:
    """Order by the name as printed, word by word in the Danish alphabet, then by the distinguishing line."""
    ordered = sorted(entries, key=_reading)
    _require_unique_receipts(ordered)
    alike = [tuple(sorted(entry.receipt for entry in group)) for _, group in groupby(ordered, key=_reading)]
    groups = tuple(group for group in alike if len(group) > 1)
    return MustDistinguish(groups) if groups else tuple(ordered)


def by_lot(entries: Iterable[BallotEntry], seed: str) -> tuple[BallotEntry, ...]:
    """Order by lot: ascending by the `lot_digest` of each candidate.

    The seed must be drawn in public after nominations close (candidates/drawing.py), so that nobody can aim at a
    place. ValueError without a seed, or where two candidates have the same public id or one has none.
    """
    if not seed:
        raise ValueError("a lot needs a seed")
    ordered = sorted(entries, key=lambda entry: lot_digest(seed, entry.public_id))
    _require_unique_receipts(ordered)
    if len({entry.public_id for entry in ordered} - {""}) != len(ordered):
        raise ValueError("a public id stands for one candidate")
    return tuple(ordered)


def lot_digest(seed: str, public_id: str) -> str:
    """What decides a candidate's place: the hexadecimal SHA-256 of `seed|public id`.

    Anyone can recompute it: `printf '%s' 'SEED|PUBLIC_ID' | sha256sum` for each candidate, then sort the lines.
    """
    return hashlib.sha256(f"{seed}|{public_id}".encode()).hexdigest()


def danish_key(text: str) -> DanishKey:
    """Return the place of a text in Danish order: the letters' places, then the spelling, which decides last.

    æ, ø and å come last and aa counts as å, wherever it stands; ä is filed as æ, ö as ø, ü as y, þ as th. Other
    diacritics only decide between names otherwise alike, the plain letter first. Case and apostrophes do not
    count, a hyphen parts words as a space does, and other alphabets follow the Danish one, as does a word of marks
    alone: without a place it would come before every letter.
    """
    words = split_words(compose(text))
    places = (place for word in words for place in (*(tuple(_places(word)) or map(_place_abroad, word)), 0))
    return tuple(places), " ".join(words)


def _reading(entry: BallotEntry) -> tuple[DanishKey, DanishKey]:
    return danish_key(entry.name), danish_key(entry.line)


def _places(word: str) -> Iterator[int]:
    for letter in word.replace("aa", "å"):
        filed = _FILED_AS.get(letter, letter)
        for part in filed if filed in _PLACE else plain(letter):
            yield _PLACE.get(part) or _place_abroad(part)


def _place_abroad(sign: str) -> int:
    """After the Danish alphabet, in the order of the code points."""
    return len(_PLACE) + ord(sign)


def _require_unique_receipts(entries: Sequence[BallotEntry]) -> None:
    if len({entry.receipt for entry in entries}) != len(entries):
        raise ValueError("a receipt number stands for one candidate")
