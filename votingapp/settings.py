"""Everything that differs from one town hall to the next, read once at start and never changed after."""

from __future__ import annotations

import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_BYTES = 32
MOST_PROXIES = 5

_ADDRESS = re.compile(r"[!-~]+@[!-~]+")
_LARGEST_SECRET = 4096
_LARGEST_PORT = 65535


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets that live outside the database, 32 bytes each."""

    office_session: bytes
    booth_session: bytes
    personal_data: bytes

    def __repr__(self) -> str:
        return "Keys(...)"


@dataclass(frozen=True, slots=True)
class Claims:
    """What a broker calls the things that we ask about a person."""

    cpr: str
    name: str
    protected: str
    level: str


@dataclass(frozen=True, slots=True)
class Broker:
    """The OpenID Connect broker that knows people by MitID.

    `levels` are the values of the level claim, case-folded, that stand for at least "substantial" (betydelig).
    `acr_values` is sent along when the broker wants to be told which sign-in is meant, "" otherwise.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str
    acr_values: str
    claims: Claims
    levels: frozenset[str]


class MailSecurity(StrEnum):
    """How the line to the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    """In clear: only to a server on this very machine."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes our mail, and the address the mail comes from; `user` is "" where none is asked for."""

    host: str
    port: int
    security: MailSecurity
    user: str
    password: str = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class MailFolder:
    """A folder in which every message is laid down instead of being sent: for rehearsals and trials."""

    path: Path
    sender: str


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation: where it keeps its data, how it is reached, who tells us who people are and who takes our mail.

    `trusted_proxies` is how many reverse proxies stand before the apps and tell the truth about where a request came from.
    """

    home: Path
    database_url: str
    keys: Keys
    https: bool
    office_url: str
    booth_url: str
    broker: Broker | None = None
    mail: MailServer | MailFolder | None = None
    trusted_proxies: int = 0


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment; make the home folder and its keys when they are missing.

    docs/settings.md lists every variable. Raises SettingsError, which names the variable that cannot be used.
    """
    source = os.environ if environ is None else environ
    home = Path(source.get("VOTINGAPP_HOME", "instance")).absolute()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Settings(
        home=home,
        database_url=source.get("DATABASE_URL") or f"sqlite:///{home / 'election.db'}",
        keys=_load_keys(home / "keys"),
        https=_switch(source, "VOTINGAPP_HTTPS"),
        office_url=source.get("VOTINGAPP_OFFICE_URL", "http://127.0.0.1:8000").rstrip("/"),
        booth_url=source.get("VOTINGAPP_BOOTH_URL", "http://127.0.0.1:8001").rstrip("/"),
        broker=_broker(source),
        mail=_mail(source),
        trusted_proxies=_number(source, "VOTINGAPP_TRUSTED_PROXIES", 0, 0, MOST_PROXIES),
    )


def _broker(source: Mapping[str, str]) -> Broker | None:
    names = [name for name in source if name.startswith("VOTINGAPP_OIDC_") and source[name]]
    _refuse_unknown(names, _BROKER)
    if not names:
        return None
    issuer = _needed(source, "VOTINGAPP_OIDC_ISSUER")
    if not is_safe_address(issuer) or "?" in issuer or "#" in issuer:
        raise SettingsError("VOTINGAPP_OIDC_ISSUER must be an https address")
    levels = frozenset(level.strip().casefold() for level in _chosen(source, "VOTINGAPP_OIDC_LEVELS").split(","))
    if "" in levels:
        raise SettingsError("VOTINGAPP_OIDC_LEVELS must be values with commas between them")
    scope = _chosen(source, "VOTINGAPP_OIDC_SCOPE")
    if "openid" not in scope.split():
        raise SettingsError("VOTINGAPP_OIDC_SCOPE must contain openid")
    return Broker(
        issuer=issuer,
        client_id=_needed(source, "VOTINGAPP_OIDC_CLIENT_ID"),
        client_secret=_secret_file(source, "VOTINGAPP_OIDC_CLIENT_SECRET_FILE"),
        scope=scope,
        acr_values=_chosen(source, "VOTINGAPP_OIDC_ACR_VALUES"),
        claims=Claims(
            cpr=_chosen(source, "VOTINGAPP_OIDC_CLAIM_CPR"),
            name=_chosen(source, "VOTINGAPP_OIDC_CLAIM_NAME"),
            protected=_chosen(source, "VOTINGAPP_OIDC_CLAIM_PROTECTED"),
            level=_chosen(source, "VOTINGAPP_OIDC_CLAIM_LEVEL"),
        ),
        levels=levels,
    )


def _mail(source: Mapping[str, str]) -> MailServer | MailFolder | None:
    names = [name for name in source if name.startswith(("VOTINGAPP_SMTP_", "VOTINGAPP_MAIL_")) and source[name]]
    _refuse_unknown(names, _MAIL)
    if not names:
        return None
    if "VOTINGAPP_MAIL_FOLDER" in names:
        return _mail_folder(source, names)
    host, sender = _needed(source, "VOTINGAPP_SMTP_HOST"), _sender(_needed(source, "VOTINGAPP_MAIL_FROM"))
    named = _chosen(source, "VOTINGAPP_SMTP_SECURITY")
    if named not in set(MailSecurity):
        raise SettingsError("VOTINGAPP_SMTP_SECURITY must be starttls, tls or none")
    security = MailSecurity(named)
    if security is MailSecurity.NONE and not _is_this_machine(host):
        raise SettingsError("VOTINGAPP_SMTP_SECURITY none is only for a server on this machine")
    user = _chosen(source, "VOTINGAPP_SMTP_USER")
    return MailServer(
        host=host,
        port=_number(source, "VOTINGAPP_SMTP_PORT", _MAIL_PORTS[security], 1, _LARGEST_PORT),
        security=security,
        user=user,
        password=_secret_file(source, "VOTINGAPP_SMTP_PASSWORD_FILE") if user else "",
        sender=sender,
    )


def _mail_folder(source: Mapping[str, str], names: list[str]) -> MailFolder:
    if any(name.startswith("VOTINGAPP_SMTP_") for name in names):
        raise SettingsError(
            "VOTINGAPP_MAIL_FOLDER is for a house without a mail server: take it or VOTINGAPP_SMTP_… away"
        )
    path = Path(_needed(source, "VOTINGAPP_MAIL_FOLDER")).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError("VOTINGAPP_MAIL_FOLDER names a folder that cannot be made") from error
    return MailFolder(path, _sender(source.get("VOTINGAPP_MAIL_FROM") or _NOBODY))


def _sender(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise SettingsError("VOTINGAPP_MAIL_FROM must be an e-mail address alone")
    return address


_NOBODY = "valg@example.invalid"
"""Whom the messages in a folder come from: an address that no answer can reach (RFC 2606)."""

_MAIL_PORTS: Mapping[MailSecurity, int] = {
    MailSecurity.STARTTLS: 587,
    MailSecurity.TLS: 465,
    MailSecurity.NONE: 25,
}
"""Submission with STARTTLS (RFC 6409), submission over TLS (RFC 8314), and a server on this machine."""

_BROKER: Mapping[str, str] = {
    "VOTINGAPP_OIDC_ISSUER": "",
    "VOTINGAPP_OIDC_CLIENT_ID": "",
    "VOTINGAPP_OIDC_CLIENT_SECRET_FILE": "",
    "VOTINGAPP_OIDC_SCOPE": "openid mitid ssn",
    "VOTINGAPP_OIDC_ACR_VALUES": "",
    "VOTINGAPP_OIDC_CLAIM_CPR": "dk.cpr",
    "VOTINGAPP_OIDC_CLAIM_NAME": "mitid.identity_name",
    "VOTINGAPP_OIDC_CLAIM_PROTECTED": "mitid_name_and_address_protection",
    "VOTINGAPP_OIDC_CLAIM_LEVEL": "loa",
    "VOTINGAPP_OIDC_LEVELS": (
        "substantial,high,https://data.gov.dk/concept/core/nsis/Substantial,https://data.gov.dk/concept/core/nsis/High"
    ),
}
"""Every setting of the broker and what it is when it is not set."""

_MAIL: Mapping[str, str] = {
    "VOTINGAPP_SMTP_HOST": "",
    "VOTINGAPP_SMTP_PORT": "",
    "VOTINGAPP_SMTP_SECURITY": "starttls",
    "VOTINGAPP_SMTP_USER": "",
    "VOTINGAPP_SMTP_PASSWORD_FILE": "",
    "VOTINGAPP_MAIL_FROM": "",
    "VOTINGAPP_MAIL_FOLDER": "",
}
"""Every setting of the mail and what it is when it is not set."""


def _chosen(source: Mapping[str, str], name: str) -> str:
    return source.get(name) or (_BROKER | _MAIL)[name]  # type: ignore[operator]


def _needed(source: Mapping[str, str], name: str) -> str:
    value = source.get(name, "")
    if not value or not value.isprintable():
        raise SettingsError(f"{name} must be set")
    return value


def _refuse_unknown(names: list[str], known: Mapping[str, str]) -> None:
    for name in names:
        if name not in known:
            raise SettingsError(f"{name} is no setting")


def is_safe_address(address: str) -> bool:
    """Whether an address is read over TLS, or never leaves this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return host != "" and (parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host)))


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _secret_file(source: Mapping[str, str], name: str) -> str:
    """A secret that stands alone in a file which nobody but its owner may read."""
    path = Path(_needed(source, name))
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            body = stream.read(_LARGEST_SECRET + 1)
    except OSError as error:
        raise SettingsError(f"{name} names a file that cannot be read") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(f"{name} names a file that others may read; run: chmod 600")
    try:
        secret = body.decode().strip()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{name} names a file that holds no text") from error
    if not secret or len(body) > _LARGEST_SECRET or not secret.isprintable():
        raise SettingsError(f"{name} names a file that must hold one line with the secret")
    return secret


def _number(source: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    value = source.get(name) or str(usual)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise SettingsError(f"{name} must be a whole number from {least} to {most}")
    return int(value)


def _switch(source: Mapping[str, str], name: str) -> bool:
    value = source.get(name, "0")
    if value not in {"0", "1"}:
        raise SettingsError(f"{name} must be 0 or 1")
    return value == "1"


def _load_keys(folder: Path) -> Keys:
    folder.mkdir(exist_ok=True, mode=0o700)
    return Keys(
        office_session=_load_key(folder / "office-session.key"),
        booth_session=_load_key(folder / "booth-session.key"),
        personal_data=_load_key(folder / "personal-data.key"),
    )


def _load_key(path: Path) -> bytes:
    """Read a key, or make it: written aside and linked, so that two starting workers agree on one."""
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(8)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SettingsError(f"the key file {path.name} does not hold {KEY_BYTES} bytes")
    return key
