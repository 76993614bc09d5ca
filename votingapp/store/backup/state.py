"""How the backup stands: what the board sees on its page, and what the house keeps of it beside the database."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from votingapp.store.backup.mark import Mark, Why, read_mark
from votingapp.store.backup.sealing import HouseKey
from votingapp.store.engine import make_engine

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from votingapp.settings import Settings

_KEY_FILE = "house.key"
_FORMER_FILE = "former-keys"
_WATCHER_FILE = "watcher.json"
_WATCHER_SLEEPS_AFTER = 60
"""Seconds without a sign of life after which nobody seems to look after the stick."""


class State(StrEnum):
    """How the backup stands, in one word."""

    OFF = "off"
    """VOTINGAPP_BACKUP is not set."""
    NO_SHEET = "no_sheet"
    """There is no emergency sheet yet: run `votingapp backup key`."""
    NOT_YET = "not_yet"
    """No copy has been made yet."""
    IN_STEP = "in_step"
    """Everything that was answered "done" to is on the stick."""
    OUT_OF_STEP = "out_of_step"
    """What was done since `since` is on this computer alone."""


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """What the board should know. Where the backup is in step, `why` is why the last copy could not be made, or None.

    `watched`: somebody looks after the stick (`votingapp serve` does). `same_disk`: the folder lies on the computer's own
    disk and does not help when that breaks. `forgetting`: copies from before the close are still to be removed.
    """

    state: State
    snapshot_at: datetime | None = None
    since: datetime | None = None
    why: Why | None = None
    watched: bool = False
    same_disk: bool = False
    forgetting: bool = False


def status(settings: Settings) -> BackupStatus:
    """How the backup of an installation stands; touches the database and the home folder, never the stick, which may hang."""
    if settings.backup is None:
        return BackupStatus(State.OFF)
    if load_house_key(settings.home) is None:
        return BackupStatus(State.NO_SHEET)
    engine = make_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            mark = read_mark(connection)
    finally:
        engine.dispose()
    watched, same_disk = _last_sign_of_the_watcher(settings.home)
    return BackupStatus(
        _state(mark), mark.snapshot_at, mark.lost_at, mark.why, watched, same_disk, forgetting=mark.forget > 0
    )


def _state(mark: Mark) -> State:
    if mark.lost_at is not None:
        return State.OUT_OF_STEP
    return State.NOT_YET if mark.snapshot_at is None else State.IN_STEP


def own_folder(home: Path) -> Path:
    """The folder of the home in which the house keeps what belongs to the backup."""
    folder = home / "backup"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def load_house_key(home: Path) -> HouseKey | None:
    """The house's half of the emergency key; None before there is a sheet."""
    try:
        return HouseKey.from_bytes((home / "backup" / _KEY_FILE).read_bytes())
    except FileNotFoundError:
        return None


def save_house_key(home: Path, key: HouseKey) -> None:
    """Keep the house's half of an emergency key, durably, in the place of any earlier one, whose name is remembered."""
    path = own_folder(home) / _KEY_FILE
    former = load_house_key(home)
    if former is not None:
        with (path.parent / _FORMER_FILE).open("a", encoding="ascii") as names:
            names.write(f"{former.name}\n")
    fresh = path.with_suffix(".fresh")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(key.to_bytes())
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)


def former_key_names(home: Path) -> frozenset[str]:
    """The names of the keys whose sheets were replaced: what bears them on a stick is to go."""
    try:
        return frozenset((home / "backup" / _FORMER_FILE).read_text(encoding="ascii").split())
    except FileNotFoundError:
        return frozenset()


def note_watching(home: Path, *, same_disk: bool) -> None:
    """Leave a sign of life of whoever looks after the stick."""
    path = own_folder(home) / _WATCHER_FILE
    fresh = path.with_suffix(".fresh")
    fresh.write_text(json.dumps({"same_disk": same_disk}), encoding="utf-8")
    fresh.replace(path)


def _last_sign_of_the_watcher(home: Path) -> tuple[bool, bool]:
    path = home / "backup" / _WATCHER_FILE
    try:
        same_disk = bool(json.loads(path.read_text(encoding="utf-8"))["same_disk"])
        # By how far the clock is off in either direction: it may have been set back.
        return abs(time.time() - path.stat().st_mtime) < _WATCHER_SLEEPS_AFTER, same_disk
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return False, False
