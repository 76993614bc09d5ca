"""Where chance must decide and everybody shall see it, dice are rolled in public and anyone can find what follows.

The order of a lot (lodtrækning) and the sample of an audit both come from 24 throws of a six-sided die, written down
in the order in which they fell: 6^24 outcomes, some 2^62. SHA-256 makes of them what nobody can choose or foresee,
and a command on any machine finds the same again.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

THROWS = 24
_DIGITS = re.compile(f"[1-6]{{{THROWS}}}")


def read_digits(text: str) -> str | None:
    """Read what the dice showed: 24 digits from 1 to 6; blanks between them are for the eye and fall away.

    None for fewer, more or other digits: what was rolled is not guessed at.
    """
    digits = "".join(text.split())
    return digits if _DIGITS.fullmatch(digits) else None


def digest(message: str) -> str:
    """The hexadecimal SHA-256 of a message in UTF-8."""
    return hashlib.sha256(message.encode()).hexdigest()


def command(message: str) -> str:
    """The line for a shell that prints the digest of a message."""
    return f"printf '%s' {shlex.quote(message)} | sha256sum"


def lot_message(election_uuid: str, number: int, digits: str, candidate: str) -> str:
    """What is hashed for one of those who are tied in the lot `number` (from 1) of an election.

    The election and the number stand in it, so that the same throws say something else in each lot.
    """
    return f"lod|{election_uuid}|{number}|{digits}|{candidate}"


def lot_order(election_uuid: str, number: int, digits: str, among: Iterable[str]) -> tuple[str, ...]:
    """Order those who are tied by the digests of their messages, lowest first: the first has the seat.

    `digits` are as `read_digits` returns them, `among` the candidates' ids. ValueError for other digits.
    """
    if _DIGITS.fullmatch(digits) is None:
        raise ValueError(f"{THROWS} throws of a six-sided die are wanted")
    return tuple(sorted(among, key=lambda one: digest(lot_message(election_uuid, number, digits, one))))
