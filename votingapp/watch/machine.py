"""Reading the machine: the disk from the system, the battery from Linux's own folder, and time from a clock nobody sets."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

from votingapp.watch.readings import Battery, Disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

_ANSWERS_WITHIN_SECONDS = 2.0
_FORGET_JUMP_SECONDS = 1800
_JUMP_SECONDS = 30


def read_disk(folder: Path) -> Disk | None:
    """The disk on which a folder lies; None where it cannot be asked."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return None
    return Disk(found.f_blocks * found.f_frsize, found.f_bavail * found.f_frsize)


class PatientDisk:
    """A disk that may never answer, such as a stick that was pulled out: whoever asks waits two seconds and no longer."""

    def __init__(self, folder: Path, read: Callable[[Path], Disk | None] = read_disk) -> None:
        self._folder = folder
        self._read = read
        self._asked: threading.Thread | None = None
        self._answer: Disk | None = None

    def read(self) -> Disk | None:
        """What the disk says, None where it keeps silent; only one question is out at a time."""
        if self._asked is None or not self._asked.is_alive():
            self._answer = None
            self._asked = threading.Thread(target=self._ask, name="disk", daemon=True)
            self._asked.start()
            self._asked.join(_ANSWERS_WITHIN_SECONDS)
        return None if self._asked.is_alive() else self._answer

    def _ask(self) -> None:
        self._answer = self._read(self._folder)


def read_battery(supplies: Path) -> Battery | None:
    """The machine's battery by Linux's `/sys/class/power_supply`; None where there is none, as in a desktop computer.

    Two batteries count as one of their mean; the batteries of mice and headsets are none of the machine's.
    """
    try:
        folders = sorted(supplies.iterdir())
    except OSError:
        return None
    own = [folder for folder in folders if _word(folder / "scope") != "Device"]
    batteries = [folder for folder in own if _word(folder / "type") == "Battery" and _word(folder / "present") != "0"]
    levels = [int(level) for level in (_word(folder / "capacity") for folder in batteries) if level.isdecimal()]
    if not levels:
        return None
    plugs = [_word(folder / "online") for folder in own if _word(folder / "type") in {"Mains", "USB", "USB_PD"}]
    states = {_word(folder / "status") for folder in batteries}
    fed = "1" in plugs or not plugs or "Charging" in states
    return Battery(min(sum(levels) // len(levels), 100), on_mains=fed and "Discharging" not in states)


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def steady_seconds() -> float:
    """Seconds on a clock that nobody sets; where the system has one, it goes on while a laptop sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Pulse:
    """Holds the wall's clock against a steady one, from the start of the house on."""

    def __init__(self, clock: Callable[[], datetime], steady: Callable[[], float] = steady_seconds) -> None:
        self._clock = clock
        self._steady = steady
        self._offset = self._now()
        self._jumped_at: float | None = None

    def jumped(self) -> int:
        """By how many seconds the clock was set forward since the start, negative where it was set back.

        A clock that was set right stays so: after half an hour the new time is what later jumps are held against.
        """
        jumped, at = round(self._now() - self._offset), self._steady()
        if abs(jumped) <= _JUMP_SECONDS:
            self._jumped_at = None
            return jumped
        self._jumped_at = at if self._jumped_at is None else self._jumped_at
        if at - self._jumped_at > _FORGET_JUMP_SECONDS:
            self._offset, self._jumped_at = self._now(), None
            return 0
        return jumped

    def _now(self) -> float:
        return self._clock().timestamp() - self._steady()
