"""Opening a door: one app under gunicorn, over TLS where the house has a certificate, nothing noted about who knocked."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker

from votingapp.listening import Door, listen
from votingapp.web.watching import keep_watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from votingapp.settings import Settings, Tls

IN_CLEAR = frozenset({"trust"})
"""What is served without TLS even where there is a certificate: the way to begin to trust it."""

THREADS = 32
"""Threads of a worker: whoever sends slowly keeps one of them, and none of the database's connections."""

PATIENCE_SECONDS = 120
"""How long a visitor may take to send a request: a photograph of ten megabytes over a poor line needs eighty.

And how long she may take nothing of what she is answered, however long the whole of it takes her.
"""

IDLE_SECONDS = 30
"""How long a connection is kept for the next request. Longer than the two seconds after which a desk asks again and than a voter
takes to answer, or each would agree on keys anew, and now and then a form would meet a connection that is just being closed."""

HANDSHAKE_SECONDS = 10
"""How long a visitor may take to agree on keys, before anything is asked for."""

_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2, which older tablets speak; TLS 1.3 has good ones only."""

_IN_MEMORY = "/dev/shm"  # noqa: S108 - gunicorn makes its own file there, for its owner alone, and unlinks it at once


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A worker that waits neither for ever to be told what a visitor wants, nor for ever until she takes her answer.

    Gunicorn does both: every phone that goes into a tunnel would keep a thread until the server is stopped. Of whoever asks
    too slowly only her own side of the connection is closed; an answer that takes long is still given, as long as it is taken.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._served_since: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Serve one request, and know since when."""
        self._served_since[conn] = time.monotonic()
        _hang_up_in_time(conn.sock)
        try:
            return super().handle(conn)
        finally:
            del self._served_since[conn]

    def murder_keepalived(self, force: bool = False) -> None:
        """Look after the connections that nobody uses, and after those that somebody uses too long."""
        super().murder_keepalived(force)
        for conn, since in tuple(self._served_since.items()):
            if time.monotonic() - since > _patience(conn):
                _stop_listening(conn.sock)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        """Say nothing to whoever cannot agree on keys, and write down nothing about her."""
        if not isinstance(exc, ssl.SSLError):
            super().handle_error(req, client, addr, exc)


def _patience(conn: Any) -> float:
    shaking_hands = conn.cfg.is_ssl and conn.parser is None
    return HANDSHAKE_SECONDS if shaking_hands else PATIENCE_SECONDS


def _hang_up_in_time(to: socket.socket) -> None:
    """Let the kernel end a connection on which nothing that was sent is taken any more (RFC 5482), which fails the answer.

    A whole archive, asked for by phones that leave the hall, would keep every thread of the house.
    """
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        with suppress(OSError):  # gone by herself
            to.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(PATIENCE_SECONDS * 1000))


def _stop_listening(to: socket.socket) -> None:
    """Close the visitor's side of a connection.

    The plain socket's method is meant: that of a TLS socket also forgets its keys, and what is answered after it would
    travel in clear.
    """
    try:
        socket.socket.shutdown(to, socket.SHUT_RD)
    except OSError:
        return  # gone by herself


class _Handshake:
    """The keys of a door: one context for all visitors, made anew when the certificate is renewed while it is open."""

    def __init__(self, tls: Tls) -> None:
        self._tls = tls
        self._lock = threading.Lock()
        self._read: tuple[int, int] | None = None
        self._context: ssl.SSLContext | None = None

    def context(self, _config: object, _usual: object) -> ssl.SSLContext:
        """Hand out the context; a certificate that cannot be read just now leaves the one before in use."""
        with self._lock:
            try:
                found = self._tls.certificate.stat()
                seen = (found.st_mtime_ns, found.st_ino)
                if seen != self._read:
                    self._context, self._read = _tls_context(self._tls), seen
            except OSError:  # ssl.SSLError is one: a key that does not belong to the certificate
                if self._context is None:
                    raise
            if self._context is None:
                raise LookupError("no certificate was read")
            return self._context


def _tls_context(tls: Tls) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
    context.load_cert_chain(tls.certificate, tls.key)
    return context


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around one app; each worker makes its own app and so its own database connections."""

    def __init__(self, door: Door, settings: Settings, listener: socket.socket) -> None:
        self._door = door
        self._settings = settings
        self._listener = listener
        self._create = _maker(door.app)
        super().__init__()

    def load_config(self) -> None:
        """A few workers with threads; no access log, for a time beside a ballot would undo its secrecy."""
        options: dict[str, Any] = {
            "bind": f"fd://{self._listener.detach()}",
            "workers": self._door.workers,
            "threads": THREADS,
            "worker_class": PatientWorker,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "proc_name": f"votingapp-{self._door.app}",
            "limit_request_line": 2048,
            "limit_request_fields": 60,
            "keepalive": IDLE_SECONDS,
            "timeout": 60,
            "graceful_timeout": 10,
            "control_socket_disable": True,
            # Where workers show that they live: in memory, so that a disk that is full or slow takes nobody for dead.
            "worker_tmp_dir": _IN_MEMORY if Path(_IN_MEMORY).is_dir() else None,
        }
        if self._settings.tls is not None and self._door.app not in IN_CLEAR:
            options |= {
                "certfile": str(self._settings.tls.certificate),
                "keyfile": str(self._settings.tls.key),
                "ssl_context": _Handshake(self._settings.tls).context,
                # In a thread of its own, where it can be given up, and not where connections are accepted.
                "do_handshake_on_connect": False,
            }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the app inside the worker; the office's has a watchman who looks after the machine."""
        app = self._create(self._settings)
        if self._door.app == "office":
            keep_watch(app)
        return app


def _maker(app: str) -> Callable[[Settings], Flask]:
    """How an app is made. It alone is loaded, once, before the workers part: one that was killed is back the sooner."""
    create: Callable[[Settings], Flask] = getattr(import_module(f"votingapp.{app}"), f"create_{app}")
    return create


def serve_one(door: Door, settings: Settings, listener: socket.socket | None = None) -> None:
    """Serve one app in this process until it is told to stop, at a door that is listened at already or is now."""
    _Server(door, settings, listener or listen(door.bind)).run()
