"""A lot by dice rolled in public: announced first, and then the throws alone say the order, by a formula for everybody.

Two of the board announce between whom, and the number of the lot. Only then are the dice rolled, before witnesses; one
writes down the throws, another writes them down again, and nobody writes an order (tally.dice).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.allocation import Lot
from tally.dice import lot_order, read_digits
from votingapp.desks.count.lots import (
    LotEntered,
    LotRefused,
    NothingToDraw,
    demand_among,
    keep,
    read_held,
    require_two,
    standing_outcome,
)
from votingapp.store import lots
from votingapp.store.lots import Announcement, KeptLot, Throws

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Announced:
    """The lot is announced under this number, now or before; the dice may be rolled."""

    number: int


@dataclass(frozen=True, slots=True)
class NotAnnounced:
    """No lot of this number waits for its dice: it was never announced, is held, or nothing depends on it any more."""


def announce(
    store: Store, signed_by: tuple[Staff, Staff], election: Election, among: Collection[str]
) -> Announced | NothingToDraw:
    """Announce that dice decide between just these people (ids), who are tied and whose lot is asked for first.

    One lot at a time: of the throws for two, whoever enters them could choose which are for whom. ValueError for one who
    signs alone.
    """
    require_two(signed_by)
    official, second = signed_by

    def write(work: Work) -> Announced | NothingToDraw:
        outcome = standing_outcome(work.connection, election)
        asked = demand_among(outcome, among)
        if outcome is None or asked is None or asked != outcome.allocation.lots_required[0]:
            return NothingToDraw()
        before = next((one.number for one in outcome.announced if set(one.among) == set(among)), None)
        if before is not None:
            return Announced(before)
        announced = Announcement(lots.next_number(work.connection, election.id), asked.among, work.now)
        lots.keep_announcement(work.connection, election.id, announced, official.id, second.id)
        work.record(
            election.id,
            official.login,
            "lot_announced",
            number=announced.number,
            among=announced.among,
            second=second.login,
        )
        return Announced(announced.number)

    return store.write(write)


def enter_throws(
    store: Store,
    signed_by: tuple[Staff, Staff],
    election: Election,
    number: int,
    throws: tuple[str, str],
    held: tuple[str, Sequence[str]],
) -> LotEntered | NotAnnounced | LotRefused:
    """Enter what the dice showed in the announced lot `number`, as each of the two wrote it, and where and before whom.

    `held` is the place and the names of two witnesses. ValueError for one who signs alone.
    """
    require_two(signed_by)
    digits, again = map(read_digits, throws)
    if digits is None:
        return LotRefused("digits", "24 digits from 1 to 6 are wanted")
    if again != digits:
        return LotRefused("again", "the two wrote down different throws")
    seen = read_held(*held)
    if isinstance(seen, LotRefused):
        return seen

    def write(work: Work) -> LotEntered | NotAnnounced | LotRefused:
        outcome = standing_outcome(work.connection, election)
        announced = next((one for one in outcome.announced if one.number == number), None) if outcome else None
        asked = demand_among(outcome, announced.among) if announced else None
        if outcome is None or asked is None:
            return NotAnnounced()
        order = lot_order(election.urn_uuid, number, digits, asked.among)
        rolled = Throws(election.urn_uuid, number, digits)
        kept = KeptLot(number, Lot(asked.among, order), asked.decides, seen.place, seen.witnesses, work.now, rolled)
        return keep(work, signed_by, election, outcome, kept)

    return store.write(write)
