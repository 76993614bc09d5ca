"""A disk of a few hundred kilobytes: a file system in memory, mounted for one test."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """Let a folder be a disk of its own of this size until the block ends; needs to be root, as the tests are."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def unmount(folder: Path) -> None:
    """Pull the stick out: what lay on it is gone, and its folder is an empty one of the computer's own disk."""
    subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Fill a disk up to the last so many kilobytes; give the file to remove to make room again."""
    path = folder / "filling"
    with path.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            stream.truncate(max(stream.tell() - leave * 1024, 0))
    return path
