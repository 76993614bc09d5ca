"""Two officials enter what each of them counted; neither sees the other's figures before both stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from tally.paper import FEWEST_SHOWN, PaperDifference, PaperFault, PaperFigures, compare, find_faults
from votingapp.desks.paper.rounds import last_round, open_round
from votingapp.store import elections, paper_counts, settled
from votingapp.store.settled import ResultKnown

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.paper_counts import HandCount
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Waiting:
    """The figures are kept; another official counts now, alone."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Both found the same: these are the paper ballots' figures."""

    figures: PaperFigures


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
class Impossible:
    """No heap of ballots shows such figures; nothing is kept."""

    faults: tuple[PaperFault, ...]


Entered = Waiting | Agreed | Differ | NotClosed | AlreadyAgreed | ResultKnown | CountedAlready | Impossible


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the hand count has come, as an official may see it.

    `round` is the one that is being counted; `counted` names who has entered in it, `last` are the two counts of the
    round before with their differences, and `agreed` the figures once they are the same. `in_use` are the ballots there
    should be at most, `are_few` that they are too few to be secret, `is_late` that the urn is added up without them.
    """

    round: int
    counted: tuple[str, ...]
    may_enter: bool
    last: tuple[HandCount, ...]
    differences: tuple[PaperDifference, ...]
    agreed: PaperFigures | None
    in_use: int
    are_few: bool
    is_late: bool

    @property
    def shows_figures(self) -> bool:
        """Whether what two agreed on is shown by candidate: not of so few that they are known."""
        return self.agreed is not None and self.agreed.ballots >= FEWEST_SHOWN


def enter(store: Store, official: Staff, election: Election, figures: PaperFigures) -> Entered:
    """Enter what an official counted in the round that is open; with the second one the two are compared.

    Once the urn is added up nobody counts by hand any more: she could know what would help.
    """
    faults = find_faults(figures, election.rules.ballot.votes_per_voter)
    if faults:
        return Impossible(faults)

    def act(work: Work) -> Entered:
        current = elections.by_id(work.connection, election.id)
        if current.state is not PollState.CLOSED:
            return NotClosed()
        if paper_counts.result_of(work.connection, election.id) is not None:
            return AlreadyAgreed()
        if settled.result_is_known(work.connection, current):
            return ResultKnown()
        number, here = open_round(paper_counts.counts(work.connection, election.id))
        if any(one.official_id == official.id for one in here):
            return CountedAlready()
        paper_counts.keep(work, election.id, number, official.id, figures)
        outcome = _compare(here, figures)
        if isinstance(outcome, Agreed):
            paper_counts.accept(work, election.id, figures)
        _record(work, official, election, number, outcome)
        return outcome

    return store.write(act)


def read_progress(connection: Connection, official: Staff, election: Election) -> Progress:
    """How far the hand count has come."""
    kept = paper_counts.counts(connection, election.id)
    agreed = paper_counts.result_of(connection, election.id)
    added_up = settled.result_is_known(connection, election)
    number, here = open_round(kept)
    last = last_round(kept, here)
    return Progress(
        round=number,
        counted=tuple(one.name for one in here),
        may_enter=agreed is None and not added_up and all(one.official_id != official.id for one in here),
        last=last,
        differences=compare(last[0].figures, last[1].figures) if last else (),
        agreed=agreed,
        in_use=paper_counts.in_use(connection, election.id),
        are_few=paper_counts.are_few(connection, election.id),
        is_late=added_up and agreed is None,
    )


def _compare(here: tuple[HandCount, ...], figures: PaperFigures) -> Waiting | Agreed | Differ:
    if not here:
        return Waiting()
    differences = compare(here[0].figures, figures)
    return Differ(differences) if differences else Agreed(figures)


def _record(work: Work, official: Staff, election: Election, number: int, outcome: Waiting | Agreed | Differ) -> None:
    """The log tells who counted, and how many ballots once two agree; no figure of a candidate is in it.

    The second counter must not read the first one's there, and few ballots are few voters.
    """
    told = {"ballots": outcome.figures.ballots} if isinstance(outcome, Agreed) else {}
    outcome_name = type(outcome).__name__.lower()
    work.record(election.id, official.login, "paper_counted", round=number, outcome=outcome_name, **told)
