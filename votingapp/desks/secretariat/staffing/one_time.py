"""A first password that only its owner uses: how it is drawn, how it is written, and how it is told from other words."""

from __future__ import annotations

import re
import secrets

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_GROUP_LENGTH, _BYTES = 4, 16

_WRITTEN = re.compile(rf"[{_LETTERS}]{{4}}(-[{_LETTERS}]{{4}}){{3}}")


def one_time_password() -> str:
    """Four groups of four signs that are not misread: 80 bits, easily typed from a note."""
    return spell(secrets.token_bytes(_BYTES))


def spell(drawn: bytes) -> str:
    """The one-time password of 16 random bytes, five bits of each."""
    signs = "".join(_LETTERS[byte % len(_LETTERS)] for byte in drawn)
    return "-".join(signs[at : at + _GROUP_LENGTH] for at in range(0, _BYTES, _GROUP_LENGTH))


def is_one_time_password(text: str) -> bool:
    """Whether a text is written as one."""
    return _WRITTEN.fullmatch(text) is not None
