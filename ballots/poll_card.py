"""The poll card (valgkort) comes by post and says which line of the roll is hers; it never says who stands before the desk."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field

_CODE_BYTES = 10
"""80 bits, 16 characters: who guesses is at the desk, and a hit would still be asked for its birth date."""

_PREFIX = "VK1"

# What scanners put around a text, and blanks; a symbology identifier (ISO/IEC 15424) such as ]Q1 comes first of all.
_AROUND = re.compile(r"[\s\x00-\x20\x7f\ufeff\u200b-\u200f]+")
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_WRITTEN = re.compile(r"VK[1I][.,:]([0-9]{1,9})[.,:]([A-Z0-9]{16})")

# Base32 has no 0, 1 and 8, so that whoever types one off the card can only have meant the letter that looks like it.
_MEANT = str.maketrans("018", "OIB")


@dataclass(frozen=True, slots=True)
class PollCard:
    """What a card says: `roll_number` (valglistenummer) from 1, and `code`, 16 characters of Base32 (RFC 4648).

    The code is a proof that the house printed the card for the person with this number; it is no proof of identity.
    """

    roll_number: int
    code: str = field(repr=False)

    @property
    def text(self) -> str:
        """What the QR code holds, `VK1.<roll number>.<code>`: signs that a Danish keyboard has where an English one has them."""
        return f"{_PREFIX}.{self.roll_number}.{self.code}"


def poll_card_for(key: bytes, roll_number: int, person: str) -> PollCard:
    """The card of a person: HMAC-SHA256 over number and person, under a key of this election, cut to 80 bits.

    `person` identifies her whatever her number is. Bound to the number alone, a card printed before the roll was
    numbered anew would pass for a card of whoever has the number now. Nothing about a card is kept: a lost one is
    printed again and is the same. ValueError for a number below 1.
    """
    if roll_number < 1:
        raise ValueError("roll numbers count from 1")
    digest = hmac.digest(key, f"{roll_number}|{person}".encode(), hashlib.sha256)
    return PollCard(roll_number, base64.b32encode(digest[:_CODE_BYTES]).decode())


def read_poll_card(scanned: str) -> PollCard | None:
    """Read a card as a scanner or a hand types it, case and blanks aside; None for anything else.

    What is read has the form of a card; whether it is one, `is_same_card` tells.
    """
    text = _SYMBOLOGY.sub("", _AROUND.sub("", scanned), count=1) if "]" in scanned else _AROUND.sub("", scanned)
    found = _WRITTEN.fullmatch(text.upper())
    if found is None or int(found[1]) < 1:
        return None
    return PollCard(int(found[1]), found[2].translate(_MEANT))


def is_same_card(shown: PollCard, issued: PollCard) -> bool:
    """Whether the card shown is the one that was issued; takes as long for a near miss as for a wild one."""
    return shown.roll_number == issued.roll_number and hmac.compare_digest(shown.code, issued.code)
