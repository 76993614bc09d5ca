"""The lot for the ballot's order is announced, entered by one official and confirmed by another, once each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from candidates.drawing import LotObstacle, check_announcement, check_change, check_entry, read_seed
from votingapp.store import decisions, elections, nominations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from votingapp.store.decisions import BallotLot
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Taken:
    """The step was taken."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """The step was not taken."""

    obstacle: LotObstacle


Outcome = Taken | Hindered


def announce(store: Store, official: Staff, election: Election, method: str, draw_at: datetime) -> Outcome:
    """Announce how and when the order is drawn; `draw_at` is an aware instant."""

    def act(work: Work, current: Election, lot: BallotLot | None) -> LotObstacle | None:
        if lot is not None:
            return LotObstacle.ALREADY_ANNOUNCED
        obstacle = check_announcement(current.rules.election, current.rules.nomination, draw_at, work.now)
        if obstacle is None:
            decisions.announce_lot(work, current.id, method, draw_at, official.id)
            work.record(current.id, official.login, "ballot_lot_announced", method=method, draw_at=draw_at.isoformat())
        return obstacle

    return _on_lot(store, election, act)


def announce_anew(
    store: Store, official: Staff, election: Election, method: str, draw_at: datetime, reason: str
) -> Outcome:
    """Correct an announcement before its instant, with a reason; what was announced before stays in the log."""

    def act(work: Work, current: Election, lot: BallotLot | None) -> LotObstacle | None:
        if lot is None:
            return LotObstacle.NOT_ANNOUNCED
        obstacle = check_change(lot.draw_at, work.now, reason) or check_announcement(
            current.rules.election, current.rules.nomination, draw_at, work.now
        )
        if obstacle is None:
            decisions.announce_lot_anew(work, current.id, method, draw_at, official.id)
            work.record(
                current.id,
                official.login,
                "ballot_lot_announced_anew",
                method=method,
                draw_at=draw_at.isoformat(),
                reason=reason,
                method_before=lot.method,
                draw_at_before=lot.draw_at.isoformat(),
            )
        return obstacle

    return _on_lot(store, election, act)


def enter(store: Store, official: Staff, election: Election, drawn: str, witnesses: Sequence[str]) -> Outcome:
    """Enter what was drawn and who saw it, once its instant has come and every nomination is decided."""
    seed, named = read_seed(drawn), tuple(" ".join(name.split()) for name in witnesses)

    def act(work: Work, current: Election, lot: BallotLot | None) -> LotObstacle | None:
        if lot is None:
            return LotObstacle.NOT_ANNOUNCED
        if lot.entered or lot.seed:
            return LotObstacle.ALREADY_ENTERED
        undecided = nominations.count_undecided(work.connection, current.id)
        obstacle = check_entry(lot.draw_at, work.now, undecided, named)
        if obstacle is not None or seed is None:
            return obstacle or LotObstacle.UNFIT_SEED
        decisions.enter_seed(work, current.id, seed, "\n".join(named), official.id)
        work.record(current.id, official.login, "ballot_lot_entered", seed=seed, witnesses=named)
        return None

    return _on_lot(store, election, act)


def confirm(store: Store, official: Staff, election: Election, seen: str) -> Outcome:
    """Confirm what a colleague entered, as it was `seen` on the page; from now on it is the seed."""

    def act(work: Work, current: Election, lot: BallotLot | None) -> LotObstacle | None:
        if lot is None or not lot.entered or lot.entered != seen:
            return LotObstacle.NOTHING_ENTERED
        if lot.drawn_by == official.id:
            return LotObstacle.SAME_OFFICIAL
        decisions.confirm_seed(work, current.id)
        work.record(current.id, official.login, "ballot_lot_confirmed", seed=lot.entered)
        return None

    return _on_lot(store, election, act)


def drop(store: Store, official: Staff, election: Election) -> Outcome:
    """Take back what was entered wrongly, before it is confirmed; what stood there stays in the log."""

    def act(work: Work, current: Election, lot: BallotLot | None) -> LotObstacle | None:
        if lot is None or not lot.entered:
            return LotObstacle.NOTHING_ENTERED
        decisions.drop_entered_seed(work, current.id)
        work.record(current.id, official.login, "ballot_lot_entry_dropped", seed=lot.entered)
        return None

    return _on_lot(store, election, act)


def _on_lot(
    store: Store, election: Election, act: Callable[[Work, Election, BallotLot | None], LotObstacle | None]
) -> Outcome:
    """Run a step in one transaction, on the election and its lot as they are in it."""

    def write(work: Work) -> Outcome:
        current = elections.by_id(work.connection, election.id)
        if current.rules.ballot.order == "alphabetical":
            return Hindered(LotObstacle.ALPHABETICAL)
        if current.ballot_fixed:
            return Hindered(LotObstacle.BALLOT_FIXED)
        obstacle = act(work, current, decisions.lot_of(work.connection, current.id))
        return Taken() if obstacle is None else Hindered(obstacle)

    return store.write(write)
