"""A part whose proof holds may still be wrong (PROTOCOL.md section 14): the others find it, and it is set aside by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ballots.protocol.hashing import digest_hex
from votingapp.desks.count.open_count import OpenCount, open_count
from votingapp.store import counts, keys

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.keys import Ceremony
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class WrongParts:
    """The parts of these trustees, by their numbers, are wrong; without them the others open the sum."""

    owners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unopened:
    """The parts of `given` open nothing together, and it may be anybody's: with a part of one of `left` it is found whose."""

    given: tuple[str, ...]
    left: tuple[str, ...]

    @classmethod
    def of(cls, count: OpenCount, ceremony: Ceremony) -> Self:
        """Name those whose parts are there, and the others."""
        given = tuple(one.name for one in ceremony.members if one.position in count.decrypted)
        left = tuple(one.name for one in ceremony.members if one.position not in count.decrypted)
        return cls(given, left)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Another decryption came in while the result was being verified: ask again."""


def unopened(connection: Connection, election: Election) -> Unopened | None:
    """Who is concerned, where enough parts are there and open nothing together."""
    kept, ceremony = counts.count_of(connection, election.id), keys.ceremony_of(connection, election.id)
    if kept is None or kept.result is not None or ceremony is None:
        return None
    count = open_count(connection, election)
    if count is None or not count.is_stuck(ceremony.threshold):
        return None
    return Unopened.of(count, ceremony)


def set_aside(work: Work, official: Staff, election: Election, seen: OpenCount, found: WrongParts) -> Overtaken | None:
    """Let the wrong parts count no more, if nothing has changed since they were found; the log names them and their hashes."""
    now = open_count(work.connection, election)
    if now is None or now.is_counted or now.decrypted != seen.decrypted:
        return Overtaken()
    counts.set_decryptions_aside(work.connection, election.id, work.now, found.owners)
    parts = {str(owner): digest_hex(seen.decrypted[owner]) for owner in found.owners}
    work.record(election.id, official.login, "decryptions_set_aside", parts=parts)
    return None
