"""Where votes leave people tied the board draws a lot (lodtrækning) before witnesses, and it is entered as drawn.

The witnesses are names and sign nothing, and what is entered gives a seat and stands. So two of the board enter it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.clauses import BadInput
from candidates.cpr import may_hold_cpr
from tally.allocation import Lot, allocate
from votingapp.store import counts
from votingapp.store.counts import KeptLot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

WITNESSES = 2


@dataclass(frozen=True, slots=True)
class LotEntered:
    """The lot is kept; so many are still to be drawn."""

    remaining: int


@dataclass(frozen=True, slots=True)
class NothingToDraw:
    """Nobody is tied in a way that these people's order would decide, or there is no result yet."""


@dataclass(frozen=True, slots=True)
class LotRefused:
    """The order is not one of those who are tied, or method or witnesses are missing; `field` names what."""

    field: str
    message: str


def enter_lot(
    store: Store,
    signed_by: tuple[Staff, Staff],
    election: Election,
    order: Sequence[str],
    method: str,
    witnesses: Sequence[str],
) -> LotEntered | NothingToDraw | LotRefused:
    """Enter a drawn lot: the candidates' ids in the order in which they were drawn, how, and before which two people.

    `signed_by` are two of the board: who enters it, and who confirmed it with her own login. ValueError for one alone.
    """
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("a lot is entered by two")
    named = tuple(name.strip() for name in witnesses if name.strip())
    if not method.strip():
        return LotRefused("method", "the method is missing")
    if any(may_hold_cpr(text) for text in (method, *named)):
        return LotRefused("method", "a CPR number has no place in the record")
    if len({name.casefold() for name in named}) != WITNESSES:
        return LotRefused("witnesses", "two different witnesses must be named")

    def enter(work: Work) -> LotEntered | NothingToDraw | LotRefused:
        outcome = counts.outcome(work.connection, election)
        required = () if outcome is None else outcome.allocation.lots_required
        asked = next((demand for demand in required if set(demand.among) == set(order)), None)
        if outcome is None or asked is None:
            return NothingToDraw()
        lot = Lot(asked.among, tuple(order))
        try:
            drawn = [*(kept.drawn for kept in outcome.lots), lot]
            after = allocate(election.rules.counting, outcome.counts, drawn)
        except BadInput as error:
            return LotRefused("order", error.message)
        kept = KeptLot(lot, asked.decides, method.strip(), named, work.now)
        counts.keep_lot(work.connection, election.id, kept, official.id)
        work.record(
            election.id,
            official.login,
            "lot_drawn",
            decides=asked.decides,
            among=lot.among,
            order=lot.order,
            method=kept.method,
            witnesses=named,
            second=second.login,
        )
        return LotEntered(len(after.lots_required))

    return store.write(enter)
