"""One sheet that hangs beside the laptop: how a tablet or computer comes to trust it, and the fingerprint to compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.documents.dates import danish_date
from votingapp.documents.qr import qr_svg
from votingapp.documents.trust_steps import DANISH
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class TrustSheet:
    """What the sheet says; addresses with their slash, the fingerprint row by row."""

    trust: str
    office: str
    booth: str
    authority: str
    fingerprint: tuple[str, ...]
    expires: date


def render_trust_sheet(sheet: TrustSheet, dated: date) -> bytes:
    """Set the sheet as PDF/A-3a and PDF/UA-1, in Danish; return the PDF. Equal sheets of one day give equal bytes."""
    data = {
        "trust": sheet.trust,
        "office": sheet.office,
        "booth": sheet.booth,
        "authority": sheet.authority,
        "fingerprint": sheet.fingerprint,
        "expires": danish_date(sheet.expires),
        "day": danish_date(dated),
        "devices": [
            {"name": device.name, "steps": [{"text": step.text, "typed": step.typed} for step in device.steps]}
            for device in DANISH
        ],
    }
    return typeset("trust_sheet", data, dated=dated, files={"trust.svg": qr_svg(sheet.trust, "M")})
