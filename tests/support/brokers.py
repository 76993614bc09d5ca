"""Brokers on this machine: a real OpenID Connect provider in a process of its own, and one that lies on demand."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from ports import free_port

from votingapp.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from votingapp.settings import Broker

SUBSTANTIAL = "https://data.gov.dk/concept/core/nsis/Substantial"

PEOPLE = {
    "aase": {"dk.cpr": "1012620001", "mitid.identity_name": "Åse Østergård", "loa": SUBSTANTIAL},
    "hidden": {"dk.cpr": "1012620002", "loa": "HIGH", "mitid_name_and_address_protection": "true"},
    "weak": {"dk.cpr": "1012620003", "loa": "https://data.gov.dk/concept/core/nsis/Low"},
    "unsaid": {"dk.cpr": "1012620003"},
    "visitor": {"dk.cpr": "7012620001", "loa": "substantial"},
    "abroad": {"mitid.identity_name": "Jane Doe", "loa": "substantial"},
}
"""Who can sign in: a name, a protected person, two whose level is not enough, and two without a usable CPR number."""


def broker_settings(folder: Path, issuer: str, **changes: str) -> Broker:
    """The settings of a house that is registered at the broker at `issuer`."""
    secret = folder / "oidc-secret"
    secret.touch(mode=0o600)
    secret.write_text("a secret that only we know\n", encoding="utf-8")
    chosen = {
        "VOTINGAPP_HOME": str(folder / "house"),
        "VOTINGAPP_OIDC_ISSUER": issuer,
        "VOTINGAPP_OIDC_CLIENT_ID": "valg",
        "VOTINGAPP_OIDC_CLIENT_SECRET_FILE": str(secret),
    }
    broker = load_settings(chosen | changes).broker
    assert broker is not None
    return broker


@contextmanager
def provider(host: str = "127.0.0.1") -> Iterator[str]:
    """Run the provider with everybody in PEOPLE known to it, and answer its issuer under a name of this machine."""
    issuer = f"http://{host}:{(port := free_port())}"
    people = [word for sub, claims in PEOPLE.items() for word in ("--user-claims", json.dumps({"sub": sub} | claims))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), "-n", "true", *people]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"{issuer}/jwks", process)
        yield issuer
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _try in range(300):
        assert process.poll() is None, "the provider ended"
        try:
            requests.get(address, timeout=5).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the provider does not answer")


def consent(address: str, sub: str) -> str:
    """Sign in at the provider as `sub` and answer the path at which the browser comes back to us."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


class CrookedBroker:
    """A broker of our own that says exactly what a test lets it say; use it in a `with` statement.

    `claims` and `header` change the id token, `userinfo` what is told beside it, `discovery` what it says about itself;
    `forge` makes the token itself. `asked` are the paths in the order in which they were asked for.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
        self.published = [self.key]
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None
        self.discovery: dict[str, Any] = {}
        self.forge = self.sign
        self.status = 200
        self.body: bytes | None = None
        self.asked: list[str] = []
        self.token_request: dict[str, str] = {}
        self.authorization: str | None = None
        self.nonce = ""
        self.now = int(time.time())
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop answering; more than once does no harm."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def come_back(self, address: str, **changes: str) -> str:
        """What the browser does here: remember the nonce, and answer the path that leads back, changed where asked."""
        self.sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.nonce = self.sent["nonce"]
        back = {"code": "c0de", "state": self.sent["state"]} | changes
        query = "&".join(f"{name}={value}" for name, value in back.items())
        return f"{urlsplit(self.sent['redirect_uri']).path}?{query}"

    @property
    def stated(self) -> dict[str, Any]:
        """The claims of the id token; a claim set to None is left out."""
        usual = {
            "iss": self.issuer,
            "aud": "valg",
            "sub": "aase",
            "iat": self.now,
            "exp": self.now + 300,
            "nonce": self.nonce,
        } | PEOPLE["aase"]
        return {name: value for name, value in (usual | self.claims).items() if value is not None}

    def sign(self) -> str:
        """The id token as an honest broker makes it."""
        return jwt.encode({"alg": "RS256", "kid": "first"} | self.header, self.stated, self.key)

    def sign_with(self, key: RSAKey | ECKey, algorithm: str) -> str:
        """The id token under another key or algorithm."""
        header = {"alg": algorithm, "kid": key.kid} | self.header
        return jwt.encode(header, self.stated, key, algorithms=[algorithm])

    def sign_with_public_key_as_secret(self) -> str:
        """The oldest trick: HS256 with the published key as its secret."""
        secret = OctKey.import_key(self.key.as_pem(private=False))
        return jwt.encode({"alg": "HS256", "kid": "first"}, self.stated, secret, algorithms=["HS256"])

    def unsigned(self) -> str:
        """A token with the algorithm "none"."""
        parts = ({"alg": "none", "kid": "first"} | self.header, self.stated)
        return ".".join(base64url(json.dumps(part).encode()) for part in parts) + "."

    def altered(self) -> str:
        """An honest signature under claims that were changed after."""
        header, _claims, signature = self.sign().split(".")
        changed = base64url(json.dumps(self.stated | {"dk.cpr": "1012620003"}).encode())
        return f"{header}.{changed}.{signature}"

    def _answer(self, path: str, form: dict[str, str], authorization: str | None) -> Any:
        match path:
            case "/.well-known/openid-configuration":
                return (
                    {
                        "issuer": self.issuer,
                        "authorization_endpoint": f"{self.issuer}/authorize",
                        "token_endpoint": f"{self.issuer}/token",
                        "jwks_uri": f"{self.issuer}/jwks",
                    }
                    | ({"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo is not None else {})
                    | self.discovery
                )
            case "/jwks":
                return KeySet(list(self.published)).as_dict(private=False)
            case "/token":
                self.token_request, self.authorization = form, authorization
                return {"access_token": "t0ken", "token_type": "Bearer", "expires_in": 60, "id_token": self.forge()}
            case _:
                return self.userinfo

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        broker = self

        class Handler(BaseHTTPRequestHandler):
            def _respond(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
                broker.asked.append(self.path)
                body = json.dumps(broker._answer(self.path, form, self.headers.get("Authorization"))).encode()
                if self.path == "/token":
                    body = body if broker.body is None else broker.body
                self.send_response(broker.status if self.path == "/token" else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = _respond  # noqa: N815 - the server's names

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        return Handler


def base64url(body: bytes) -> str:
    """Base64 for addresses, without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(body).rstrip(b"=").decode()


def challenge_of(verifier: str) -> str:
    """The challenge that belongs to a verifier by S256 (RFC 7636)."""
    return base64url(hashlib.sha256(verifier.encode()).digest())
