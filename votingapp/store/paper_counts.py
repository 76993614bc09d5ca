"""The hand count of the paper ballots as the house keeps it: what each counter found, and what they agreed on."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from ballots.slips import Difference, DifferenceCode, Movement
from tally.paper import FEWEST_SHOWN, PaperFigures, paper_document, read_paper
from votingapp.store import admissions, explanations, ledger
from votingapp.store.admissions import Channel
from votingapp.store.ledger import Paper
from votingapp.store.tables.paper import paper_count, paper_result
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work

COUNTERS = 2
"""So many people count, each alone."""


@dataclass(frozen=True, slots=True)
class HandCount:
    """What one official found in one round; rounds count from 1."""

    round: int
    official_id: str
    name: str
    at: datetime
    figures: PaperFigures


def keep(work: Work, election_id: str, number: int, official_id: str, figures: PaperFigures) -> None:
    """Keep what an official found in a round."""
    work.connection.execute(
        insert(paper_count).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            round=number,
            entered_at=work.now,
            official_id=official_id,
            figures=json.dumps(paper_document(figures)),
        )
    )


def counts(connection: Connection, election_id: str) -> tuple[HandCount, ...]:
    """Every hand count, by round and then as they came."""
    rows = connection.execute(
        select(paper_count, staff.c.name)
        .join(staff, staff.c.id == paper_count.c.official_id)
        .where(paper_count.c.election_id == election_id)
        .order_by(paper_count.c.round, paper_count.c.entered_at, paper_count.c.id)
    )
    return tuple(
        HandCount(row.round, row.official_id, row.name, row.entered_at, read_paper(row.figures)) for row in rows
    )


def accept(work: Work, election_id: str, figures: PaperFigures) -> None:
    """Let the figures on which two counters agreed be the paper column of the result."""
    work.connection.execute(
        insert(paper_result).values(
            election_id=election_id, accepted_at=work.now, figures=json.dumps(paper_document(figures))
        )
    )


def result_of(connection: Connection, election_id: str) -> PaperFigures | None:
    """The paper column, None before it is agreed on."""
    found = connection.execute(select(paper_result.c.figures).where(paper_result.c.election_id == election_id)).scalar()
    return None if found is None else read_paper(found)


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
    return is_used and result_of(connection, election_id) is None


def is_awaited(connection: Connection, election_id: str) -> bool:
    """Whether the paper ballots are uncounted, or two found more than there can be.

    More than were handed out are in no result before two have explained them: they would be votes of nobody.
    """
    agreed = result_of(connection, election_id)
    if agreed is None:
        return is_uncounted(connection, election_id)
    most = in_use(connection, election_id)
    excess = Difference(DifferenceCode.MORE_BALLOTS_THAN_SLIPS, most, agreed.ballots)
    return agreed.ballots > most and not explanations.is_explained(connection, election_id, Paper.BALLOT, excess)
