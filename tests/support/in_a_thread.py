"""A server of this process that answers while a test goes on."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import HTTPServer

    from flask import Flask

_LOOKS_EVERY_SECONDS = 0.02
"""How often it looks whether it is to stop: with the half second of the standard library a hundred tests wait a minute."""


@contextmanager
def answering(server: HTTPServer) -> Iterator[str]:
    """Let it answer until the block ends, and tell its address."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": _LOOKS_EVERY_SECONDS})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    """It does not write down who knocked."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name is the server's
        """Write nothing."""


@contextmanager
def serving(app: Flask, port: int = 0) -> Iterator[str]:
    """Serve an app on this machine, at a free port or this one, until the block ends, and tell its address."""
    with answering(make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)) as address:
        yield address
