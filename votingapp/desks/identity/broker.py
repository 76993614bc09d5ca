"""The broker: where it is found, how a person is sent there, and what it says about her when she comes back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException, Session

from votingapp.desks.identity.id_token import TokenRefusedError, UnknownKeyError, read_id_token
from votingapp.settings import is_safe_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from votingapp.desks.identity.attempt import Attempt
    from votingapp.settings import Broker

KNOWN_FOR = timedelta(hours=1)
"""How long what a broker says about itself is believed without asking again."""

RESTS_FOR = timedelta(seconds=20)
"""How long a broker that did not answer is not asked again: each try can keep a worker of the office for half a minute."""

_TIMEOUT = (5, 10)
"""Seconds to connect and between two bytes of an answer."""

_LARGEST_ANSWER = 512 * 1024
_LONGEST_NAME = 100

_MISSHAPEN = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What the libraries raise over an answer of a shape that they did not expect."""


class BrokerFailure(Exception):  # noqa: N818 - what brokers and networks do now and then, not a defect of the house
    """The broker could not be asked or believed; the message names the step and nobody."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a broker says about a person; `number` and `name` are None where it says nothing."""

    is_substantial: bool
    number: str | None = field(repr=False)
    name: str | None = field(repr=False)
    protected: bool


@dataclass(frozen=True, slots=True)
class _Metadata:
    """What a broker says about itself (OpenID Connect Discovery 1.0), and its keys, as of an instant."""

    authorization: str
    token: str
    userinfo: str | None
    jwks: str
    auth_method: str
    keys: KeySet
    asked_at: datetime


class BrokerClient:
    """Our side of the conversation with one broker; may be used by several threads at once."""

    def __init__(self, broker: Broker, redirect_uri: str, clock: Callable[[], datetime]) -> None:
        self._broker = broker
        self._redirect_uri = redirect_uri
        self._clock = clock
        self._metadata: _Metadata | None = None  # replaced whole: another thread sees the old one or the new one
        self._silent_since: datetime | None = None
        self._asking = Lock()

    def address_for(self, attempt: Attempt) -> str:
        """The address at the broker to which a person is sent, with a challenge by S256; BrokerFailure without one."""
        wishes = {"nonce": attempt.nonce}
        if self._broker.acr_values:
            wishes["acr_values"] = self._broker.acr_values
        with self._session("client_secret_basic") as session:
            address, _state = session.create_authorization_url(
                self._known().authorization, state=attempt.state, code_verifier=attempt.verifier, **wishes
            )
        return str(address)

    def believes_issuer(self, stated: str | None) -> bool:
        """Whether an answer that names its issuer (RFC 9207) names this one."""
        return stated is None or stated == self._broker.issuer

    def redeem(self, attempt: Attempt, code: str) -> Vouched:
        """Ask the broker whom a code stands for; BrokerFailure when it does not say so in a way that can be believed."""
        known = self._known()
        try:
            with self._session(known.auth_method) as session:
                answered = session.fetch_token(
                    known.token,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=attempt.verifier,
                    timeout=_TIMEOUT,
                    allow_redirects=False,
                )
                id_token = answered.get("id_token")
                if not isinstance(id_token, str):
                    raise BrokerFailure("no id token")
                claims = dict(self._read(id_token, attempt))
                if known.userinfo is not None:
                    claims = self._userinfo(session, known.userinfo, claims) | claims
        except (AuthlibBaseError, RequestException, *_MISSHAPEN) as error:
            raise BrokerFailure(f"token: {type(error).__name__}") from None
        return self._vouched(claims)

    def _read(self, id_token: str, attempt: Attempt) -> Mapping[str, Any]:
        """Read an id token; a key we do not know is looked for at the broker once."""
        known = self._known()
        try:
            try:
                return self._check(id_token, known.keys, attempt)
            except UnknownKeyError:
                self._metadata = None
                return self._check(id_token, self._known().keys, attempt)
        except TokenRefusedError as refused:
            raise BrokerFailure(str(refused)) from None

    def _check(self, id_token: str, keys: KeySet, attempt: Attempt) -> Mapping[str, Any]:
        return read_id_token(
            id_token,
            keys,
            issuer=self._broker.issuer,
            client_id=self._broker.client_id,
            nonce=attempt.nonce,
            begun_at=attempt.begun_at,
            now=self._clock(),
        )

    def _userinfo(self, session: OAuth2Session, address: str, claims: Mapping[str, Any]) -> dict[str, Any]:
        stated = _get(session, address)
        if stated.get("sub") != claims["sub"]:
            raise BrokerFailure("userinfo is about somebody else")
        return stated

    def _vouched(self, claims: Mapping[str, Any]) -> Vouched:
        names = self._broker.claims
        level, number, protected = claims.get(names.level), claims.get(names.cpr), claims.get(names.protected)
        return Vouched(
            is_substantial=isinstance(level, str) and level.casefold() in self._broker.levels,
            number=number if isinstance(number, str) else None,
            name=_name(claims.get(names.name)),
            protected=protected is True or str(protected).casefold() in {"true", "1"},
        )

    def _session(self, auth_method: str) -> OAuth2Session:
        return OAuth2Session(
            self._broker.client_id,
            self._broker.client_secret,
            token_endpoint_auth_method=auth_method,
            scope=self._broker.scope,
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
            default_timeout=_TIMEOUT,
            leeway=0,  # a token that lives for a minute is used within this second
        )

    def _known(self) -> _Metadata:
        """What the broker says about itself, asked for again after an hour, by one thread for all.

        While the broker is silent nobody waits: one asks every twenty seconds, the others are told that it failed.
        """
        known = self._remembered()
        if known is not None:
            return known
        if not self._asking.acquire(blocking=self._silent_since is None):
            raise BrokerFailure("discovery: being asked")
        try:
            return self._remembered() or self._ask()
        finally:
            self._asking.release()

    def _remembered(self) -> _Metadata | None:
        known = self._metadata
        return known if known is not None and timedelta() <= self._clock() - known.asked_at < KNOWN_FOR else None

    def _ask(self) -> _Metadata:
        now, silent_since = self._clock(), self._silent_since
        if silent_since is not None and timedelta() <= now - silent_since < RESTS_FOR:
            raise BrokerFailure("discovery: silent a moment ago")
        try:
            self._metadata = known = self._discover(now)
        except BrokerFailure:
            self._silent_since = self._clock()
            raise
        self._silent_since = None
        return known

    def _discover(self, now: datetime) -> _Metadata:
        try:
            with Session() as session:
                stated = _get(session, f"{self._broker.issuer.rstrip('/')}/.well-known/openid-configuration")
                if stated.get("issuer") != self._broker.issuer:
                    raise BrokerFailure("discovery: another issuer")
                methods = stated.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
                jwks = _address(stated, "jwks_uri")
                return _Metadata(
                    authorization=_address(stated, "authorization_endpoint"),
                    token=_address(stated, "token_endpoint"),
                    userinfo=_address(stated, "userinfo_endpoint") if "userinfo_endpoint" in stated else None,
                    jwks=jwks,
                    auth_method="client_secret_basic" if "client_secret_basic" in methods else "client_secret_post",
                    keys=KeySet.import_key_set(_get(session, jwks)),  # type: ignore[arg-type]
                    asked_at=now,
                )
        except (RequestException, JoseError, *_MISSHAPEN) as error:
            raise BrokerFailure(f"discovery: {type(error).__name__}") from None


def _get(session: Session, address: str) -> dict[str, Any]:
    """A JSON object from the broker, not larger than half a megabyte; a redirect is no answer."""
    with session.get(address, timeout=_TIMEOUT, allow_redirects=False, stream=True) as answer:
        answer.raise_for_status()
        body = b""
        for part in answer.iter_content(_LARGEST_ANSWER):
            body += part
            if len(body) > _LARGEST_ANSWER:
                raise BrokerFailure("an answer that is too large")
    stated = json.loads(body)
    if not isinstance(stated, dict):
        raise BrokerFailure("an answer that is no object")
    return stated


def _address(stated: Mapping[str, Any], name: str) -> str:
    address = stated.get(name)
    if not isinstance(address, str) or not is_safe_address(address):
        raise BrokerFailure(f"discovery: {name}")
    return address


def _name(stated: object) -> str | None:
    """A name as it can be shown; the broker gives none to whoever is protected."""
    name = " ".join(stated.split()) if isinstance(stated, str) else ""
    return name if 0 < len(name) <= _LONGEST_NAME and name.isprintable() else None
