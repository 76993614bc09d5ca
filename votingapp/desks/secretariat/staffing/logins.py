"""A login is made of a name, in letters that every keyboard has, so that nobody signs in as a lookalike."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING

from candidates.letters import DANISH_LETTERS, plain, split_words

if TYPE_CHECKING:
    from collections.abc import Collection

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_LONGEST_MADE = 40
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def is_login(text: str) -> bool:
    """Whether a text can be a login: 2 to 60 small letters a-z, digits, full stops, hyphens and underscores."""
    return _LOGIN.fullmatch(text) is not None


def login_of(name: str) -> str | None:
    """The login of a name, of its first and last word: `Åse Marie Yılmaz` is `aase.yilmaz`.

    None where a letter of the name has no plain Latin form.
    """
    words = split_words(plain(name, keep=DANISH_LETTERS).translate(_DANISH))
    login = ".".join(dict.fromkeys((words[0], words[-1]))) if words else ""
    login = login[:_LONGEST_MADE].rstrip(".")
    return login if is_login(login) and all(word.isascii() for word in words) else None


def free_login(login: str, taken: Collection[str]) -> str:
    """The login itself, or with the first number behind it that nobody has: `lis.lund2`."""
    return next(one for one in chain([login], (f"{login}{number}" for number in count(2))) if one not in taken)
