"""The codes of the polling station's devices on paper: a sheet that is laid out on the tables, one square to each device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.documents.dates import danish_date
from votingapp.documents.qr import qr_svg
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """One device: its name, whether it is a booth and not a desk, the address of the app it joins, and its code."""

    name: str
    is_booth: bool
    address: str
    code: str


@dataclass(frozen=True, slots=True)
class InvitationSheet:
    """What the sheet says; `hours` is how long the codes can be used.

    `trust` is the address at which a device first learns to trust the house, with its slash, and `fingerprint` what is compared
    there, row by row; both are empty where devices trust the house already.
    """

    election: str
    municipality: str
    rehearsal: bool
    hours: int
    rows: tuple[Row, ...]
    trust: str = ""
    fingerprint: tuple[str, ...] = ()


def join_link(address: str, code: str) -> str:
    """What a device's camera opens: the code stands behind the sign that no browser sends on, so no log can hold it."""
    return f"{address}/join#{code}"


def render_invitations(sheet: InvitationSheet, dated: date) -> bytes:
    """Set the sheet, A4, in Danish, a row to each device; return the PDF. ValueError without a device."""
    if not sheet.rows:
        raise ValueError("there is nobody to invite")
    squares = {f"{place}.svg": qr_svg(join_link(row.address, row.code), "M") for place, row in enumerate(sheet.rows)}
    if sheet.trust:
        squares["trust.svg"] = qr_svg(sheet.trust, "M")
    data = {
        "trust": sheet.trust,
        "fingerprint": sheet.fingerprint,
        "election": sheet.election,
        "municipality": sheet.municipality,
        "rehearsal": sheet.rehearsal,
        "hours": sheet.hours,
        "day": danish_date(dated),
        "rows": [
            {
                "name": row.name,
                "is_booth": row.is_booth,
                "address": f"{row.address}/join",
                "code": row.code,
                "square": f"{place}.svg",
            }
            for place, row in enumerate(sheet.rows)
        ],
    }
    return typeset("invitations", data, dated=dated, files=squares)
