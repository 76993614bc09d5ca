"""The cookie of a session, good for as long as the session is: whoever set the clock back has signed nobody out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner

if TYPE_CHECKING:
    from flask import Flask
    from itsdangerous import URLSafeTimedSerializer


class PatientSigner(TimestampSigner):
    """A signer that takes a cookie from the future for a young one.

    The usual one refuses it, so that a clock set back by a second would sign everybody out, in mid-evening at every desk. How
    long a session lasts is kept in the database; nobody can write another time into a cookie.
    """

    def unsign(self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False) -> Any:
        """Read a signed value; BadSignature when it is not ours, SignatureExpired when it is too old."""
        value, signed_at = super().unsign(signed_value, return_timestamp=True)
        now = self.timestamp_to_datetime(self.get_timestamp())
        if max_age is not None and (now - signed_at).total_seconds() > max_age:
            raise SignatureExpired("the cookie is too old", payload=value, date_signed=signed_at)
        return (value, signed_at) if return_timestamp else value


class PatientCookies(SecureCookieSessionInterface):
    """Flask's own sessions in a signed cookie, with that signer."""

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer of an app's cookies."""
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = PatientSigner
        return serializer
