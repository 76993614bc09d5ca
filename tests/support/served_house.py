"""A whole house as `votingapp serve` runs it, on free ports, to be knocked at, killed and stopped."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from ports import free_ports

if TYPE_CHECKING:
    import ssl
    from collections.abc import Sequence

AT_MOST = 120.0
"""Seconds: how long is waited before it is said that nothing comes."""

_OPENER = urllib.request.ProxyHandler({})


def ask(url: str, context: ssl.SSLContext | None = None) -> int:
    """The status of a page."""
    opener = urllib.request.build_opener(_OPENER, urllib.request.HTTPSHandler(context=context))
    try:
        with opener.open(url, timeout=AT_MOST) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code


def seconds_until(url: str, context: ssl.SSLContext | None = None, status: int = 200) -> float:
    """Knock until the page is there, and say how long that took."""
    begun = time.monotonic()
    while time.monotonic() - begun < AT_MOST:
        try:
            if ask(url, context) == status:
                return time.monotonic() - begun
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer")


class ServedHouse:
    """`votingapp serve` on free ports; `office`, `booth` and `trust` are the ports."""

    def __init__(self, home: Path, host: str = "127.0.0.1", within: Sequence[str] = (), **environ: str) -> None:
        """`within` are the words before the command, such as those that let it run in a network of its own."""
        self.home = home
        self.host, self._within = host, within
        self._errors = home / "standard-error.txt"
        self.office, self.booth, self.trust = free_ports(3)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("VOTINGAPP_", "DATABASE_"))}
        self.environ = clean | {"VOTINGAPP_HOME": str(home)} | environ
        self.process: subprocess.Popen[str] | None = None
        self.first = 0.0

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start it; what it says is kept for `said` and `finish`."""
        command = [
            *(*self._within, sys.executable, "-m", "votingapp", "serve", "--workers", "1"),
            *("--office-bind", f"{self.host}:{self.office}", "--booth-bind", f"{self.host}:{self.booth}"),
            *("--trust-bind", f"{self.host}:{self.trust}", *arguments),
        ]
        with self._errors.open("w") as errors:
            self.process = subprocess.Popen(
                command, env=self.environ, text=True, stdout=subprocess.DEVNULL, stderr=errors
            )
        return self.process

    def said(self) -> str:
        """What it has written on standard error so far."""
        return self._errors.read_text()

    def finish(self) -> tuple[int, str]:
        """Wait for its end; exit status and standard error."""
        assert self.process is not None
        return self.process.wait(timeout=AT_MOST), self.said()

    def stop(self) -> tuple[int, str]:
        """Ask it to end, and wait until it has."""
        assert self.process is not None
        self.process.terminate()
        return self.finish()

    def master(self, app: str) -> int:
        """The process id of the one that runs an app's workers."""
        assert self.process is not None
        return next(child for child in children(self.process.pid) if app in _words(child))


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(after_name[1]) == parent:
                found.append(int(folder.name))
    return sorted(found)


def is_alive(process: int) -> bool:
    """Whether a process runs, and is not only waiting to be noticed as dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def _words(process: int) -> list[str]:
    return Path(f"/proc/{process}/cmdline").read_text().split("\0")
