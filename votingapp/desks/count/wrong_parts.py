"""A part whose proof holds may still be wrong (PROTOCOL.md section 14): the others find it, and it is set aside by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ballots.protocol.hashing import digest_hex
from votingapp.desks.count.open_count import OpenCount, open_count
from votingapp.store import counts, keys

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    parts = hashes_of({owner: seen.decrypted[owner] for owner in found.owners})
    work.record(election.id, official.login, "decryptions_set_aside", parts=parts)
    return None


def came_too_late(now: OpenCount, seen: OpenCount) -> Mapping[int, bytes] | None:
    """Wrong parts that came in while the result of `seen` was being verified; None where anything else is not as it was seen.

    Who hands in one after the other would otherwise keep the result from ever standing, alone.
    """
    late = {owner: raw for owner, raw in now.decrypted.items() if seen.decrypted.get(owner) != raw}
    if len(now.decrypted) - len(late) != len(seen.decrypted):
        return None
    return late if not late or late.keys() <= set(now.open().wrong) else None


def hashes_of(parts: Mapping[int, bytes]) -> dict[str, str]:
    """What the log says of parts: whose, and the hash of each."""
    return {str(owner): digest_hex(raw) for owner, raw in parts.items()}
