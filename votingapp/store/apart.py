"""Two officials count the same box, each alone: neither sees the other's figures before both stand, until they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ballots.poll import PollState
from votingapp.store import elections, settled
from votingapp.store.rounds import last_round, open_round
from votingapp.store.settled import ResultKnown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from tally.paper import PaperDifference
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.two_counts import OneCount, TwoCounts
    from votingapp.store.unit_of_work import Work

Figures = TypeVar("Figures")


@dataclass(frozen=True, slots=True)
class Waiting:
    """The figures are kept; another official counts now, alone."""


@dataclass(frozen=True, slots=True)
class Agreed(Generic[Figures]):
    """Both found the same: these are the figures of the box."""

    figures: Figures


@dataclass(frozen=True, slots=True)
class Differ:
    """They found these different figures; both count again."""

    differences: tuple[PaperDifference, ...]


@dataclass(frozen=True, slots=True)
class NotClosed:
    """Before the close nothing is counted (promise 6)."""


@dataclass(frozen=True, slots=True)
class AlreadyAgreed:
    """Two counters have agreed before; their figures stand."""


@dataclass(frozen=True, slots=True)
class CountedAlready:
    """The official has counted in this round; it takes another one."""


@dataclass(frozen=True, slots=True)
class Box(Generic[Figures]):
    """A kind of paper that two count apart.

    `compare` names what two counts differ on. The log's `act` tells who counted, and of the figures what `told` says once
    two agree: never one of a candidate, and never before, for the second counter must not read the first one's there.
    `until_sum`: it is counted before the urn is added up, or not at all.
    """

    kept: TwoCounts[Figures]
    compare: Callable[[Figures, Figures], tuple[PaperDifference, ...]]
    act: str
    told: Callable[[Figures], dict[str, int]]
    until_sum: bool = True


@dataclass(frozen=True, slots=True)
class Standing(Generic[Figures]):
    """How far a count has come, as an official may see it.

    `round` is the one that is being counted; `counted` names who has entered in it, `last` are the two counts of the round
    before with their differences, and `agreed` the figures once they are the same. `is_late` tells that the urn was added
    up before two agreed.
    """

    round: int
    counted: tuple[str, ...]
    may_enter: bool
    last: tuple[OneCount[Figures], ...]
    differences: tuple[PaperDifference, ...]
    agreed: Figures | None
    is_late: bool


def why_not(work: Work, election: Election, box: Box[Figures]) -> NotClosed | AlreadyAgreed | ResultKnown | None:
    """Why nobody may count now; None where somebody may.

    Once the urn is added up nobody counts any more what stands beside it: she could know what would help.
    """
    current = elections.by_id(work.connection, election.id)
    if current.state is not PollState.CLOSED:
        return NotClosed()
    if box.kept.result_of(work.connection, election.id) is not None:
        return AlreadyAgreed()
    return ResultKnown() if _is_too_late(work.connection, current, box) else None


def enter(
    work: Work, official: Staff, election: Election, box: Box[Figures], figures: Figures
) -> Waiting | Agreed[Figures] | Differ | CountedAlready:
    """Enter what an official counted in the round that is open; with the second one the two are compared."""
    number, here = open_round(box.kept.every(work.connection, election.id))
    if any(one.official_id == official.id for one in here):
        return CountedAlready()
    box.kept.keep(work, election.id, number, official.id, figures)
    outcome = _compare(here, box, figures)
    told: dict[str, int] = {}
    if isinstance(outcome, Agreed):
        box.kept.accept(work, election.id, figures)
        told = box.told(figures)
    work.record(election.id, official.login, box.act, round=number, outcome=type(outcome).__name__.lower(), **told)
    return outcome


def stand(connection: Connection, official: Staff, election: Election, box: Box[Figures]) -> Standing[Figures]:
    """How far the count of a box has come."""
    kept = box.kept.every(connection, election.id)
    agreed = box.kept.result_of(connection, election.id)
    late = _is_too_late(connection, election, box)
    number, here = open_round(kept)
    last = last_round(kept, here)
    return Standing(
        round=number,
        counted=tuple(one.name for one in here),
        may_enter=agreed is None and not late and all(one.official_id != official.id for one in here),
        last=last,
        differences=box.compare(last[0].figures, last[1].figures) if last else (),
        agreed=agreed,
        is_late=late and agreed is None,
    )


def _is_too_late(connection: Connection, election: Election, box: Box[Any]) -> bool:
    return box.until_sum and settled.result_is_known(connection, election)


def _compare(
    here: tuple[OneCount[Figures], ...], box: Box[Figures], figures: Figures
) -> Waiting | Agreed[Figures] | Differ:
    if not here:
        return Waiting()
    differences = box.compare(here[0].figures, figures)
    return Differ(differences) if differences else Agreed(figures)
