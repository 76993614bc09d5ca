"""What a broker swears to: its token is believed when it was signed by its key, for us, for this attempt, and just now."""

from __future__ import annotations

import hmac
import math
from typing import TYPE_CHECKING, Any

from joserfc import jws, jwt
from joserfc.errors import JoseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures with a key pair only: neither "none" nor a secret that is shared (RFC 8725, 3.1)."""

CLOCK_SLACK = 60
"""Seconds by which the broker's clock and ours may differ."""


class TokenRefusedError(Exception):
    """A token that is not believed; the message names the check and nobody."""


class UnknownKeyError(TokenRefusedError):
    """The token names a key that is not in the set; the broker may have a new one."""


def read_id_token(
    token: str, keys: KeySet, *, issuer: str, client_id: str, nonce: str, begun_at: datetime, now: datetime
) -> Mapping[str, Any]:
    """The claims of an id token (OpenID Connect Core 1.0, 3.1.3.7); TokenRefusedError names the check that failed."""
    claims = _verified(token, keys)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    seconds = now.timestamp()
    checks = {
        "iss": claims.get("iss") == issuer,
        "aud": client_id in audiences,
        "azp": claims.get("azp", None if len(audiences) > 1 else client_id) == client_id,
        "exp": _number(claims.get("exp")) > seconds - CLOCK_SLACK,
        "iat": begun_at.timestamp() - CLOCK_SLACK <= _number(claims.get("iat")) <= seconds + CLOCK_SLACK,
        "nbf": _number(claims.get("nbf", 0)) <= seconds + CLOCK_SLACK,
        "nonce": _same(claims.get("nonce"), nonce),
        "sub": isinstance(claims.get("sub"), str) and claims["sub"] != "",
    }
    failed = [name for name, holds in checks.items() if not holds]
    if failed:
        raise TokenRefusedError(f"id token: {', '.join(failed)}")
    return claims


def _verified(token: str, keys: KeySet) -> Mapping[str, Any]:
    try:
        header = jws.extract_compact(token.encode()).headers()
        kid, algorithm = header.get("kid"), header.get("alg")
        if algorithm not in ALGORITHMS:
            raise TokenRefusedError("id token: alg")
        fitting = [key for key in keys.keys if key.kid == kid] if kid is not None else list(keys.keys)
        if kid is not None and not fitting:
            raise UnknownKeyError("id token: kid")
        if len(fitting) != 1:
            raise TokenRefusedError("id token: which key is not said")
        return jwt.decode(token, fitting[0], algorithms=[algorithm]).claims
    except (JoseError, ValueError, TypeError) as error:
        raise TokenRefusedError(f"id token: {type(error).__name__}") from None


def _number(value: object) -> float:
    """A NumericDate; what is none lies in no span of time."""
    try:
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    except OverflowError:
        return math.nan


def _same(value: object, expected: str) -> bool:
    return isinstance(value, str) and hmac.compare_digest(value.encode(), expected.encode())
