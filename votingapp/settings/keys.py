"""The secrets that live outside the database: made at the first start, for the owner alone."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.settings.reading import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets that live outside the database, 32 bytes each."""

    office_session: bytes
    booth_session: bytes
    personal_data: bytes

    def __repr__(self) -> str:
        return "Keys(...)"


def load_keys(folder: Path) -> Keys:
    """Read the keys of a folder; make what is missing."""
    folder.mkdir(exist_ok=True, mode=0o700)
    return Keys(
        office_session=_load_key(folder / "office-session.key"),
        booth_session=_load_key(folder / "booth-session.key"),
        personal_data=_load_key(folder / "personal-data.key"),
    )


def _load_key(path: Path) -> bytes:
    """Read a key, or make it: written aside and linked, so that two starting workers agree on one."""
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SettingsError(f"the key file {path.name} does not hold {KEY_BYTES} bytes")
    return key
