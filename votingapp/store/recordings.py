"""Which recordings the booth plays: named in the log by their hashes, so that the files themselves need not be trusted."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from votingapp.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work

RECORDINGS_MADE = "recordings_made"
"""The act in the log by which an election has its recordings."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One file of recordings: of a language by its code, or of "names"; SHA-256 in hex, `size` in bytes."""

    language: str
    sha256: str
    size: int
    clips: int


@dataclass(frozen=True, slots=True)
class Silent:
    """A language of the booth that cannot be heard: of `phrases` so many are `missing`."""

    language: str
    missing: int
    phrases: int


@dataclass(frozen=True, slots=True)
class Recordings:
    """The recordings of an election. `engine` is what spoke, "" where people spoke everything."""

    engine: str
    packs: tuple[Pack, ...]
    silent: tuple[Silent, ...]

    @property
    def sha256(self) -> str:
        """One hash for all of them (hex): of the lines "language sha256", in the order of the languages' codes."""
        lines = sorted(f"{one.language} {one.sha256}\n" for one in self.packs)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of all packs together."""
        return sum(one.size for one in self.packs)


def made(connection: Connection, election_id: str) -> Recordings | None:
    """The recordings of an election, those made last; None where none were made."""
    entry = audit.last(connection, election_id, RECORDINGS_MADE)
    if entry is None:
        return None
    said = json.loads(entry.details)
    return Recordings(
        said["engine"], tuple(Pack(**one) for one in said["packs"]), tuple(Silent(**one) for one in said["silent"])
    )


def record_made(work: Work, election_id: str, recordings: Recordings) -> None:
    """Enter in the log which recordings the election has from now on."""
    work.record(election_id, audit.COMMAND_LINE, RECORDINGS_MADE, **asdict(recordings), sha256=recordings.sha256)
