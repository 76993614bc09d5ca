"""How the roll on the stick stands: noted by whoever writes it, and read by the board without the database or the stick."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from votingapp.sticks import fault_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from votingapp.settings import Settings

SLEEPS_AFTER = 30
"""Seconds without a sign of life after which nobody seems to write the roll."""

_FOLDER = "printed-roll"
_WATCHER = "watcher"


class Why(StrEnum):
    """Why the roll could not be written."""

    GONE = "gone"
    """The folder is not there: the stick has been pulled out."""
    FULL = "full"
    READ_ONLY = "read_only"
    NOT_THE_STICK = "not_the_stick"
    """The folder now lies on the computer's own disk: the stick that was there is not mounted."""
    SLOW = "slow"
    """Writing took longer than anybody can wait."""
    BROKEN = "broken"
    """The stick fails in another way, or the roll could not be set."""


class State(StrEnum):
    """How the roll on the stick stands, in one word."""

    OFF = "off"
    """VOTINGAPP_ROLL is not set."""
    NOBODY_WRITES = "nobody_writes"
    """The process that writes it gives no sign of life."""
    NOT_YET = "not_yet"
    """Nothing has been written for this election: it is not frozen, or has just been."""
    WRITTEN = "written"
    """What lies on the stick is as new as it is to be."""
    BEHIND = "behind"
    """Writing fails; what lies on the stick is from `written_at`."""


@dataclass(frozen=True, slots=True)
class RollStatus:
    """What the board should know: the instant (UTC) of what lies on the stick, and its newest number of an admission.

    `since` is the instant of the first failure, where it is behind. `same_disk`: the folder lies on the computer's own disk.
    """

    state: State
    written_at: datetime | None = None
    last: int | None = None
    why: Why | None = None
    since: datetime | None = None
    same_disk: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted for one election; `seen` tells what was written, `imported` from how large an extract, `names` where."""

    written_at: datetime | None = None
    last: int | None = None
    seen: str = ""
    imported: int = -1
    names: tuple[str, ...] = ()
    why: Why | None = None
    since: datetime | None = None


def status(settings: Settings, election_id: str) -> RollStatus:
    """How the roll of an election stands on the stick; reads two small files of the home folder and nothing else."""
    if settings.roll is None:
        return RollStatus(State.OFF)
    noted = noted_of(settings.home, election_id)
    alive, same_disk = _last_sign(settings.home)
    return RollStatus(_state(noted, alive=alive), noted.written_at, noted.last, noted.why, noted.since, same_disk)


def _state(noted: Noted, *, alive: bool) -> State:
    if not alive:
        return State.NOBODY_WRITES
    if noted.why is not None:
        return State.BEHIND
    return State.NOT_YET if noted.written_at is None else State.WRITTEN


def why_of(error: OSError) -> Why:
    """What an error of the file system says about the stick."""
    return Why(fault_of(error).value)


def noted_of(home: Path, election_id: str) -> Noted:
    """What is noted for an election; nothing where nothing readable is."""
    found = _load(home, election_id)
    try:
        return Noted(
            _instant(found.get("written_at")),
            found.get("last"),
            str(found.get("seen", "")),
            int(found.get("imported", -1)),
            tuple(found.get("names", ())),
            None if found.get("why") is None else Why(found["why"]),
            _instant(found.get("since")),
        )
    except (ValueError, TypeError):
        return Noted()


def note_written(home: Path, election_id: str, noted: Noted) -> None:
    """Note that the roll was written, and how it stood."""
    _note(home, election_id, noted)


def note_failure(home: Path, election_id: str, why: Why, now: datetime) -> None:
    """Note why the roll could not be written; what was written before is still there, perhaps."""
    before = noted_of(home, election_id)
    since = before.since if before.why is not None and before.since is not None else now
    _note(home, election_id, replace(before, why=why, since=since))


def note_alive(home: Path, *, same_disk: bool) -> None:
    """Leave a sign of life of whoever writes the roll."""
    _save(home, _WATCHER, {"same_disk": same_disk})


def own_folder(home: Path) -> Path:
    """The folder of the home in which these notes lie; they name nobody."""
    folder = home / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _last_sign(home: Path) -> tuple[bool, bool]:
    try:
        # By how far the clock is off in either direction: it may have been set back.
        alive = abs(time.time() - (home / _FOLDER / f"{_WATCHER}.json").stat().st_mtime) < SLEEPS_AFTER
    except FileNotFoundError:
        return False, False
    return alive, bool(_load(home, _WATCHER).get("same_disk"))


def _note(home: Path, election_id: str, noted: Noted) -> None:
    instants = {
        name: None if (instant := getattr(noted, name)) is None else instant.isoformat()
        for name in ("written_at", "since")
    }
    _save(home, election_id, asdict(noted) | instants)


def _save(home: Path, name: str, content: Mapping[str, object]) -> None:
    """Keep a note whole or leave the one before: a full disk of the house's own, told elsewhere, is not to stop the writing."""
    with suppress(OSError):
        path = own_folder(home) / f"{name}.json"
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(content), encoding="utf-8")
        fresh.replace(path)


def _load(home: Path, name: str) -> Mapping[str, Any]:
    try:
        found = json.loads((home / _FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _instant(written: object) -> datetime | None:
    return datetime.fromisoformat(written).astimezone(UTC) if isinstance(written, str) else None
