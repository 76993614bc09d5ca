"""At close the urn is written out, event by event, into the file that everybody can check."""

from typing import BinaryIO

from ballots.archive.events import Event, EventType, may_follow
from ballots.archive.frame import DATA_SUFFIX, EVENT_SUFFIX, ArchiveError, frame_first, frame_member
from ballots.archive.records import write_owned, write_setup
from ballots.protocol.hashing import digest_hex


class ArchiveWriter:
    """Writes an archive to a binary stream as it goes; nothing but the last link is kept in memory.

    The order of the events is enforced (ArchiveError `event_order`); what the records say is not judged here.
    The caller gives ballots sorted by their hash, so that their order tells nothing about when they were cast.
    """

    def __init__(self, stream: BinaryIO, timestamp: int) -> None:
        self._stream = stream
        self._timestamp = timestamp
        self._last: tuple[EventType, str] | None = None
        self._height = 0
        stream.write(frame_first(timestamp))

    @property
    def last_event(self) -> str | None:
        """Give the hash of the last event, in hexadecimal: the commitment to everything written so far."""
        return None if self._last is None else self._last[1]

    def setup(self, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Write the first event: what was frozen before voting opened."""
        self._append(EventType.SETUP, election, trustees, credentials, write_setup(election, trustees, credentials))

    def ballot(self, ballot: bytes) -> None:
        """Write one ballot from the urn."""
        self._append(EventType.BALLOT, ballot)

    def end_ballots(self) -> None:
        """Write that the poll is closed."""
        self._append(EventType.END_BALLOTS)

    def encrypted_tally(self, tally: bytes, sized: bytes) -> None:
        """Write the encrypted sum and the record of how many ballots it holds."""
        self._append(EventType.ENCRYPTED_TALLY, tally, sized)

    def partial_decryption(self, decryption: bytes, owner: int) -> None:
        """Write the work of trustee number `owner` (from 1)."""
        self._append(EventType.PARTIAL_DECRYPTION, decryption, write_owned(decryption, owner))

    def result(self, result: bytes) -> None:
        """Write the outcome, the last event there is."""
        self._append(EventType.RESULT, result)

    def _append(self, kind: EventType, *data: bytes) -> None:
        previous, parent = (None, None) if self._last is None else self._last
        if not may_follow(previous, kind):
            raise ArchiveError("event_order", f"{kind} cannot follow {previous or 'nothing'}")
        for content in data:
            self._stream.write(frame_member(content, DATA_SUFFIX, self._timestamp))
        event = Event(parent, self._height, kind, digest_hex(data[-1]) if data else None).to_bytes()
        self._stream.write(frame_member(event, EVENT_SUFFIX, self._timestamp))
        self._last = (kind, digest_hex(event))
        self._height += 1
