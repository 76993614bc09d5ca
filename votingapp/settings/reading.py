"""How a variable of the environment is read: what cannot be used stops the start with one line that names it."""

from __future__ import annotations

import os
import stat
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST_SECRET = 4096


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message names it."""


def needed(source: Mapping[str, str], name: str) -> str:
    """A variable that must be set."""
    value = source.get(name, "")
    if not value or not value.isprintable():
        raise SettingsError(f"{name} must be set")
    return value


def refuse_unknown(names: list[str], known: Mapping[str, str]) -> None:
    """Stop at a variable that is no setting: a misspelt one would silently do nothing."""
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
    return host != "" and (parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host)))


def is_this_machine(host: str) -> bool:
    """Whether a host name or address never leaves this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def secret_file(source: Mapping[str, str], name: str) -> str:
    """A secret that stands alone in a file which nobody but its owner may read."""
    path = Path(needed(source, name))
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


def number(source: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    """A whole number between two others, or the usual one."""
    value = source.get(name) or str(usual)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise SettingsError(f"{name} must be a whole number from {least} to {most}")
    return int(value)


def switch(source: Mapping[str, str], name: str) -> bool:
    """Whether a variable is switched on."""
    value = source.get(name) or "0"
    if value not in {"0", "1"}:
        raise SettingsError(f"{name} must be 0 or 1")
    return value == "1"
