"""The doors stay open all evening: an app that dies is started again at once, and nobody who knocks is turned away meanwhile."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import TYPE_CHECKING

from votingapp.listening import listen

if TYPE_CHECKING:
    import socket

    from votingapp.listening import Door

ASKED_WRONGLY = 2
"""The exit status of a command that cannot be carried out as it was asked."""

PAUSES = (0.0, 0.5, 1.0, 2.0)
"""Seconds between a death and the next start, by how many deaths came shortly one after another; the last one stays."""

SETTLED_SECONDS = 10.0
"""An app that has lived so long counts as up: its next death is a first one."""

_FALSE_STARTS = 3
"""An app that has never been up and dies so often will not come up: that is said, and everything ends."""

_LOOK_SECONDS = 0.1
_PATIENCE_AT_END_SECONDS = 20.0
_PR_SET_PDEATHSIG = 1


class _Part(ABC):
    """One part of the house in a process of its own, and how often it has died of late."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._deaths = 0
        self._been_up = False
        self._started = 0.0
        self._due = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def look_after(self) -> int | None:
        """Start the app when it is due; answers an exit status when there is no use in trying on."""
        now = time.monotonic()
        if self._process is None:
            return self._start(now) if now >= self._due else None
        status = self._process.poll()
        lived = now - self._started
        if status is None:
            self._been_up = self._been_up or lived > SETTLED_SECONDS
            return None
        self._process = None
        return self._bury(status, now, lived)

    def _start(self, now: float) -> int | None:
        try:
            self._process = self._begin()
        except OSError as error:  # a machine without memory or process numbers to spare, which may pass
            return self._bury(error.errno or 1, now, 0.0)
        self._started = now
        return None

    @abstractmethod
    def _begin(self) -> subprocess.Popen[bytes]:
        """Start the process."""

    def _bury(self, status: int, now: float, lived: float) -> int | None:
        self._deaths = 1 if lived > SETTLED_SECONDS else self._deaths + 1
        if not self._been_up and (status == ASKED_WRONGLY or self._deaths >= _FALSE_STARTS):
            return status if status > 0 else 1
        self._due = now + PAUSES[min(self._deaths, len(PAUSES)) - 1]
        _say(f"votingapp: the {self._name} stopped ({_cause(status)}) and is started again\n")
        return None

    def end(self) -> None:
        """Ask the app to end what it is doing."""
        if self._process is not None:
            self._process.terminate()

    def wait(self, until: float) -> None:
        """Wait for its end, and then no longer."""
        if self._process is None:
            return
        try:
            self._process.wait(max(until - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Kept(_Part):
    """An app. The socket is the supervisor's: it stays open when the app dies, and those who knock wait for the next one."""

    def __init__(self, door: Door, listener: socket.socket) -> None:
        super().__init__(door.app)
        self._door = door
        self._listener = listener

    def _begin(self) -> subprocess.Popen[bytes]:
        number = self._listener.fileno()
        return subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [
                sys.executable, "-m", "votingapp", "serve", "--only", self._door.app,
                "--workers", str(self._door.workers), "--listener", str(number),
            ],
            pass_fds=(number,),
        )  # fmt: skip


class _StickWatch(_Part):
    """Whoever looks after a stick, `what`: backup or roll. The house goes on without her, so she is started again for ever."""

    def __init__(self, what: str) -> None:
        super().__init__(f"watch over the {what}'s stick")
        self._what = what
        self._been_up = True

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-m", "votingapp", self._what, "watch", "--supervised"]
        )

    def wait(self, until: float) -> None:
        """Nobody waits for her: a stick that hangs would keep the house from ending."""
        del until
        if self._process is not None:
            self._process.kill()


def _say(line: str) -> None:
    """Write a line where it can be read; a terminal that was closed is no reason to stop."""
    with suppress(OSError, ValueError):
        sys.stderr.write(line)
        sys.stderr.flush()


def _cause(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


def serve_all(doors: tuple[Door, ...], *, with_backup: bool = False, with_roll: bool = False) -> int:
    """Serve each app in a process of its own until SIGTERM or SIGINT, and start again whichever dies; answers the exit status.

    `with_backup`: the stick that VOTINGAPP_BACKUP names is looked after beside them; `with_roll`: that of VOTINGAPP_ROLL.
    A door that is blocked stops the start before anything is served (DoorBlockedError).
    """
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: stopping.append(got))
    kept: list[_Part] = [_Kept(door, listener) for door, listener in [(door, listen(door.bind)) for door in doors]]
    if with_backup:
        kept.append(_StickWatch("backup"))
    if with_roll:
        kept.append(_StickWatch("roll"))
    status = 0
    while not stopping and status == 0:
        status = max(filter(None, [one.look_after() for one in kept]), default=0)
        time.sleep(_LOOK_SECONDS)
    for one in kept:
        one.end()
    until = time.monotonic() + _PATIENCE_AT_END_SECONDS
    for one in kept:
        one.wait(until)
    return status


def end_with_the_supervisor() -> None:
    """Let the kernel end this process when the one that started it is gone, or it would keep the doors from the next one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
