"""The copy (øjebliksbillede): the whole database of one moment and the house's keys, sealed on the stick or not there at all."""

from __future__ import annotations

import gzip
import hashlib
import io
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from sqlalchemy import make_url

from votingapp.store.backup.chunks import OpeningReader, SealingWriter
from votingapp.store.backup.sealing import NotOurs
from votingapp.store.backup.stick import NotAsWritten, read_from_the_disk, written_whole
from votingapp.store.engine import BUSY_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from votingapp.settings import Settings
    from votingapp.store.backup.sealing import HouseKey, SheetKey

DATABASE = "election.db"
HOUSE_KEY = "backup/house.key"
_MAGIC = b"votingapp snapshot 1\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One file out of a copy, by the name it has in a home."""

    name: str
    content: bytes


def database_path(settings: Settings) -> str:
    """The file of an installation's SQLite database."""
    return make_url(settings.database_url).database or ""


def write_snapshot(settings: Settings, key: HouseKey, path: Path, epoch: int) -> int:
    """Write a copy of this moment; answer the journal's serial that it contains.

    The plain copy is made in memory alone: on a disk it would outlive the shaking of the urn (promise 1).
    Raises OSError; NotAsWritten when the stick does not give back what was written.
    """
    serial, image = _image(database_path(settings))
    digest = hashlib.sha256()
    with written_whole(path) as stream:
        target = _Hashing(stream, digest)
        target.write(_MAGIC)
        sealing = SealingWriter(cast("BinaryIO", target), key, _purpose(epoch))
        with (
            gzip.GzipFile(fileobj=sealing, mode="wb", compresslevel=1, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w|") as tar,
        ):
            for name, content in _house_files(settings, key):
                _add(tar, name, content)
            _add(tar, DATABASE, image)
        sealing.finish()
    _compare(path, digest.digest())
    return serial


def _image(database: str) -> tuple[int, bytes]:
    """The database's bytes as one transaction sees them, and the serial in them."""
    with (
        closing(sqlite3.connect(database, isolation_level=None, timeout=BUSY_TIMEOUT_SECONDS)) as source,
        closing(sqlite3.connect(":memory:")) as memory,
    ):
        source.execute("BEGIN")
        (serial,) = source.execute("SELECT serial FROM journal_mark").fetchone()
        source.backup(memory)
        source.execute("ROLLBACK")
        return int(serial), memory.serialize()


def _house_files(settings: Settings, key: HouseKey) -> Iterator[tuple[str, bytes]]:
    yield HOUSE_KEY, key.to_bytes()
    # With other keys no session, device or CPR hash would fit, and with other certificates no tablet would trust the house.
    places = {"keys": settings.home / "keys"}
    if settings.tls is not None:
        places["tls"] = settings.tls.folder
    for name, folder in places.items():
        for path in sorted(folder.iterdir()):
            if path.is_file():
                yield f"{name}/{path.name}", path.read_bytes()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def _compare(path: Path, expected: bytes) -> None:
    found = hashlib.sha256()
    for piece in read_from_the_disk(path):
        found.update(piece)
    if found.digest() != expected:
        path.unlink()
        raise NotAsWritten(f"{path.name} is not as it was written")


def read_snapshot(path: Path, key: SheetKey, epoch: int) -> Iterator[Part]:
    """The files in a copy. Raises NotOurs at the first byte that is not as the house sealed it; the database comes last."""
    with path.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise NotOurs
        opened = io.BufferedReader(OpeningReader(stream, key, _purpose(epoch)))
        try:
            with gzip.GzipFile(fileobj=opened) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
                for member in tar:
                    held = tar.extractfile(member)
                    if held is not None:
                        yield Part(member.name, held.read())
            while opened.read(1 << 16):  # to the very end, or a copy without its last piece would pass
                pass
        except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
            raise NotOurs from error


def _purpose(epoch: int) -> bytes:
    return b"votingapp snapshot 1, epoch %d" % epoch


class _Hashing:
    """A stream that knows the digest of what went through it."""

    def __init__(self, stream: BinaryIO, digest: hashlib._Hash) -> None:
        self._stream, self._digest = stream, digest

    def write(self, content: bytes) -> int:
        self._digest.update(content)
        return self._stream.write(content)

    def flush(self) -> None:
        self._stream.flush()

    def fileno(self) -> int:
        return self._stream.fileno()
