"""Each voter is told by post that there is an election, where and when, on a card that finds her line of the roll."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from votingapp.documents.apart import typeset_apart
from votingapp.documents.dates import clock_in, danish_date
from votingapp.documents.qr import qr_svg
from votingapp.documents.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from ballots.poll_card import PollCard

MOST_IN_ONE = 1000
"""Cards in one PDF: it takes seconds to set and a printer can swallow it."""

_FEW = 100
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Addressed:
    """A card and whom it goes to: `name` may be empty where it is protected, `address` are up to five lines, or none."""

    card: PollCard
    name: str = field(repr=False)
    address: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence in one language; `direction` is ltr or rtl."""

    language: str
    direction: str
    text: str


@dataclass(frozen=True, slots=True)
class CardHeading:
    """What every card of one election says alike; `place` is "" where the rules name none.

    `declares` tells whether one agrees to a declaration at the desk; `lines` are for those who do not speak Danish.
    """

    election: str
    municipality: str
    day: date
    opens: time
    closes: time
    place: str
    declares: bool
    rehearsal: bool
    lines: tuple[Spoken, ...]


def render_poll_cards(cards: Sequence[Addressed], heading: CardHeading) -> bytes:
    """Set the cards (valgkort), two to an A4 sheet, each half a sheet (A5); return the PDF.

    The first half of the cards is on the upper halves of the sheets: cut in two, the lower pile goes under the upper one
    and all cards lie in the order given. A card holds neither CPR number nor birth date. Equal arguments give equal bytes.

    Raises ValueError for no card, or for more than MOST_IN_ONE.
    """
    if not 1 <= len(cards) <= MOST_IN_ONE:
        raise ValueError(f"from 1 to {MOST_IN_ONE} cards are printed at once")
    data = {
        "election": heading.election,
        "municipality": heading.municipality,
        "weekday": format_date(heading.day, "EEEE", locale="da"),
        "day": danish_date(heading.day),
        "opens": clock_in("da", heading.opens),
        "closes": clock_in("da", heading.closes),
        "place": heading.place,
        "declares": heading.declares,
        "rehearsal": heading.rehearsal,
        "lines": [{"language": one.language, "direction": one.direction, "text": one.text} for one in heading.lines],
        "cards": [_card(one) for one in cards],
    }
    pictures = {f"{one.card.roll_number}.svg": qr_svg(one.card.text) for one in cards}
    press = typeset if len(cards) <= _FEW else typeset_apart
    return press("poll_cards", data, dated=heading.day, files=pictures)


def _card(one: Addressed) -> dict[str, Any]:
    code = one.card.code
    groups = " ".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
    return {
        "number": one.card.roll_number,
        "picture": f"{one.card.roll_number}.svg",
        "prefix": one.card.text.removesuffix(code),
        "code": groups,
        "name": one.name,
        "address": list(one.address),
    }
