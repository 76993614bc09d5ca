"""The real booth under gunicorn, in a process group of its own that can be killed at any instant and started again."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from joined import cookie_header
from ports import free_port

from votingapp.store.devices import Kind

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE_SECONDS = 60


def _serve(port: int, environment: dict[str, str], written: Path | None) -> None:
    from votingapp.serving import Door, serve_one  # noqa: PLC0415 - loaded in the server's process
    from votingapp.settings import load_settings  # noqa: PLC0415

    os.setsid()
    if written is not None:
        target = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(target, 1)
        os.dup2(target, 2)
    serve_one(Door("booth", f"127.0.0.1:{port}", 2), load_settings(environment))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the booth answered: status and JSON."""

    status: int
    body: dict


class BoothServer:
    """The booth on a port of its own, two workers; each start is a fresh process of the very code that `serve` runs."""

    def __init__(
        self, home: Path, database_url: str, token: str, written: Path | None = None, backup: Path | None = None
    ) -> None:
        """`token` is that of the booth who asks; `written` gets whatever the server writes to standard output and error.

        `backup` is the folder of the stick.
        """
        self.port = free_port()
        self._environment = {"VOTINGAPP_HOME": str(home), "DATABASE_URL": database_url}
        if backup is not None:
            self._environment["VOTINGAPP_BACKUP"] = str(backup)
        self._headers = {"Content-Type": "application/json"} | cookie_header(Kind.BOOTH, token)
        self._written = written
        # A server forked from a process that has read the program already starts a hundred times in the time of ten.
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["votingapp.serving", "votingapp.booth"])
        self._process = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._process = self._context.Process(target=_serve, args=(self.port, self._environment, self._written))
        self._process.start()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                self.ask("GET", "/static/icon.svg", None)
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)
            else:
                return
        raise TimeoutError("the booth did not start")

    def kill(self) -> None:
        """End master and workers at once, as a cut power cord would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.join()
        self._process.close()
        self._process = None

    def ask(self, method: str, path: str, raw: bytes | None) -> bytes:
        """Ask for a path and give the raw answer; OSError or HTTPException when the server is not there (any more)."""
        return self._exchange(method, path, raw)[1]

    def cast(self, slug: str, raw: bytes) -> Answer:
        """Send a ballot as a tablet does."""
        status, body = self._exchange("POST", f"/{slug}/ballots", raw)
        return Answer(status, json.loads(body))

    def challenge(self, slug: str, raw: bytes) -> Answer:
        """Have a ballot opened instead of cast, as a tablet does."""
        status, body = self._exchange("POST", f"/{slug}/challenges", raw)
        return Answer(status, json.loads(body))

    def _exchange(self, method: str, path: str, raw: bytes | None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_SECONDS)
        try:
            connection.request(method, path, raw, self._headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
