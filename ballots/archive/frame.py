"""Each piece of the archive lies in a plain tar block of which every byte is fixed (PROTOCOL.md section 4)."""

import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError, ProtocolError
from ballots.protocol.hashing import digest_hex

BLOCK: Final = 512
FIRST_NAME: Final = "BELENIOS"
DATA_SUFFIX: Final = ".data.json"
EVENT_SUFFIX: Final = ".event.json"
LARGEST_MEMBER: Final = 64 * 1024 * 1024
"""Bytes of the largest member that is read: a hundred times the public list of a large council election."""

_LATEST: Final = 8**11
_SIZE: Final = re.compile(rb"[0-7]{11}\x00")
_TIMESTAMP: Final = re.compile(r"0|[1-9][0-9]{0,10}")


class ArchiveError(ProtocolError):
    """The file is not a sound archive."""


class ArchiveUnreadable(ArchiveError):  # noqa: N818 - a refusal, not a fault
    """The file is no archive, or it ends in the middle: `not_an_archive`, `truncated`."""


class ArchiveDamaged(ArchiveError):  # noqa: N818 - a refusal, not a fault
    """The file is an archive whose blocks, names or links have been changed."""


@dataclass(frozen=True, slots=True)
class Member:
    """One piece: its content, the SHA-256 that names it, and whether it is an event or data."""

    content: bytes
    digest: str
    is_event: bool


def frame(name: str, content: bytes, timestamp: int) -> bytes:
    """Give the header block, the content and its zero padding."""
    return _header(name, len(content), timestamp) + content + bytes(-len(content) % BLOCK)


def frame_first(timestamp: int) -> bytes:
    """Give the first member, which tells the one time that the archive holds: its creation, in Unix seconds."""
    if not 0 <= timestamp < _LATEST:
        raise ValueError("the time of an archive must fit into eleven octal digits")
    return frame(FIRST_NAME, canonical.write({"version": 1, "timestamp": str(timestamp)}), timestamp)


def frame_member(content: bytes, suffix: str, timestamp: int) -> bytes:
    """Give a member that is named by the hash of its content."""
    return frame(digest_hex(content) + suffix, content, timestamp)


class MemberReader:
    """Reads the members of an archive one after another and compares every byte of their frames."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.position = 0
        """How many bytes have been read."""
        self._timestamp = self._read_first()

    def next_member(self) -> Member | None:
        """Read the next member, or None at the end of the file; ArchiveError where it is not sound."""
        header = self._read_header()
        if header is None:
            return None
        content = self._read_content(header)
        digest = digest_hex(content)
        is_event = header[len(digest) :].startswith(EVENT_SUFFIX.encode())
        name = digest + (EVENT_SUFFIX if is_event else DATA_SUFFIX)
        if header != _header(name, len(content), self._timestamp):
            raise ArchiveDamaged("header", f"the block that ends at byte {self.position} has another header")
        return Member(content, digest, is_event)

    def _read_first(self) -> int:
        header = self._read_header()
        if header is None or not header.startswith(FIRST_NAME.encode() + b"\0"):
            raise ArchiveUnreadable("not_an_archive", "this file is not an election archive")
        content = self._read_content(header)
        timestamp = _parse_first(content)
        if header != _header(FIRST_NAME, len(content), timestamp):
            raise ArchiveDamaged("header", "the first block of the archive has another header")
        return timestamp

    def _read_header(self) -> bytes | None:
        header = self._read(BLOCK)
        if not header:
            return None
        if len(header) < BLOCK:
            raise ArchiveUnreadable("truncated", f"the archive ends inside a header, at byte {self.position}")
        return header

    def _read_content(self, header: bytes) -> bytes:
        if not _SIZE.fullmatch(header[124:136]):
            raise ArchiveDamaged("header", f"no archive header stands before byte {self.position}")
        size = int(header[124:135], 8)
        if size > LARGEST_MEMBER:
            raise ArchiveDamaged("size", f"the member at byte {self.position} is larger than any can be")
        padded = size + -size % BLOCK
        block = self._read(padded)
        if len(block) < padded:
            raise ArchiveUnreadable("truncated", f"the archive ends inside a member, at byte {self.position}")
        if any(block[size:]):
            raise ArchiveDamaged("padding", f"the padding before byte {self.position} is not zero")
        return block[:size]

    def _read(self, length: int) -> bytes:
        """Read exactly `length` bytes unless the file ends; an unbuffered stream may give fewer at a time."""
        parts: list[bytes] = []
        while length > 0 and (part := self._stream.read(length)):
            parts.append(part)
            length -= len(part)
            self.position += len(part)
        return b"".join(parts)


def _header(name: str, size: int, timestamp: int) -> bytes:
    fields = b"".join(
        (
            name.encode().ljust(100, b"\0"),
            b"0000644\0",
            b"0000000\0" * 2,
            b"%011o\0" % size,
            b"%011o\0" % timestamp,
        )
    )
    blank = (fields + b" " * 8 + b"0").ljust(BLOCK, b"\0")
    return (fields + b"%06o\0 " % sum(blank) + b"0").ljust(BLOCK, b"\0")


def _parse_first(content: bytes) -> int:
    """Read the creation time, which newer writers give as a string and older ones as a number."""
    try:
        version, timestamp = canonical.members(canonical.read(content), "version", "timestamp")
        is_known = canonical.count(version) == 1
        seconds = timestamp if isinstance(timestamp, str) else str(canonical.count(timestamp))
    except FormatError as error:
        raise ArchiveDamaged(error.reason, f"first member: {error.message}") from error
    if not is_known:
        raise ArchiveDamaged("unsupported", "only version 1 of the archive is supported")
    if not _TIMESTAMP.fullmatch(seconds) or int(seconds) >= _LATEST:
        raise ArchiveDamaged("timestamp", "the time of the archive is not a number of seconds")
    return int(seconds)
