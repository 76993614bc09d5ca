"""Slips: the folded paper a voter draws blind from a box, each with a credential that exists nowhere else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from votingapp.documents.dates import danish_date
from votingapp.documents.qr import qr_svg
from votingapp.documents.typesetting import typeset

_BASE58 = "[1-9A-HJ-NP-Za-km-z]"
_CREDENTIAL = re.compile("-".join(f"{_BASE58}{{{length}}}" for length in (5, 6, 5, 6)))


@dataclass(frozen=True, slots=True)
class SlipHeading:
    """What every slip of one election says alike, so that no slip can be told from another by it."""

    election_name: str
    municipality: str
    election_day: date
    rehearsal: bool


def render_slips(credentials: Sequence[str], heading: SlipHeading) -> bytes:
    """Print one card (stemmeseddel) for each credential, eight to an A4 sheet, in the order given; return the PDF.

    The sheet is printed on one side. Each card has three panels and is folded twice: the left one over the middle, which
    holds the code, and the right one backwards, so that its words and no other are seen from outside.

    A credential is 22 Base58 characters as `XXXXX-XXXXXX-XXXXX-XXXXXX` (PROTOCOL.md section 6); its QR code holds
    just that text. The caller shuffles: nothing on a card or in the PDF numbers, orders or identifies it.

    Raises ValueError when there is no credential, one is malformed, or two are equal; the message never quotes one.
    """
    if not credentials:
        raise ValueError("there are no credentials to print")
    if not all(_CREDENTIAL.fullmatch(credential) for credential in credentials):
        raise ValueError("a credential is not of the form XXXXX-XXXXXX-XXXXX-XXXXXX")
    if len(set(credentials)) != len(credentials):
        raise ValueError("two credentials are equal")
    cards = [(f"{place}.svg", credential) for place, credential in enumerate(credentials)]
    data = {
        "election": heading.election_name,
        "municipality": heading.municipality,
        "day": danish_date(heading.election_day),
        "rehearsal": heading.rehearsal,
        "cards": [{"picture": picture, "lines": credential.split("-")} for picture, credential in cards],
    }
    pictures = {picture: qr_svg(credential) for picture, credential in cards}
    return typeset("slips", data, dated=heading.election_day, files=pictures)
