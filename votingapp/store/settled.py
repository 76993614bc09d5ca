"""From the sum on nothing that the result rests on changes any more, and once no lot is left to draw the record stands.

The sum itself says so, and not what is reckoned from it: nothing that is entered later takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import counts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class ResultKnown:
    """The result may be known: what it rests on is not moved, counted or explained any more, and nothing was kept."""


@dataclass(frozen=True, slots=True)
class RecordStands:
    """The result is published and the record is signed as it is: nothing is written into it any more, and nothing was kept."""


def result_is_known(connection: Connection, election: Election) -> bool:
    """Whether the ballots are added up: from now on nobody explains a figure by the result.

    Who holds enough parts of the key may know the result before the house does, so that the sum is where it begins.
    """
    return counts.count_of(connection, election.id) is not None


def record_stands(connection: Connection, election: Election) -> bool:
    """Whether the result is known and no lot is left to draw: what the board signs and everybody may read is whole."""
    outcome = counts.outcome(connection, election)
    return outcome is not None and outcome.allocation.status != "lots_required"
