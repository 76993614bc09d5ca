"""Signing in: a random token in the cookie, its hash in the database, so that a session can be ended from here."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app, g, request, session
from sqlalchemy import delete, insert, select, update

from votingapp.store import audit, staff
from votingapp.store.tables.staff import staff_session
from votingapp.store.unit_of_work import StoreFull
from votingapp.web.reading import afterwards, reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

View = TypeVar("View", bound="Callable[..., Any]")

IDLE_LIMIT = timedelta(minutes=60)
"""Without a page opened or a form sent by a person; what a page asks for by itself does not count (`asked_by_the_page`)."""

WHOLE_LIMIT = timedelta(hours=14)

FIRST_PASSWORD_LIMIT = timedelta(minutes=5)
"""How long whoever came in by a one-time password may take to choose her own: then the code is asked for again."""

_TOUCH_AFTER = timedelta(minutes=5)
_COOKIE_KEY = "token"
_MARK = "_asked_by_the_page"


def asked_by_the_page(view: View) -> View:
    """Declare that an open page asks for this again and again: it does not keep a session of whoever has gone away alive."""
    setattr(view, _MARK, True)
    return view


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(official: Staff) -> None:
    """Begin a session for an official; whatever the browser held before is forgotten."""
    token = secrets.token_urlsafe(32)

    def begin(work: Work) -> None:
        work.connection.execute(
            insert(staff_session).values(
                token_sha256=_hash(token), staff_id=official.id, started_at=work.now, seen_at=work.now
            )
        )
        work.record(audit.HOUSE, official.login, "signed_in")

    _store().write(begin)
    language = session.get("language")
    session.clear()
    session[_COOKIE_KEY] = token
    if language:
        session["language"] = language
    g.pop("staff", None)


def end_session() -> None:
    """End the session of this browser, here and in the database."""
    token = session.get(_COOKIE_KEY)
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    g.pop("staff", None)
    if isinstance(token, str):
        _store().write(lambda work: _remove(work, token))


def end_other_sessions(work: Work, official: Staff) -> None:
    """End every session of an official but the one of this browser, in the transaction that changes her password."""
    mine = session.get(_COOKIE_KEY, "")
    work.connection.execute(
        delete(staff_session).where(
            staff_session.c.staff_id == official.id, staff_session.c.token_sha256 != _hash(mine)
        )
    )


def signed_in_staff() -> Staff | None:
    """The official whose live session this browser carries, or None; asked once per request."""
    if "staff" not in g:
        g.staff = _find()
    official: Staff | None = g.staff
    return official


def _find() -> Staff | None:
    token = session.get(_COOKIE_KEY)
    if not isinstance(token, str):
        return None
    store = _store()
    now = store.clock()
    with reading() as connection:
        row = connection.execute(select(staff_session).where(staff_session.c.token_sha256 == _hash(token))).first()
        if row is None or now - row.seen_at > IDLE_LIMIT or now - row.started_at > WHOLE_LIMIT:
            return None
        official = staff.find(connection, row.staff_id)
    if official is not None and official.must_change_password and now - row.started_at > FIRST_PASSWORD_LIMIT:
        return None
    if now - row.seen_at > _TOUCH_AFTER and not _is_asked_by_the_page():
        afterwards(lambda: _keep_open(store, token))
    return official


def _is_asked_by_the_page() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, _MARK, False)


def _keep_open(store: Store, token: str) -> None:
    with suppress(StoreFull):  # a full disk keeps nobody from reading
        store.write(lambda work: _touch(work, token))


def _touch(work: Work, token: str) -> None:
    work.connection.execute(
        update(staff_session).where(staff_session.c.token_sha256 == _hash(token)).values(seen_at=work.now)
    )
    work.keep_unrecorded()


def _remove(work: Work, token: str) -> None:
    work.connection.execute(delete(staff_session).where(staff_session.c.token_sha256 == _hash(token)))
    work.keep_unrecorded()
