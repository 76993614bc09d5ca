"""Everything that differs from one town hall to the next, read once at start and never changed after."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_BYTES = 32


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets that live outside the database, 32 bytes each."""

    office_session: bytes
    booth_session: bytes
    personal_data: bytes

    def __repr__(self) -> str:
        return "Keys(...)"


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: where it keeps its data and how it is reached."""

    home: Path
    database_url: str
    keys: Keys
    https: bool
    office_url: str
    booth_url: str


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; make the home folder and its keys when they are missing.

    `VOTINGAPP_HOME` (default `./instance`), `DATABASE_URL` (default SQLite in the home folder), `VOTINGAPP_HTTPS`
    (`1` behind TLS: cookies become Secure), `VOTINGAPP_OFFICE_URL`, `VOTINGAPP_BOOTH_URL`.
    """
    source = os.environ if environ is None else environ
    home = Path(source.get("VOTINGAPP_HOME", "instance")).absolute()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Settings(
        home=home,
        database_url=source.get("DATABASE_URL") or f"sqlite:///{home / 'election.db'}",
        keys=_load_keys(home / "keys"),
        https=_switch(source, "VOTINGAPP_HTTPS"),
        office_url=source.get("VOTINGAPP_OFFICE_URL", "http://127.0.0.1:8000").rstrip("/"),
        booth_url=source.get("VOTINGAPP_BOOTH_URL", "http://127.0.0.1:8001").rstrip("/"),
    )


def _switch(source: Mapping[str, str], name: str) -> bool:
    value = source.get(name, "0")
    if value not in {"0", "1"}:
        raise SettingsError(f"{name} must be 0 or 1")
    return value == "1"


def _load_keys(folder: Path) -> Keys:
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
