"""Where the doors of the house are: each app listens at one address, before anybody serves there."""

from __future__ import annotations

import errno
import socket
import time
from dataclasses import dataclass

_WAITING = 2048
"""Connections that may wait to be accepted, as gunicorn has it."""

_PATIENCE_SECONDS = 3.0
"""How long a taken door is tried: a server that was killed holds it until the disk has answered its last write."""

_LOOK_AGAIN_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Door:
    """One app and where it listens, `host:port`."""

    app: str
    bind: str
    workers: int

    @property
    def host(self) -> str:
        """The name or address alone, of an IPv6 address without its brackets."""
        return self.bind.rpartition(":")[0].removeprefix("[").removesuffix("]")


class DoorBlockedError(OSError):
    """Nothing can listen where a door is to be; the message is one line."""


def listen(bind: str) -> socket.socket:
    """Begin to listen at `host:port`; whoever knocks from now on waits until somebody serves."""
    host, separator, port = bind.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not (separator and host and port.isascii() and port.isdigit()):
        raise DoorBlockedError(f"{bind} is no HOST:PORT")
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return _listen(host, int(port))
        except (OSError, OverflowError) as error:
            taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            if not taken:
                raise DoorBlockedError(f"nothing can listen at {bind}: {error}") from error
            if time.monotonic() > until:
                raise DoorBlockedError(f"{bind} is taken by another program") from error
        time.sleep(_LOOK_AGAIN_SECONDS)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_WAITING)
    except BaseException:
        listener.close()
        raise
    return listener
