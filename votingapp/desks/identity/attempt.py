"""What is remembered of a person while she is at the broker: enough to know her again when she returns, and not for long."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from itsdangerous import BadData, URLSafeSerializer

if TYPE_CHECKING:
    from typing import Any

COOKIE = "votingapp-mitid"
"""A cookie of its own: short-lived, and sent to the callback alone."""

LIFE = timedelta(minutes=10)

_SALT = "votingapp.desks.identity.attempt"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to the broker and back: whose answer we wait for, at which election, and where she goes on.

    `state` ties the answer to this browser, `nonce` the id token to this attempt, `verifier` the code to us (RFC 7636).
    """

    slug: str
    wanted: str | None
    language: str
    begun_at: datetime
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


def begin(slug: str, wanted: str | None, language: str, now: datetime) -> Attempt:
    """A new attempt with three unguessable words of 256 bits each."""
    return Attempt(
        slug,
        wanted,
        language,
        now.replace(microsecond=0),
        secrets.token_urlsafe(32),
        secrets.token_urlsafe(32),
        secrets.token_urlsafe(32),
    )


def write(attempt: Attempt, secret: bytes) -> str:
    """An attempt as the cookie carries it, signed."""
    return _serializer(secret).dumps(asdict(attempt) | {"begun_at": int(attempt.begun_at.timestamp())})


def read(cookie: str | None, secret: bytes, now: datetime) -> Attempt | None:
    """The attempt that a cookie carries; None when it is not ours, was altered, or is older than ten minutes."""
    if not cookie:
        return None
    try:
        kept: dict[str, Any] = _serializer(secret).loads(cookie)
        attempt = Attempt(**kept | {"begun_at": datetime.fromtimestamp(kept["begun_at"], UTC)})
    except (BadData, KeyError, TypeError):  # the latter two where another version of the house wrote it
        return None
    return attempt if timedelta() <= now - attempt.begun_at <= LIFE else None


def is_answered(attempt: Attempt, state: str | None) -> bool:
    """Whether an answer belongs to this attempt."""
    return state is not None and hmac.compare_digest(state.encode(), attempt.state.encode())


def _serializer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=_SALT)
