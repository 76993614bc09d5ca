"""How a paper comes to lie on the stick whole or not at all, and how the one before it stays beside it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from votingapp.store.backup.stick import sync_folder, written_whole

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = "-forrige"
"""What the name of the paper before ends with."""

_END = b"%%EOF"


def put(folder: Path, name: str, pdf: bytes) -> None:
    """Put a paper in the place of the one before, which is kept beside it; raises OSError.

    The one before is copied and not renamed: at no instant is a name without a whole paper, and a stick (FAT) knows no
    second name for a file. Where there is no room for both, the paper stays as it was.
    """
    path = folder / name
    kept = folder / f"{path.stem}{BEFORE}{path.suffix}"
    before = _whole(path)
    if before is not None:
        with written_whole(kept) as stream:
            stream.write(before)
    with written_whole(path) as stream:
        stream.write(pdf)


def keep_only(folder: Path, prefix: str, names: frozenset[str]) -> None:
    """Remove the papers of an election that are not among `names`, as after its roll got shorter or longer."""
    own = re.compile(rf"{re.escape(prefix)}(valgliste|moedt-frem)(-del-[0-9]+)?({BEFORE})?\.pdf")
    for path in [path for path in folder.iterdir() if own.fullmatch(path.name)]:
        if path.stem.removesuffix(BEFORE) + path.suffix not in names:
            with suppress(FileNotFoundError):
                path.unlink()
    sync_folder(folder)


def _whole(path: Path) -> bytes | None:
    """A paper that can be read to its end; one that a failing stick has cut is not kept in the place of a good one."""
    try:
        found = path.read_bytes()
    except OSError:
        return None
    return found if found.rstrip().endswith(_END) else None
