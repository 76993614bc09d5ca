"""The frame both apps stand in: settings, store, secrets, limits and refusals, the same for office and booth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from votingapp.resources import templates_dir
from votingapp.store import house
from votingapp.store.engine import make_engine
from votingapp.store.journal import journal_of
from votingapp.store.unit_of_work import Store
from votingapp.store.vault import Vault
from votingapp.web.compressed import send_compressed
from votingapp.web.cookies import PatientCookies

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.settings import Settings


def utc_now() -> datetime:
    """The house's clock."""
    return datetime.now(UTC)


def open_store(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Store:
    """The store of an installation; WrongHouseError when its database belongs to the other house."""
    engine = make_engine(settings.database_url)
    house.check(engine, rehearsal=settings.rehearsal)
    return Store(engine, clock, Vault(settings.keys.personal_data), journal_of(settings))


class StrictJson(DefaultJSONProvider):
    """Reads JSON; what is nested deeper than the parser can follow is broken JSON and no defect of the house."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read a text; ValueError when it is no JSON."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("JSON nested too deep") from error


def make_frame(name: str, settings: Settings, *, secret: bytes, largest_body: int, store: Store | None) -> Flask:
    """A Flask app with nothing behind its doors yet; its cookie carries its own name and is signed with its own secret.

    The cookie is SameSite=Lax: whoever follows a link from a letter stays signed in. With Strict the browser would come
    without its cookie and be handed a fresh one in its place. What changes anything is a POST with a token of ours.
    """
    app = Flask("votingapp", template_folder=str(templates_dir()), static_folder="static")
    send_compressed(app)
    app.json = StrictJson(app)
    app.session_interface = PatientCookies()
    app.config.update(
        SECRET_KEY=secret,
        MAX_CONTENT_LENGTH=largest_body,
        MAX_FORM_MEMORY_SIZE=largest_body,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_NAME=f"votingapp-{name}{settings.cookie_suffix}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=14),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["store"] = store if store is not None else open_store(settings)
    app.extensions["settings"] = settings
    _believe_proxies(app, settings.trusted_proxies)
    return app


def _believe_proxies(app: Flask, number: int) -> None:
    """Take the visitor's address from so many proxies that stand before the app, and from nobody else.

    Each proxy adds the address it was called from at the end of X-Forwarded-For; what stands before those entries
    the visitor may have written herself. With no proxy the header says nothing.
    """
    if number:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=1, x_host=0)  # type: ignore[method-assign]
