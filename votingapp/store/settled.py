"""An election settles in steps, and each closes something: the sum, the outcome, the record drawn up, the record signed.

From the sum on nothing that the result rests on changes any more. Once nothing is left to draw, the outcome is known. What
the record tells besides, of incidents and of cases in doubt, may be entered until it is drawn up, for that is when the
board reads it. When everybody has signed, nobody's key is needed any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import counts, drawn_records, poll_decisions, record_signatures

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class ResultKnown:
    """The result may be known: what it rests on is not moved, counted or explained any more, and nothing was kept."""


@dataclass(frozen=True, slots=True)
class RecordStands:
    """The record is drawn up and signed as it is: nothing is written into it any more, and nothing was kept."""


def result_is_known(connection: Connection, election: Election) -> bool:
    """Whether the ballots are added up: from now on nobody explains a figure by the result.

    Who holds enough parts of the key may know the result before the house does, so that the sum is where it begins. The
    sum itself says so, and not what is reckoned from it: nothing that is entered later takes it back.
    """
    return counts.count_of(connection, election.id) is not None


def outcome_is_known(connection: Connection, election: Election) -> bool:
    """Whether it is known who is elected, with no lot left to draw, or that nobody is: a record can be drawn up."""
    if election.uncontested_at is not None or poll_decisions.annulled(connection, election.id):
        return True
    outcome = counts.outcome(connection, election)
    return outcome is not None and outcome.allocation.status != "lots_required"


def is_drawn_up(connection: Connection, election: Election) -> bool:
    """Whether the record is drawn up: what it tells is told, and what is found wrong in it later needs a new version."""
    return drawn_records.is_drawn_up(connection, election)


def is_signed(connection: Connection, election: Election) -> bool:
    """Whether everybody has signed the version in force: the board has done what it was appointed to."""
    return record_signatures.signed_by_all(connection, election)
