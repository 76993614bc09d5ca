"""Two seats that became free on one day, and want the same person: people say which is filled first, by lot or by decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.cpr import may_hold_cpr
from tally.succession import OrderNeeded, propose
from votingapp.store import seats, substitutes, vacancies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order is kept."""


@dataclass(frozen=True, slots=True)
class NothingToOrder:
    """No order is asked for among just these seats; nothing was kept."""


def set_order(
    store: Store, election: Election, numbers: Sequence[int], how: str, signed_by: tuple[Staff, Staff]
) -> Ordered | NothingToOrder:
    """Keep in which order seats of one day are filled, by number, and `how` that was found; ValueError for one alone."""
    official, second = signed_by
    if official.id == second.id:
        raise ValueError("an order of seats is entered by two")
    if may_hold_cpr(how):
        raise ValueError("a CPR number has no place in the log")

    def act(work: Work) -> Ordered | NothingToOrder:
        term = substitutes.term_of(work.connection, election)
        waiting = () if term is None else tuple(one.seat for one in term.free if one.asked is None)
        if term is None or not numbers or numbers[0] not in waiting:
            return NothingToOrder()
        asked = propose(term, numbers[0])
        if not isinstance(asked, OrderNeeded) or sorted(asked.seats) != sorted(numbers):
            return NothingToOrder()
        by_seat = {one.id: one.place.number for one in seats.every(work.connection, election.id)}
        free = (one for one in vacancies.every(work.connection, election.id) if not one.course.is_over)
        turns = {one.id: numbers.index(by_seat[one.seat_id]) + 1 for one in free if by_seat[one.seat_id] in numbers}
        vacancies.set_turns(work, turns)
        work.record(election.id, official.login, "vacancies_ordered", seats=list(numbers), how=how, second=second.login)
        return Ordered()

    return store.write(act)
