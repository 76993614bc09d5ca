"""The ballots on paper are counted by hand, by two, each alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.paper import FEWEST_SHOWN, PaperFault, PaperFigures, compare, find_faults
from votingapp.store import apart, paper_counts
from votingapp.store.apart import (
    Agreed,
    AlreadyAgreed,
    Box,
    CountedAlready,
    Differ,
    NotClosed,
    Standing,
    Waiting,
)
from votingapp.store.settled import ResultKnown

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Impossible:
    """No heap of ballots shows such figures; nothing is kept."""

    faults: tuple[PaperFault, ...]


Entered = (
    Waiting | Agreed[PaperFigures] | Differ | NotClosed | AlreadyAgreed | ResultKnown | CountedAlready | Impossible
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the hand count has come, as an official may see it.

    `in_use` are the ballots there should be at most, `are_few` that they are too few to be secret.
    """

    count: Standing[PaperFigures]
    in_use: int
    are_few: bool

    @property
    def shows_figures(self) -> bool:
        """Whether what two agreed on is shown by candidate: not of so few that they are known."""
        return self.count.agreed is not None and self.count.agreed.ballots >= FEWEST_SHOWN


# Few ballots are few voters: their number stands in the log, no figure of a candidate does.
_BALLOTS = Box(paper_counts.BALLOTS, compare, "paper_counted", lambda figures: {"ballots": figures.ballots})


def enter(store: Store, official: Staff, election: Election, figures: PaperFigures) -> Entered:
    """Enter what an official counted in the round that is open; with the second one the two are compared."""
    faults = find_faults(figures, election.rules.ballot.votes_per_voter)
    if faults:
        return Impossible(faults)
    return store.write(
        lambda work: apart.why_not(work, election, _BALLOTS) or apart.enter(work, official, election, _BALLOTS, figures)
    )


def read_progress(connection: Connection, official: Staff, election: Election) -> Progress:
    """How far the hand count has come."""
    return Progress(
        count=apart.stand(connection, official, election, _BALLOTS),
        in_use=paper_counts.in_use(connection, election.id),
        are_few=paper_counts.are_few(connection, election.id),
    )
