"""Anybody can read the archive from its first byte, and every link is checked on the way (PROTOCOL.md section 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ballots.archive.events import Event, EventType, parse_event
from ballots.archive.frame import ArchiveDamaged, ArchiveUnreadable, Member, MemberReader
from ballots.protocol.errors import FormatError

_MOST_DATA: Final = max(kind.data_members for kind in EventType)


@dataclass(frozen=True, slots=True)
class Record:
    """An event with the data that stand before it; `digest` is the event's own hash, `end` the bytes read so far."""

    event: Event
    digest: str
    data: tuple[bytes, ...]
    end: int


def read_records(stream: BinaryIO) -> Iterator[Record]:
    """Give the events one after another, holding only one with its data in memory.

    Raises ArchiveUnreadable where the file is no archive or ends in the middle of an event, ArchiveDamaged where
    its blocks, names, links or the number of data before an event are not as they must be. Whether the events
    are in order, and what the data say, is for the caller to judge.
    """
    reader = MemberReader(stream)
    parent: str | None = None
    data: list[Member] = []
    height = 0
    while (member := reader.next_member()) is not None:
        if not member.is_event:
            data.append(member)
            if len(data) > _MOST_DATA:
                raise ArchiveDamaged("data", f"data before byte {reader.position} belong to no event")
            continue
        event = _link(member, parent, height, data)
        yield Record(event, member.digest, tuple(entry.content for entry in data), reader.position)
        parent, height, data = member.digest, height + 1, []
    if data or parent is None:
        raise ArchiveUnreadable("truncated", "the archive ends before the event that its last data belong to")


def _link(member: Member, parent: str | None, height: int, data: list[Member]) -> Event:
    try:
        event = parse_event(member.content)
    except FormatError as error:
        raise ArchiveDamaged(error.reason, f"event {height}: {error.message}") from error
    if (event.parent, event.height) != (parent, height):
        raise ArchiveDamaged("chain", f"event {height} does not follow the event before it")
    payload = data[-1].digest if data else None
    if event.payload != payload or len(data) != event.type.data_members:
        raise ArchiveDamaged("data", f"event {height} ({event.type}) does not stand behind its own data")
    return event
