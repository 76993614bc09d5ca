"""What an official writes of a person stands beside the log, which keeps its salted hash: so it can go when she goes.

The log is append-only and each entry is bound to the one before, so that nothing can be taken out of it. The hash proves that
words which are still there are those that were written; of words that are gone it tells nothing, for the salt is gone too.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from votingapp.store.tables.audit import audit_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

FORGETTING = "personal_data_deleted"
"""The act at which words go; its entry tells how many."""

_HASH = "words_sha256"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Words:
    """Words for a particular of an entry. `about` is the id of the nomination of which they speak, empty for all others."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Words that are still there, of whom they speak, and the salt of their hash (hex)."""

    text: str
    about: str
    salt: str

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of the salt, of whom they speak and the words, with a line feed between them, in UTF-8."""
        return hashlib.sha256(f"{self.salt}\n{self.about}\n{self.text}".encode()).hexdigest()

    @property
    def is_whole(self) -> bool:
        """Whether no line of the words was moved before them, which leaves their hash as it was."""
        return len(self.salt) == 2 * _SALT_BYTES and "\n" not in self.about


def set_apart(details: Mapping[str, object]) -> tuple[dict[str, object], dict[str, Kept]]:
    """The particulars as an entry holds them; and by their names the words to be kept beside it."""
    apart = {
        name: Kept(value.text, value.about, secrets.token_hex(_SALT_BYTES))
        for name, value in details.items()
        if isinstance(value, Words) and value.text
    }
    plain = {name: "" if isinstance(value, Words) else value for name, value in details.items()}
    return plain | {name: {_HASH: kept.hash} for name, kept in apart.items()}, apart


def keep(connection: Connection, chain: str, serial: int, apart: Mapping[str, Kept]) -> None:
    """Keep words beside the entry that stands now."""
    rows = [
        {"chain": chain, "serial": serial, "name": name, "about": kept.about, "salt": kept.salt, "text": kept.text}
        for name, kept in apart.items()
    ]
    if rows:
        connection.execute(insert(audit_words), rows)


def of_chain(connection: Connection, chain: str, serial: int | None = None) -> Mapping[int, Mapping[str, Kept]]:
    """The words that are still there, by the serial of their entry and their name; of all entries or of one."""
    query = select(audit_words).where(audit_words.c.chain == chain)
    found: defaultdict[int, dict[str, Kept]] = defaultdict(dict)
    for row in connection.execute(query if serial is None else query.where(audit_words.c.serial == serial)):
        found[row.serial][row.name] = Kept(row.text, row.about, row.salt)
    return found


def put_back(details: str, words: Mapping[str, Kept] | None) -> str:
    """The particulars (JSON) with the words that are still there; in place of others their hash remains."""
    if not words:
        return details
    said = json.loads(details) | {name: kept.text for name, kept in words.items()}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fit(details: str, words: Mapping[str, Kept] | None) -> bool:
    """Whether the words beside an entry are those that it speaks of."""
    said = json.loads(details) if words else {}
    return all(kept.is_whole and said.get(name) == {_HASH: kept.hash} for name, kept in (words or {}).items())


def missing(details: str, words: Mapping[str, Kept] | None) -> int:
    """How many words an entry speaks of that are not beside it."""
    if _HASH not in details:  # as in nearly all entries
        return 0
    return sum(are_gone(value) and name not in (words or {}) for name, value in json.loads(details).items())


def number_forgotten(details: str) -> int:
    """How many words went at the deletion whose entry has these particulars."""
    return int(json.loads(details).get("went", {}).get("words", 0))


def are_gone(value: object) -> bool:
    """Whether a particular stood for words that are no longer there."""
    return isinstance(value, dict) and value.keys() == {_HASH}
