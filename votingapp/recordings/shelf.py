"""Where the packs lie: a folder for each election, each file named by its own hash."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FOLDER: Final = "recordings"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def folder_of(home: Path, election_json: bytes) -> Path:
    """The folder of the election of exactly this text: its fingerprint, in hexadecimal signs that any disk can name."""
    return home / _FOLDER / hashlib.sha256(election_json).hexdigest()


def lay(folder: Path, packs: Iterable[bytes]) -> None:
    """Put packs there, each whole or not at all, and take away what is none of them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    named = {f"{hashlib.sha256(pack).hexdigest()}.pack": pack for pack in packs}
    for name, pack in named.items():
        fresh = folder / f"{name}.{os.getpid()}"
        fresh.write_bytes(pack)
        fresh.replace(folder / name)
    for path in folder.iterdir():
        if path.name not in named:
            path.unlink()


def find(folder: Path, sha256: str) -> Path | None:
    """The pack of a hash; None where it does not lie there."""
    path = folder / f"{sha256}.pack"
    return path if _SHA256.fullmatch(sha256) and path.is_file() else None
