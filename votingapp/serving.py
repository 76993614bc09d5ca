"""Opening the doors: both apps under gunicorn, several workers each, nothing written about who knocked."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from votingapp.booth import create_booth
from votingapp.office import create_office

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from votingapp.settings import Settings

APPS: Mapping[str, Callable[[Settings], Flask]] = {"office": create_office, "booth": create_booth}


THREADS = 32
"""Threads of a worker: whoever sends slowly keeps one of them, and none of the database's connections."""

PATIENCE_SECONDS = 120
"""How long a visitor may take to send a request: a photograph of ten megabytes over a poor line needs eighty."""


@dataclass(frozen=True, slots=True)
class Door:
    """One app and where it listens, `host:port`."""

    app: str
    bind: str
    workers: int


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A worker that stops listening to whoever takes too long to say what she wants.

    Gunicorn waits for the rest of a request for ever: every phone that goes into a tunnel would keep a thread until the
    server is stopped. Only the visitor's side of the connection is closed; an answer that takes long is still given.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._served_since: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Serve one request, and know since when."""
        self._served_since[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._served_since[conn]

    def murder_keepalived(self, force: bool = False) -> None:
        """Look after the connections that nobody uses, and after those that somebody uses too long."""
        super().murder_keepalived(force)
        for conn, since in tuple(self._served_since.items()):
            if time.monotonic() - since > PATIENCE_SECONDS:
                _stop_listening(conn.sock)


def _stop_listening(to: socket.socket) -> None:
    try:
        to.shutdown(socket.SHUT_RD)
    except OSError:
        return  # gone by herself


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around one app; each worker makes its own app and so its own database connections."""

    def __init__(self, door: Door, settings: Settings) -> None:
        self._door = door
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """A few workers with threads; no access log, for a time beside a ballot would undo its secrecy."""
        options: dict[str, Any] = {
            "bind": self._door.bind,
            "workers": self._door.workers,
            "threads": THREADS,
            "worker_class": PatientWorker,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "proc_name": f"votingapp-{self._door.app}",
            "limit_request_line": 2048,
            "limit_request_fields": 60,
            "timeout": 60,
            "graceful_timeout": 10,
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the app inside the worker."""
        return APPS[self._door.app](self._settings)


def serve_one(door: Door, settings: Settings) -> None:
    """Serve one app in this process until it is told to stop."""
    _Server(door, settings).run()


def serve_all(doors: tuple[Door, ...]) -> int:
    """Serve each app in a process of its own; when one ends, end them all. Answers the first one's exit status."""
    children = [
        subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
            [
                sys.executable, "-m", "votingapp", "serve",
                "--only", door.app, f"--{door.app}-bind", door.bind, "--workers", str(door.workers),
            ]
        )
        for door in doors
    ]  # fmt: skip

    def stop(*_: object) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return _wait(children, stop)


def _wait(children: list[subprocess.Popen[bytes]], stop: Callable[[], None]) -> int:
    status: int | None = None
    while status is None:
        for child in children:
            try:
                status = child.wait(timeout=0.3)
                break
            except subprocess.TimeoutExpired:
                continue
    stop()
    for child in children:
        child.wait()
    return max(status, 0)
