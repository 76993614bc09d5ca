"""Who outside the house it works with: the broker that knows people by MitID, and the server that takes the mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from votingapp.settings.reading import (
    SettingsError,
    is_safe_address,
    is_this_machine,
    needed,
    number,
    refuse_unknown,
    secret_file,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESS = re.compile(r"[!-~]+@[!-~]+")
_LARGEST_PORT = 65535


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


def read_broker(source: Mapping[str, str]) -> Broker | None:
    """The broker that is set, or None; SettingsError names the variable that cannot be used."""
    names = [name for name in source if name.startswith("VOTINGAPP_OIDC_") and source[name]]
    refuse_unknown(names, _BROKER)
    if not names:
        return None
    issuer = needed(source, "VOTINGAPP_OIDC_ISSUER")
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
        client_id=needed(source, "VOTINGAPP_OIDC_CLIENT_ID"),
        client_secret=secret_file(source, "VOTINGAPP_OIDC_CLIENT_SECRET_FILE"),
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


def read_mail(source: Mapping[str, str]) -> MailServer | MailFolder | None:
    """Who takes the mail, or None; SettingsError names the variable that cannot be used."""
    names = [name for name in source if name.startswith(("VOTINGAPP_SMTP_", "VOTINGAPP_MAIL_")) and source[name]]
    refuse_unknown(names, _MAIL)
    if not names:
        return None
    if "VOTINGAPP_MAIL_FOLDER" in names:
        return _mail_folder(source, names)
    host, sender = needed(source, "VOTINGAPP_SMTP_HOST"), _sender(needed(source, "VOTINGAPP_MAIL_FROM"))
    named = _chosen(source, "VOTINGAPP_SMTP_SECURITY")
    if named not in set(MailSecurity):
        raise SettingsError("VOTINGAPP_SMTP_SECURITY must be starttls, tls or none")
    security = MailSecurity(named)
    if security is MailSecurity.NONE and not is_this_machine(host):
        raise SettingsError("VOTINGAPP_SMTP_SECURITY none is only for a server on this machine")
    user = _chosen(source, "VOTINGAPP_SMTP_USER")
    return MailServer(
        host=host,
        port=number(source, "VOTINGAPP_SMTP_PORT", _MAIL_PORTS[security], 1, _LARGEST_PORT),
        security=security,
        user=user,
        password=secret_file(source, "VOTINGAPP_SMTP_PASSWORD_FILE") if user else "",
        sender=sender,
    )


def into_folder(mail: MailServer | MailFolder | None, path: Path) -> MailFolder | None:
    """What a rehearsal makes of the mail that is set: no server is handed anything, each message is laid into a folder."""
    if not isinstance(mail, MailServer):
        return mail
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return MailFolder(path, mail.sender)


def _mail_folder(source: Mapping[str, str], names: list[str]) -> MailFolder:
    if any(name.startswith("VOTINGAPP_SMTP_") for name in names):
        raise SettingsError(
            "VOTINGAPP_MAIL_FOLDER is for a house without a mail server: take it or VOTINGAPP_SMTP_… away"
        )
    path = Path(needed(source, "VOTINGAPP_MAIL_FOLDER")).absolute()
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
