"""Where votes leave people tied the board holds a lot (lodtrækning) before witnesses: drawn by hand, entered as drawn.

The witnesses are names and sign nothing, and what is entered gives a seat and stands. So two of the board enter it.
The other way is dice rolled in public (`dice`); whoever has announced those does not draw by hand as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.clauses import BadInput
from candidates.cpr import may_hold_cpr
from tally.allocation import Lot, allocate
from votingapp.store import counts, lots, poll_decisions
from votingapp.store.lots import KeptLot

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

    from tally.allocation import LotDemand
    from votingapp.store.counts import Outcome
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

WITNESSES = 2


@dataclass(frozen=True, slots=True)
class LotEntered:
    """The lot is kept; so many are still to be held."""

    remaining: int


@dataclass(frozen=True, slots=True)
class NothingToDraw:
    """Nobody is tied in a way that these people's order would decide, or there is no result yet."""


@dataclass(frozen=True, slots=True)
class DiceAnnounced:
    """Dice were announced for these people: a second way would let somebody choose between two outcomes."""

    number: int


@dataclass(frozen=True, slots=True)
class LotRefused:
    """The order is not one of those who are tied, or place or witnesses are missing; `field` names what."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Held:
    """Where a lot was held, and before which two people."""

    place: str
    witnesses: tuple[str, ...]


def enter_lot(
    store: Store,
    signed_by: tuple[Staff, Staff],
    election: Election,
    order: Sequence[str],
    place: str,
    witnesses: Sequence[str],
) -> LotEntered | NothingToDraw | DiceAnnounced | LotRefused:
    """Enter a lot drawn by hand: the candidates' ids in the order in which they were drawn, where, and before whom.

    `signed_by` are two of the board: who enters it, and who confirmed it with her own login. ValueError for one alone.
    """
    require_two(signed_by)
    held = read_held(place, witnesses)
    if isinstance(held, LotRefused):
        return held

    def enter(work: Work) -> LotEntered | NothingToDraw | DiceAnnounced | LotRefused:
        outcome = standing_outcome(work.connection, election)
        asked = demand_among(outcome, order)
        if outcome is None or asked is None:
            return NothingToDraw()
        announced = next((one for one in outcome.announced if set(one.among) == set(order)), None)
        if announced is not None:
            return DiceAnnounced(announced.number)
        number = lots.next_number(work.connection, election.id)
        lot = Lot(asked.among, tuple(order))
        kept = KeptLot(number, lot, asked.decides, held.place, held.witnesses, work.now)
        return keep(work, signed_by, election, outcome, kept)

    return store.write(enter)


def require_two(signed_by: tuple[Staff, Staff]) -> None:
    """ValueError where one person signs twice."""
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("a lot is entered by two")


def read_held(place: str, witnesses: Sequence[str]) -> Held | LotRefused:
    """Read where a lot was held and before whom."""
    named = tuple(name.strip() for name in witnesses if name.strip())
    if not place.strip():
        return LotRefused("place", "the place is missing")
    if any(may_hold_cpr(text) for text in (place, *named)):
        return LotRefused("place", "a CPR number has no place in the record")
    if len({name.casefold() for name in named}) != WITNESSES:
        return LotRefused("witnesses", "two different witnesses must be named")
    return Held(place.strip(), named)


def standing_outcome(connection: Connection, election: Election) -> Outcome | None:
    """What came out so far; None before there is a result, and where the election does not stand: no lot decides it then."""
    return None if poll_decisions.annulled(connection, election.id) else counts.outcome(connection, election)


def demand_among(outcome: Outcome | None, people: Collection[str]) -> LotDemand | None:
    """The lot that is asked for among just these people, or None."""
    required = () if outcome is None else outcome.allocation.lots_required
    return next((demand for demand in required if set(demand.among) == set(people)), None)


def keep(
    work: Work, signed_by: tuple[Staff, Staff], election: Election, outcome: Outcome, kept: KeptLot
) -> LotEntered | LotRefused:
    """Keep a lot and record it, unless it cannot stand beside those held before."""
    official, second = signed_by
    try:
        after = allocate(election.rules.counting, outcome.counts, [*(one.drawn for one in outcome.lots), kept.drawn])
    except BadInput as error:
        return LotRefused("order", error.message)
    lots.keep_lot(work.connection, election.id, kept, official.id)
    rolled = {} if kept.throws is None else {"digits": kept.throws.digits}
    work.record(
        election.id,
        official.login,
        "lot_drawn",
        number=kept.number,
        kind=kept.kind,
        decides=kept.decides,
        among=kept.drawn.among,
        order=kept.drawn.order,
        place=kept.place,
        witnesses=kept.witnesses,
        second=second.login,
        **rolled,
    )
    return LotEntered(len(after.lots_required))
