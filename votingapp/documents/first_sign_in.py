"""The first login on paper: a slip for each official, with the one-time password that she changes as soon as she has used it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.documents.dates import danish_date
from votingapp.documents.qr import qr_svg
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from datetime import date

_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
"""What stands behind the # of an address as it is, in every browser."""


@dataclass(frozen=True, slots=True)
class SignInSlip:
    """One official: her name, what she is at the election, and login and one-time password."""

    name: str
    roles: tuple[str, ...]
    login: str
    code: str


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """What the slips say; `address` is the office's, without a slash behind."""

    election: str
    municipality: str
    rehearsal: bool
    address: str
    slips: tuple[SignInSlip, ...]


def sign_in_link(address: str, login: str, code: str) -> str:
    """What a camera opens: login and code stand behind the sign that no browser sends on, so no log can hold them.

    ValueError where one of them is not of plain letters, digits, full stops, hyphens and underscores.
    """
    if not (_PLAIN.fullmatch(login) and _PLAIN.fullmatch(code)):
        raise ValueError("login and code of a slip are plain")
    return f"{address}/sign-in#{login}:{code}"


def render_first_sign_in(sheet: SignInSheet, dated: date) -> bytes:
    """Set the slips, A4, in Danish, to be cut apart; return the PDF. ValueError without a slip."""
    if not sheet.slips:
        raise ValueError("there is nobody to sign in")
    squares = {
        f"{place}.svg": qr_svg(sign_in_link(sheet.address, slip.login, slip.code), "M")
        for place, slip in enumerate(sheet.slips)
    }
    data = {
        "election": sheet.election,
        "municipality": sheet.municipality,
        "rehearsal": sheet.rehearsal,
        "address": f"{sheet.address}/sign-in",
        "day": danish_date(dated),
        "slips": [
            {
                "name": slip.name,
                "roles": ", ".join(slip.roles),
                "login": slip.login,
                "code": slip.code,
                "square": f"{place}.svg",
            }
            for place, slip in enumerate(sheet.slips)
        ],
    }
    return typeset("first_sign_in", data, dated=dated, files=squares)
