"""A long file sealed piece by piece: read while it is opened, and never taken for whole when its end is missing."""

from __future__ import annotations

import io
import secrets
import struct
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from votingapp.store.backup.sealing import NotOurs
from votingapp.store.backup.stick import sync_content

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.store.backup.sealing import HouseKey, SheetKey

_CHUNK = 64 * 1024
_TAG = 16
_SYNC_EVERY = 4
"""Chunks after which the disk has its say: a record of the journal on the same stick never waits behind megabytes."""

_KEY_LENGTH = struct.Struct(">H")


class SealingWriter(io.RawIOBase):
    """What is written into it lies sealed in a file; only `finish` makes it whole."""

    def __init__(self, stream: BinaryIO, key: HouseKey, purpose: bytes) -> None:
        super().__init__()
        file_key = secrets.token_bytes(32)
        self._cipher = ChaCha20Poly1305(file_key)
        self._stream = stream
        self._number = 0
        self._pending = bytearray()
        wrapped = key.seal(file_key, purpose)
        stream.write(_KEY_LENGTH.pack(len(wrapped)) + wrapped)

    def writable(self) -> bool:
        """It is there to be written."""
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        """Take some more bytes."""
        self._pending += content
        while len(self._pending) > _CHUNK:  # the last chunk is told by `finish`, so one is always kept back
            self._seal(bytes(self._pending[:_CHUNK]), last=False)
            del self._pending[:_CHUNK]
        return len(content)

    def finish(self) -> None:
        """Seal what is left as the last chunk."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._stream.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1
        if self._number % _SYNC_EVERY == 0:
            self._stream.flush()
            sync_content(self._stream.fileno())


class OpeningReader(io.RawIOBase):
    """What a `SealingWriter` sealed, chunk by chunk; reading raises NotOurs at the first that is wrong, missing or too many."""

    def __init__(self, stream: BinaryIO, key: SheetKey, purpose: bytes) -> None:
        super().__init__()
        self._stream = stream
        length = stream.read(_KEY_LENGTH.size)
        if len(length) != _KEY_LENGTH.size:
            raise NotOurs
        self._cipher = ChaCha20Poly1305(key.open(stream.read(_KEY_LENGTH.unpack(length)[0]), purpose))
        self._number = 0
        self._next = stream.read(_CHUNK + _TAG)
        self._opened = b""
        self._ended = False

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Give some more bytes; none at the end."""
        if not self._opened and not self._ended:
            self._open_one()
        given = min(len(buffer), len(self._opened))
        buffer[:given] = self._opened[:given]
        self._opened = self._opened[given:]
        return given

    def _open_one(self) -> None:
        sealed, self._next = self._next, self._stream.read(_CHUNK + _TAG)
        self._ended = not self._next
        try:
            self._opened = self._cipher.decrypt(_nonce(self._number, last=self._ended), sealed, None)
        except (InvalidTag, ValueError) as error:
            raise NotOurs from error
        self._number += 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def copy(reader: BinaryIO, write: Callable[[bytes], object]) -> None:
    """Hand everything that a reader gives to `write`."""
    while piece := reader.read(_CHUNK):
        write(piece)
