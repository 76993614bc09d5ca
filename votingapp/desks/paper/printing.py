"""Paper ballots are printed from the frozen ballot paper, every one like the other, and the number printed is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from ballots.slips import Movement
from votingapp.documents.paper_ballot import BallotLine, PaperBallot, render_paper_ballot
from votingapp.store import ballot_paper, elections, ledger
from votingapp.store.ledger import BOARD, Entry, Paper
from votingapp.web.ballot_words import instructions

if TYPE_CHECKING:
    from votingapp.store.ballot_paper import Line
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

MOST_AT_ONCE = 500
"""Ballots in one PDF; more are printed by asking again."""


@dataclass(frozen=True, slots=True)
class Printed:
    """So many ballots as one PDF, all alike."""

    pdf: bytes


@dataclass(frozen=True, slots=True)
class NotFrozen:
    """Before the freeze nobody knows who will stand on the ballot, and in which order."""


@dataclass(frozen=True, slots=True)
class PollOver:
    """After the close nobody needs another ballot."""


def print_ballots(store: Store, official: Staff, election: Election, number: int) -> Printed | NotFrozen | PollOver:
    """Print `number` ballots, from 1 to MOST_AT_ONCE, and enter them into the board's box."""

    def act(work: Work) -> Printed | NotFrozen | PollOver:
        current = elections.by_id(work.connection, election.id)
        match current.state:
            case PollState.PREPARING:
                return NotFrozen()
            case PollState.CLOSED:
                return PollOver()
        ledger.write(work, election.id, Paper.BALLOT, Entry(Movement.PRINTED, BOARD, number, official.id))
        work.record(election.id, official.login, "paper_ballots_printed", number=number)
        return Printed(pdf)

    with store.reading() as connection:
        lines = ballot_paper.lines(connection, election.id)
    if not lines:
        return NotFrozen()
    pdf = render_paper_ballot(compose(election, lines), number)
    return store.write(act)


def compose(election: Election, lines: tuple[Line, ...]) -> PaperBallot:
    """What every ballot says: the candidates in ballot order, and how to vote, in each language of the house."""
    rules = election.rules
    most = min(rules.ballot.votes_per_voter, len(lines))
    return PaperBallot(
        election=election.name,
        municipality=rules.election.municipality,
        day=rules.election.election_day,
        rehearsal=election.rehearsal,
        lines=tuple(BallotLine(line.number, line.name, line.line, line.group or "") for line in lines),
        instructions=instructions(most),
    )
