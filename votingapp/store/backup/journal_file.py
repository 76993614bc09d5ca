"""The journal: one sealed record for each transaction that was kept, in the order in which they were, each with its number."""

from __future__ import annotations

import base64
import json
import os
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store.backup.sealing import NotOurs
from votingapp.store.backup.stick import sync_content, sync_folder
from votingapp.store.hearing import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from votingapp.store.backup.sealing import HouseKey, SheetKey

LARGEST_RECORD = 8 * 1024 * 1024
"""Bytes: a transaction that is larger (a register extract) is better kept by a copy of the whole."""

_MAGIC = b"votingapp journal 1\n"
_HEAD = struct.Struct(">II")
"""Before each record: its length, and the check sum of those four bytes, so that a damaged length is no end of the file."""

_SMALLEST = 16 * 1024
"""Bytes: records are filled up to this, or to twice, four times … as much, so that a cast looks like an admission."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one transaction did."""

    serial: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Torn:
    """The file ends in a record that was never finished: nobody was told "done" because of it."""


class DamagedJournal(Exception):  # noqa: N818 - what a stick can be, told in one line
    """A record in the middle of a journal cannot be read."""


def start(path: Path) -> int:
    """Begin an empty journal, durably; answer its size."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        _write_all(descriptor, _MAGIC, 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)
    return len(_MAGIC)


def seal_record(key: HouseKey, epoch: int, serial: int, statements: Sequence[Statement]) -> bytes | None:
    """A record ready to be appended, or None when it would be larger than a journal takes."""
    listed = [[one.sql, one.many, one.parameters] for one in statements]
    body = json.dumps([serial, listed], ensure_ascii=False, separators=(",", ":"), default=_binary).encode()
    if len(body) > LARGEST_RECORD:
        return None
    size = _SMALLEST
    while size < len(body):
        size *= 2
    sealed = key.seal(body.ljust(size), _purpose(epoch))
    length = struct.pack(">I", len(sealed))
    return length + struct.pack(">I", zlib.crc32(length)) + sealed


def append(path: Path, offset: int, record: bytes) -> None:
    """Put a record at its place, durably; what lies behind that place was never kept, and is overwritten.

    Raises OSError when the file is not there, is shorter than it was, or cannot be written.
    """
    descriptor = os.open(path, os.O_RDWR)
    try:
        size = os.fstat(descriptor).st_size
        if size < offset:
            raise FileNotFoundError(f"{path.name} has lost its end")
        if size > offset:
            os.ftruncate(descriptor, offset)
        _write_all(descriptor, record, offset)
        sync_content(descriptor)
    finally:
        os.close(descriptor)


def records(path: Path, key: SheetKey, epoch: int) -> Iterator[Record | Torn]:
    """The records of a journal, oldest first; a last word `Torn` when its end was never finished. Raises DamagedJournal."""
    raw = path.read_bytes()
    if raw[: len(_MAGIC)] != _MAGIC:
        raise DamagedJournal(f"{path.name} does not begin as a journal does")
    place = len(_MAGIC)
    while place < len(raw):
        end = _end_of_record(raw, place)
        if end is None:
            yield Torn()
            return
        try:
            found = _read(key.open(raw[place + _HEAD.size : end], _purpose(epoch)))
        except (NotOurs, ValueError) as error:
            if end < len(raw):
                raise DamagedJournal(f"{path.name} cannot be read at byte {place}") from error
            yield Torn()
            return
        yield found
        place = end


def _end_of_record(raw: bytes, place: int) -> int | None:
    """Where the record at a place ends; None when it was never finished."""
    head = raw[place : place + _HEAD.size]
    if len(head) < _HEAD.size or not any(raw[place:]):  # a cut cord can leave zeros where bytes were to come
        return None
    length, check = _HEAD.unpack(head)
    if zlib.crc32(head[:4]) != check:
        raise DamagedJournal(f"a record's length cannot be read at byte {place}")
    end = place + _HEAD.size + int(length)
    return end if end <= len(raw) else None


def _read(body: bytes) -> Record:
    serial, listed = json.loads(body, object_hook=_from_binary)
    return Record(int(serial), tuple(Statement(sql, parameters, many) for sql, many, parameters in listed))


def _purpose(epoch: int) -> bytes:
    return b"votingapp journal 1, epoch %d" % epoch


def _binary(value: object) -> dict[str, str]:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(f"a parameter of type {type(value).__name__} cannot be journaled")


def _from_binary(found: dict[str, str]) -> object:
    return base64.b64decode(found["base64"]) if found.keys() == {"base64"} else found


def _write_all(descriptor: int, content: bytes, offset: int) -> None:
    rest = memoryview(content)
    while rest:
        written = os.pwrite(descriptor, rest, offset)
        rest, offset = rest[written:], offset + written
