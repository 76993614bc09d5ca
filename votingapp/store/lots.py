"""The lots between candidates who are tied, as the house keeps them: what was announced, and what came out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, insert, select

from tally.allocation import Lot, lots_document
from tally.dice import command, digest, lot_message
from votingapp.store.tables.count import lot, lot_announcement

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

Kind = Literal["drawn", "dice"]
"""How a lot was held: lots in a bowl, drawn by hand, or dice rolled in public. There is no other way."""


@dataclass(frozen=True, slots=True)
class Throws:
    """What the dice showed in the lot `number` of the urn `urn_uuid`, and how anybody finds the order again."""

    urn_uuid: str
    number: int
    digits: str

    def command(self, candidate: str) -> str:
        """The line for a shell that prints the digest of one of those who were tied."""
        return command(lot_message(self.urn_uuid, self.number, self.digits, candidate))

    def digest(self, candidate: str) -> str:
        """What it prints; whoever has the lowest comes first."""
        return digest(lot_message(self.urn_uuid, self.number, self.digits, candidate))


@dataclass(frozen=True, slots=True)
class KeptLot:
    """A lot as the board held and entered it; `decides` is a seat, substitute or pairing, `witnesses` are names.

    `place` is where it was held; `throws` is None where lots were drawn by hand.
    """

    number: int
    drawn: Lot
    decides: str
    place: str
    witnesses: tuple[str, ...]
    at: datetime
    throws: Throws | None = None

    @property
    def kind(self) -> Kind:
        """How it was held."""
        return "drawn" if self.throws is None else "dice"


@dataclass(frozen=True, slots=True)
class Announcement:
    """Said before the dice were rolled: the lot's `number`, and among whom (ids in ballot order) it decides."""

    number: int
    among: tuple[str, ...]
    at: datetime


def lots_of(connection: Connection, election_id: str, urn_uuid: str) -> tuple[KeptLot, ...]:
    """The lots held so far, by number."""
    rows = connection.execute(select(lot).where(lot.c.election_id == election_id).order_by(lot.c.number))
    return tuple(_read_lot(row, urn_uuid) for row in rows)


def _read_lot(row: Any, urn_uuid: str) -> KeptLot:
    drawn = json.loads(row.drawn_json)
    return KeptLot(
        number=row.number,
        drawn=Lot(tuple(drawn["among"]), tuple(drawn["order"])),
        decides=drawn["decides"],
        place=row.place,
        witnesses=tuple(json.loads(row.witnesses)),
        at=row.drawn_at,
        throws=Throws(urn_uuid, row.number, row.digits) if row.kind == "dice" else None,
    )


def keep_lot(connection: Connection, election_id: str, kept: KeptLot, staff_id: str) -> None:
    """Keep a lot under its number."""
    (drawn,) = lots_document([kept.drawn])["lots"]
    connection.execute(
        insert(lot).values(
            election_id=election_id,
            number=kept.number,
            drawn_json=json.dumps(drawn | {"decides": kept.decides}),
            kind=kept.kind,
            digits=kept.throws and kept.throws.digits,
            place=kept.place,
            witnesses=json.dumps(kept.witnesses, ensure_ascii=False),
            drawn_at=kept.at,
            entered_by=staff_id,
        )
    )


def next_number(connection: Connection, election_id: str) -> int:
    """The number of the next lot: one more than any that was held or announced."""
    highest = [
        connection.scalar(select(func.max(table.c.number)).where(table.c.election_id == election_id)) or 0
        for table in (lot, lot_announcement)
    ]
    return max(highest) + 1


def announcements(connection: Connection, election_id: str) -> tuple[Announcement, ...]:
    """All lots that were announced, by number, those held since among them."""
    rows = connection.execute(
        select(lot_announcement)
        .where(lot_announcement.c.election_id == election_id)
        .order_by(lot_announcement.c.number)
    )
    return tuple(Announcement(row.number, tuple(json.loads(row.among_json)), row.announced_at) for row in rows)


def keep_announcement(
    connection: Connection, election_id: str, announced: Announcement, staff_id: str, second_id: str
) -> None:
    """Keep what was announced."""
    connection.execute(
        insert(lot_announcement).values(
            election_id=election_id,
            number=announced.number,
            among_json=json.dumps(announced.among),
            announced_at=announced.at,
            announced_by=staff_id,
            second_id=second_id,
        )
    )
