"""How far the order of the ballot has come: who stands where, and the sum that puts her there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.ballot_order import MustDistinguish, lot_digest
from votingapp.store import ballot_order, decisions, nominations, staff
from votingapp.store.ballot_order import NotDrawn

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.decisions import BallotLot
    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Place:
    """One place on the ballot, from 1; `digest` is the candidate's sum in the lot, "" where the alphabet decides."""

    number: int
    name: str
    line: str
    public_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Order:
    """The order as it is now: `places`, or None with those who read `alike`, or with a lot that is still to be drawn.

    `announced_by` and `entered_by` are officials' names, "" where nobody has come that far.
    """

    lot: BallotLot | None
    places: tuple[Place, ...] | None
    alike: tuple[tuple[Filed, ...], ...]
    undecided: int
    announced_by: str
    entered_by: str


def order_of(store: Store, election: Election) -> Order:
    """How far the order of the ballot has come."""
    with store.reading() as connection:
        lot = decisions.lot_of(connection, election.id)
        places, alike = _places(connection, election, lot.seed if lot else "")
        return Order(
            lot=lot,
            places=places,
            alike=alike,
            undecided=nominations.count_undecided(connection, election.id),
            announced_by=_name(connection, lot.announced_by if lot else None),
            entered_by=_name(connection, lot.drawn_by if lot else None),
        )


def _places(
    connection: Connection, election: Election, seed: str
) -> tuple[tuple[Place, ...] | None, tuple[tuple[Filed, ...], ...]]:
    match ballot_order.ballot_order(connection, election):
        case NotDrawn():
            return None, ()
        case MustDistinguish(groups):
            by_receipt = {filed.receipt: filed for filed in nominations.accepted(connection, election.id)}
            return None, tuple(tuple(by_receipt[receipt] for receipt in group) for group in groups)
        case entries:
            return tuple(
                Place(number, one.name, one.line, one.public_id, lot_digest(seed, one.public_id) if seed else "")
                for number, one in enumerate(entries, 1)
            ), ()


def _name(connection: Connection, staff_id: str | None) -> str:
    found = staff.find(connection, staff_id) if staff_id else None
    return found.name if found else ""
