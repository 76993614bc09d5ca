"""Where nobody signs in, nothing is remembered from one request to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask.sessions import SessionInterface

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.sessions import SessionMixin


class NoSessions(SessionInterface):
    """Reading a session finds it empty, writing one fails."""

    def open_session(self, app: Flask, request: object) -> None:
        """Hand out no session; Flask then gives the request one that refuses to be written."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep nothing and send no cookie."""
