"""The stick (USB-nøgle): which files of the house lie on it, and how a file comes to lie there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNFINISHED = ".part"
_READ_AT_A_TIME = 1 << 20


class NotAsWritten(OSError):  # noqa: N818 - what a stick can do, told in one line
    """What the stick gives back is not what was written on it."""


@dataclass(frozen=True, slots=True)
class Stick:
    """The backup folder, as the house whose key bears this name sees it: other houses' files are left alone."""

    folder: Path
    key_name: str

    def snapshot(self, epoch: int) -> Path:
        """Where the copy of an epoch lies."""
        return self.folder / f"votingapp-{self.key_name}-{epoch:06d}.snapshot"

    def journal(self, epoch: int) -> Path:
        """Where the journal of an epoch lies."""
        return self.folder / f"votingapp-{self.key_name}-{epoch:06d}.journal"

    def snapshots(self) -> tuple[int, ...]:
        """The epochs of whole copies, oldest first."""
        return self._epochs("snapshot")

    def journals(self) -> tuple[int, ...]:
        """The epochs of journals, oldest first."""
        return self._epochs("journal")

    def _epochs(self, kind: str) -> tuple[int, ...]:
        found = self.folder.glob(f"votingapp-{self.key_name}-[0-9]*.{kind}")
        return tuple(sorted(int(path.stem.rsplit("-", 1)[1]) for path in found))

    def keep_from(self, epoch: int) -> None:
        """Remove every copy and journal from before an epoch, and what was never finished."""
        self._remove_unfinished()
        for old in (one for one in self.snapshots() if one < epoch):
            self.snapshot(old).unlink()
        for old in (one for one in self.journals() if one < epoch):
            self.journal(old).unlink()
        sync_folder(self.folder)

    def keep_only(self, epoch: int) -> None:
        """Remove every copy and journal but those of one epoch, and what was never finished."""
        self._remove_all_but(epoch)

    def remove_all(self) -> None:
        """Remove every copy and journal, as of a key whose sheet was replaced, and what was never finished."""
        self._remove_all_but(None)

    def _remove_unfinished(self) -> None:
        for unfinished in self.folder.glob(f"votingapp-{self.key_name}-*{_UNFINISHED}"):
            unfinished.unlink()

    def _remove_all_but(self, epoch: int | None) -> None:
        self._remove_unfinished()
        for other in (one for one in self.snapshots() if one != epoch):
            self.snapshot(other).unlink()
        for other in (one for one in self.journals() if one != epoch):
            self.journal(other).unlink()
        sync_folder(self.folder)


def houses_on(folder: Path) -> frozenset[str]:
    """The names of the keys whose copies lie in a folder."""
    return frozenset(path.name.split("-")[1] for path in folder.glob("votingapp-*-*.snapshot"))


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that bears its name only once every byte of it is on the disk; on any failure nothing of it is left."""
    unfinished = path.with_name(path.name + _UNFINISHED)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.rename(path)
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def sync_content(descriptor: int) -> None:
    """Have what was written into a file kept, and its length, but not the times beside its name where that can be told apart."""
    if sys.platform == "linux":
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder kept; a file system that knows no such thing has kept them already."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)


def read_from_the_disk(path: Path) -> Iterator[bytes]:
    """The bytes of a file as the disk gives them, not as the system remembers to have written them."""
    with path.open("rb") as stream:
        if sys.platform == "linux":
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := stream.read(_READ_AT_A_TIME):
            yield piece
