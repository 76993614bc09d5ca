"""Once the result is known nothing that it rests on changes any more, and once no lot is left to draw the record stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import counts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class ResultKnown:
    """The result is known: what it rests on is not moved, counted or explained any more, and nothing was kept."""


@dataclass(frozen=True, slots=True)
class RecordStands:
    """The result is published and the record is signed as it is: nothing is written into it any more, and nothing was kept."""


def result_is_known(connection: Connection, election: Election) -> bool:
    """Whether the sum is opened and the ballots of paper are counted: from now on nobody explains a figure by the result."""
    return counts.outcome(connection, election) is not None


def record_stands(connection: Connection, election: Election) -> bool:
    """Whether the result is known and no lot is left to draw: what the board signs and everybody may read is whole."""
    outcome = counts.outcome(connection, election)
    return outcome is not None and outcome.allocation.status != "lots_required"
