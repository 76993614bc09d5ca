"""The booth: the app the voters' tablets open, apart from the office, with no session and no access log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from votingapp.desks.booth import views
from votingapp.desks.booth.errors import tell_errors
from votingapp.desks.booth.fairness import Fairness
from votingapp.web.access import check_access, is_rehearsal, refuse_unguarded
from votingapp.web.app import make_frame
from votingapp.web.headers import BOOTH_POLICY, send_headers
from votingapp.web.no_sessions import NoSessions

if TYPE_CHECKING:
    from flask import Flask

    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store

LARGEST_BODY = 256 * 1024
"""Bytes: a ballot with 100 candidates takes 54 KB with one vote and 72 KB with a hundred, so some 350 candidates fit."""


def create_booth(settings: Settings, store: Store | None = None) -> Flask:
    """Build the booth app; raises UnguardedRouteError if any of its routes forgot to say who may open it."""
    app = make_frame("booth", settings, secret=settings.keys.booth_session, largest_body=LARGEST_BODY, store=store)
    app.session_interface = NoSessions()
    app.extensions["fairness"] = Fairness()
    send_headers(app, BOOTH_POLICY, "camera=(self), microphone=(), geolocation=()", https=settings.strict_transport)
    tell_errors(app)
    app.before_request(check_access)
    app.context_processor(lambda: {"is_rehearsal": is_rehearsal()})
    app.register_blueprint(views.blueprint)
    refuse_unguarded(app)
    return app
