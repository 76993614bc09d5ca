"""Ports for servers that are started, killed and started again: none that the system gives to whoever knocks.

A port from the system's own range can be taken between two starts, by another test's connection, or by the very loop that
waits for the server: on loopback a connection may be given the port it knocks at, and meets itself there.
"""

from __future__ import annotations

import random
import socket
from contextlib import ExitStack

_OURS = range(15_000, 32_000)
"""Below 32768, where Linux begins to give ports away (net.ipv4.ip_local_port_range)."""


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at, all different."""
    with ExitStack() as stack:
        return [_take(stack.enter_context(socket.socket())) for _ in range(count)]


def free_port() -> int:
    """One of them."""
    return free_ports(1)[0]


def _take(probe: socket.socket) -> int:
    chance = random.SystemRandom()
    while True:
        port = chance.choice(_OURS)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return port
