"""What follows where it was decided that no vote is held: everybody who stands is elected, and the other seats are vacant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tally.allocation import CandidateCount
from tally.uncontested import elect_all
from votingapp.store import ballot_paper

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.allocation import Allocation
    from votingapp.store.ballot_paper import Line
    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class NoVote:
    """Who is elected without a vote, subject to the council, and the lines of the ballot that was not needed."""

    allocation: Allocation
    lines: tuple[Line, ...]

    @property
    def names(self) -> dict[str, str]:
        """Each candidate as the ballot would have named her, by id."""
        return {line.id: line.label for line in self.lines}


def outcome(connection: Connection, election: Election) -> NoVote | None:
    """Who is elected, as the allocation says; None where a vote is held."""
    if election.uncontested_at is None:
        return None
    lines = ballot_paper.lines(connection, election.id)
    candidates = (CandidateCount(line.id, line.label, line.group, None) for line in lines)
    return NoVote(elect_all(election.rules.counting, candidates), lines)
