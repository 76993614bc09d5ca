"""The hand count of the paper ballots as the house keeps it: what each counter found, and what they agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots.slips import Difference, DifferenceCode, Movement
from tally.paper import FEWEST_SHOWN, paper_document, read_paper
from votingapp.store import admissions, explanations, ledger
from votingapp.store.admissions import Channel
from votingapp.store.ledger import Paper
from votingapp.store.tables.paper import paper_count, paper_result
from votingapp.store.two_counts import TwoCounts

if TYPE_CHECKING:
    from sqlalchemy import Connection

BALLOTS = TwoCounts(paper_count, paper_result, paper_document, read_paper)
"""The hand counts, and the paper column of the result on which two agreed."""


def in_use(connection: Connection, election_id: str) -> int:
    """How many paper ballots are with voters or in the box: those issued, less those given back for good."""
    issued = admissions.count_by(connection, election_id, Channel.PAPER)
    return issued - ledger.total(connection, election_id, Paper.BALLOT, Movement.RETURNED)


def are_few(connection: Connection, election_id: str) -> bool:
    """Whether so few vote on paper that their votes are no secret: what the urn gave and what came out are both public."""
    return 0 < in_use(connection, election_id) < FEWEST_SHOWN


def is_uncounted(connection: Connection, election_id: str) -> bool:
    """Whether paper ballots were handed out and two counters have not agreed on them yet."""
    is_used = admissions.count_by(connection, election_id, Channel.PAPER) > 0
    return is_used and BALLOTS.result_of(connection, election_id) is None


def is_awaited(connection: Connection, election_id: str) -> bool:
    """Whether the paper ballots are uncounted, or two found more than there can be.

    More than were handed out are in no result before two have explained them: they would be votes of nobody.
    """
    agreed = BALLOTS.result_of(connection, election_id)
    if agreed is None:
        return is_uncounted(connection, election_id)
    most = in_use(connection, election_id)
    excess = Difference(DifferenceCode.MORE_BALLOTS_THAN_SLIPS, most, agreed.ballots)
    return agreed.ballots > most and not explanations.is_explained(connection, election_id, Paper.BALLOT, excess)
