"""Which slips there are, and the ballot that each was spent on: two blocks of bytes, as large as the public list makes them.

A hundred thousand ballots are nothing more to remember than none: no set of texts grows with them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from ballots.urn import seal_sorted

_WIDTH: Final = 32
"""Bytes of a credential, and of a ballot's SHA-256."""

_UNSPENT: Final = bytes(_WIDTH)


class Slips:
    """The public credentials of an election, given as 64 hexadecimal digits each, in any order."""

    def __init__(self, credentials: Iterable[str]) -> None:
        self._block = b"".join(sorted(bytes.fromhex(one) for one in credentials))

    def __len__(self) -> int:
        return len(self._block) // _WIDTH

    def place_of(self, credential: str) -> int | None:
        """Give the place of a credential among all of them, from 0; None where no slip carries it."""
        wanted, places = bytes.fromhex(credential), range(len(self))
        place = bisect_left(places, wanted, key=self._at)
        return place if place in places and self._at(place) == wanted else None

    def _at(self, place: int) -> bytes:
        return self._block[place * _WIDTH : (place + 1) * _WIDTH]


class Spending(StrEnum):
    """What becomes of a ballot that comes with a slip."""

    FIRST = "first"
    UNKNOWN = "unknown_credential"
    SAME_AGAIN = "duplicate_ballot"
    """The very same ballot was there before."""
    SECOND = "second_ballot"
    """Another ballot was."""


class SpentSlips:
    """Beside each slip the hash of the ballot it was spent on."""

    def __init__(self, slips: Slips) -> None:
        self._slips = slips
        self._hashes = bytearray(len(slips) * _WIDTH)
        self._number = 0

    def __len__(self) -> int:
        """Count the slips that are spent."""
        return self._number

    def spend(self, credential: str, hash_hex: str) -> Spending:
        """Spend a slip on a ballot, if it is the first that comes with it."""
        place = self._slips.place_of(credential)
        if place is None:
            return Spending.UNKNOWN
        at = slice(place * _WIDTH, (place + 1) * _WIDTH)
        spent_on, ballot = bytes(self._hashes[at]), bytes.fromhex(hash_hex)
        if spent_on != _UNSPENT:
            return Spending.SAME_AGAIN if spent_on == ballot else Spending.SECOND
        self._hashes[at] = ballot
        self._number += 1
        return Spending.FIRST

    def seal(self) -> str:
        """Give the hash of the urn that holds these ballots (ballots.urn.seal_urn)."""
        return seal_sorted(one.hex() for one in sorted(self._spent()))

    def _spent(self) -> Iterator[bytes]:
        every = (bytes(self._hashes[at : at + _WIDTH]) for at in range(0, len(self._hashes), _WIDTH))
        return (one for one in every if one != _UNSPENT)
