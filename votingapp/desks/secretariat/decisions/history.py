"""What happened to a nomination, step by step, and what each version of it changed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from candidates.nomination import is_within
from votingapp.store import audit, filing, staff

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.filing import Version
    from votingapp.store.nominations import Filed

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Part(StrEnum):
    """What became of a piece of text from one version to the next."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words and what became of it."""

    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs between two versions: its name, and the text with what came and went."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, at an instant (UTC): an entry of the log, or a version that was kept.

    `who` is an official's name, or the login where it is nobody's; "candidate" is the candidate herself. `act` is the
    log's word, "version" for a version, whose `version` counts from 1.
    """

    at: datetime
    who: str
    act: str
    details: Mapping[str, Any]
    version: int | None = None
    changes: tuple[Change, ...] = ()


def history(connection: Connection, election: Election, filed: Filed) -> tuple[Event, ...]:
    """Everything about a nomination in the order of time: the log's entries and the versions, the entry first."""
    events = [*_logged(connection, election, filed), *_versions(filing.versions(connection, filed.id))]
    return tuple(sorted(events, key=lambda event: (event.at, event.version or 0)))


def changed_since(versions: Sequence[Version], deadline: datetime) -> tuple[str, ...]:
    """The names of the fields in which the last version differs from the last one that was kept in time.

    Where none was (a form on paper keyed in afterwards) the first counts as that one.
    """
    in_time = [one for one in versions if is_within(one.saved_at, deadline)] or list(versions[:1])
    return tuple(change.field for change in _changes(in_time[-1], versions[-1]))


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Compare two texts word by word.

    Joined, the same and the added pieces are the new text; the same and the removed ones are the old.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    return tuple(_pieces(before, after))


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for step, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            yield Piece(Part.SAME, "".join(before[i1:i2]))
            continue
        if i2 > i1:
            yield Piece(Part.REMOVED, "".join(before[i1:i2]))
        if j2 > j1:
            yield Piece(Part.ADDED, "".join(after[j1:j2]))


def _logged(connection: Connection, election: Election, filed: Filed) -> Iterator[Event]:
    names: dict[str, str] = {}
    for entry in audit.mentioning(connection, election.id, filed.id):
        if entry.actor not in names:
            official = staff.find_login(connection, entry.actor)
            names[entry.actor] = official.name if official else entry.actor
        yield Event(entry.at, names[entry.actor], entry.act, json.loads(entry.details))


def _versions(versions: Sequence[Version]) -> Iterator[Event]:
    for old, new in pairwise(versions):
        yield Event(new.saved_at, "", "version", {}, new.number, tuple(_changes(old, new)))


def _changes(old: Version, new: Version) -> Iterator[Change]:
    for name, before, after in (
        ("name", old.name, new.name),
        ("statement", old.statement, new.statement),
        ("own_language", old.own_language or "", new.own_language or ""),
        ("own_statement", old.own_statement, new.own_statement),
    ):
        if before != after:
            yield Change(name, differences(before, after))
    if old.photo_id != new.photo_id:
        yield Change("photo", ())
