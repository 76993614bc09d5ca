"""Whoever does not end her request, or does not take her answer, keeps nobody waiting, and is not waited for without end."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import subprocess
import sys
import time

import pytest
from gunicorn.workers.gthread import ThreadWorker

from votingapp import serving

_SERVE = (
    "import sys; from votingapp import serving; from votingapp.settings import load_settings; "
    "serving.PATIENCE_SECONDS = float(sys.argv[2]); "
    "serving.serve_one(serving.Door('office', f'127.0.0.1:{sys.argv[1]}', 1), load_settings())"
)
_HALF = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 999\r\n\r\nlogin="
_AT_MOST = 60.0
"""Seconds: how long a test waits before it says that nothing comes."""


@pytest.fixture
def serve(settings, store):
    """Start the office under gunicorn with one worker and give its port: `serve(patience)`."""
    store.engine.dispose()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = []

    def start(patience: float) -> int:
        environ = os.environ | {"VOTINGAPP_HOME": str(settings.home), "DATABASE_URL": settings.database_url}
        command = [sys.executable, "-c", _SERVE, str(port), str(patience)]
        started.append(subprocess.Popen(command, env=environ))
        until = time.monotonic() + _AT_MOST
        while time.monotonic() < until:
            try:
                ask(port)
            except OSError:
                time.sleep(0.05)
            else:
                return port
        pytest.fail("the server does not start")

    yield start
    for server in started:
        server.terminate()
        server.wait()


def ask(port: int) -> int:
    """The status of the sign-in page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_AT_MOST)
    try:
        connection.request("GET", "/sign-in")
        return connection.getresponse().status
    finally:
        connection.close()


def test_twenty_who_never_end_keep_nobody_waiting(serve):
    """Twenty half-sent forms at one worker, and the next visitor is answered."""
    port = serve(3600)
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    try:
        for one in slow:
            one.sendall(_HALF)
        assert [ask(port) for _ in range(3)] == [200] * 3
    finally:
        for one in slow:
            one.close()


@pytest.mark.parametrize("begun", [_HALF, _HALF[:30]], ids=["in the body", "in the head"])
def test_who_never_ends_is_not_waited_for(serve, begun):
    """A phone that went into a tunnel in the middle of a request gives its place back; the others are served on."""
    port = serve(1)
    with socket.create_connection(("127.0.0.1", port), timeout=_AT_MOST) as gone:
        gone.sendall(begun)
        answer = gone.recv(4096)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400")
    assert ask(port) == 200


class Visitor:
    """A connection as gunicorn has it; she asked for something large, and has put her phone away."""

    def __init__(self, sock: socket.socket) -> None:
        sock.settimeout(_AT_MOST)
        self.sock = sock


def test_who_takes_nothing_of_her_answer_is_hung_up_on(monkeypatch):
    """The answer fails, by the word of the kernel, once she has taken nothing for as long as the house is patient."""

    def answer_without_end(_self, visitor: Visitor) -> None:
        while True:
            visitor.sock.sendall(bytes(1 << 20))

    monkeypatch.setattr(serving, "PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr(ThreadWorker, "handle", answer_without_end)
    worker = object.__new__(serving.PatientWorker)
    worker._served_since = {}
    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()):
        answering, _ = door.accept()
        with answering, pytest.raises(TimeoutError) as end:
            worker.handle(Visitor(answering))
    assert end.value.errno == errno.ETIMEDOUT
