"""Whoever has said who she is stays known for a while: a random token in the office's cookie, its hash in the database."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app, g, session
from sqlalchemy import delete, insert, or_, select, update

from votingapp.store import applicants
from votingapp.store.tables.applicants import applicant_session
from votingapp.store.unit_of_work import StoreFull
from votingapp.web.reading import afterwards, reading
from votingapp.web.sessions import end_session

if TYPE_CHECKING:
    from votingapp.store.applicants import Applicant
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store, Work

IDLE_LIMIT = timedelta(minutes=60)
WHOLE_LIMIT = timedelta(hours=14)
_TOUCH_AFTER = timedelta(minutes=5)
WARN_AFTER = IDLE_LIMIT - _TOUCH_AFTER - timedelta(minutes=10)
"""After a page has been open so long, there are ten minutes left at least to save what was typed on it."""

COOKIE_KEY = "applicant"


def open_applicant_session(store: Store, applicant: Applicant) -> str:
    """Write a new session down and answer its token (256 bits), of which the database keeps only the hash."""
    token = secrets.token_urlsafe(32)

    def begin(work: Work) -> None:
        work.connection.execute(
            delete(applicant_session).where(
                or_(
                    applicant_session.c.seen_at < work.now - IDLE_LIMIT,
                    applicant_session.c.started_at < work.now - WHOLE_LIMIT,
                )
            )
        )
        work.connection.execute(
            insert(applicant_session).values(
                token_sha256=_hash(token), applicant_id=applicant.id, started_at=work.now, seen_at=work.now
            )
        )
        work.keep_unrecorded()

    store.write(begin)
    return token


def start_applicant_session(applicant: Applicant) -> None:
    """Begin a session for an applicant; a session of an official or of another applicant in this browser ends."""
    end_applicant_session()
    session[COOKIE_KEY] = open_applicant_session(_store(), applicant)
    g.pop("applicant", None)


def end_applicant_session() -> None:
    """End whatever session this browser has, here and in the database; only the choice of language is kept."""
    token = session.get(COOKIE_KEY)
    end_session()
    g.pop("applicant", None)
    if isinstance(token, str):
        _store().write(lambda work: _remove(work, token))


def signed_in_applicant() -> Applicant | None:
    """The applicant whose live session this browser carries, if she is one at the election in the address."""
    election: Election | None = g.get("election")
    if election is None:
        return None
    if "applicant" not in g:
        g.applicant = _find()
    found: Applicant | None = g.applicant
    return found if found is not None and found.election_id == election.id else None


def current_applicant() -> Applicant:
    """The applicant at a route with the rule APPLICANT."""
    found = signed_in_applicant()
    if found is None:
        raise LookupError("nobody has said who she is")
    return found


def was_known() -> bool:
    """Whether this browser carries the token of a session, live or not."""
    return COOKIE_KEY in session


def _find() -> Applicant | None:
    token = session.get(COOKIE_KEY)
    if not isinstance(token, str):
        return None
    store = _store()
    now = store.clock()
    with reading() as connection:
        row = connection.execute(
            select(applicant_session).where(applicant_session.c.token_sha256 == _hash(token))
        ).first()
        if row is None or now - row.seen_at > IDLE_LIMIT or now - row.started_at > WHOLE_LIMIT:
            return None
        found = applicants.find(connection, store.vault, row.applicant_id)
    if now - row.seen_at > _TOUCH_AFTER:
        afterwards(lambda: _keep_open(store, token))
    return found


def _keep_open(store: Store, token: str) -> None:
    with suppress(StoreFull):  # a full disk keeps nobody from reading
        store.write(lambda work: _touch(work, token))


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _touch(work: Work, token: str) -> None:
    work.connection.execute(
        update(applicant_session).where(applicant_session.c.token_sha256 == _hash(token)).values(seen_at=work.now)
    )
    work.keep_unrecorded()


def _remove(work: Work, token: str) -> None:
    work.connection.execute(delete(applicant_session).where(applicant_session.c.token_sha256 == _hash(token)))
    work.keep_unrecorded()
