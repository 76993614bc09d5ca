"""The papers of the booths (kontrolsedler) as the house keeps them: counts, what two agreed on, and how it stands to the urn."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from ballots.poll import Trail
from tally.paper_record import count_unlike, read_record, record_document, shows_candidates
from tally.record import PaperRecord, Reconciliation
from votingapp.store import sample_audits, urns
from votingapp.store.tables.paper_record import paper_record_count, paper_record_explanation, paper_record_result
from votingapp.store.tables.staff import staff
from votingapp.store.two_counts import TwoCounts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from tally.allocation import Counts
    from tally.paper_record import RecordFigures
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work

NUMBER = "paper_record"
"""The account of papers in the box against ballots in the urn."""

VOTES = "paper_record_votes"
"""The account of votes on the papers that are not those of the urn; none are expected."""


@dataclass(frozen=True, slots=True)
class TrailExplanation:
    """What a difference of an account was explained by, when (UTC), and the names of the two who signed."""

    account: str
    expected: int
    found: int
    text: str
    at: datetime
    signed_by: tuple[str, str]


PAPERS = TwoCounts(paper_record_count, paper_record_result, record_document, read_record)
"""The counts of the papers, and what two agreed lay in the box."""


def add_explanation(
    work: Work, election_id: str, account: Reconciliation, text: str, signed_by: tuple[Staff, Staff]
) -> None:
    """Keep what two say about an account that does not come out."""
    official, second = signed_by
    work.connection.execute(
        insert(paper_record_explanation).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            at=work.now,
            account=account.account,
            expected=account.expected,
            found=account.counted,
            text=text,
            official_id=official.id,
            second_id=second.id,
        )
    )


def explanations(connection: Connection, election_id: str) -> tuple[TrailExplanation, ...]:
    """All explanations, oldest first."""
    table, first, second = paper_record_explanation, staff.alias(), staff.alias()
    rows = connection.execute(
        select(table, first.c.name.label("first_name"), second.c.name.label("second_name"))
        .join(first, first.c.id == table.c.official_id)
        .join(second, second.c.id == table.c.second_id)
        .where(table.c.election_id == election_id)
        .order_by(table.c.at, table.c.id)
    )
    return tuple(
        TrailExplanation(row.account, row.expected, row.found, row.text, row.at, (row.first_name, row.second_name))
        for row in rows
    )


def accounts(connection: Connection, election: Election, urn: Counts | None) -> tuple[Reconciliation, ...]:
    """The papers held against the urn, each account with what two said of it; () where nothing is asked for or counted.

    `urn` are the counts of the urn alone, None while it is not opened: until then the papers are held against the number of
    ballots only.
    """
    figures = PAPERS.result_of(connection, election.id)
    if figures is None or not election.rules.audit.paper_record:
        return ()
    ballots = urns.count(connection, election.urn_uuid)
    drawn = [Reconciliation(NUMBER, ballots, figures.papers)]
    if urn is not None and figures.votes is not None:
        votes = [candidate.received for candidate in urn.candidates]
        drawn.append(Reconciliation(VOTES, 0, count_unlike(figures, ballots, urn.blank, votes)))
    given = explanations(connection, election.id)
    return tuple(_explained(account, given) for account in drawn)


def trail(connection: Connection, election: Election) -> Trail:
    """How the papers of a closed poll stand to its ballots, before anything is opened."""
    if not election.rules.audit.paper_record:
        return Trail.SETTLED
    figures = PAPERS.result_of(connection, election.id)
    if figures is None or _lies_in_no_batches(connection, election, figures):
        return Trail.UNCOUNTED
    return Trail.UNEXPLAINED if _lacks_words(accounts(connection, election, None)) else Trail.SETTLED


def _lies_in_no_batches(connection: Connection, election: Election, figures: RecordFigures) -> bool:
    """Whether papers of which a sample is to be drawn are not laid in batches: who knew the result could lay them as it helps."""
    sampled = election.rules.audit.counted == "sample" and figures.papers > 0
    return sampled and sample_audits.audit_of(connection, election.id) is None


def is_awaited(connection: Connection, election: Election, urn: Counts) -> bool:
    """Whether papers say other votes than the opened urn, and two have not explained it: the record would say so unexplained."""
    return _lacks_words(accounts(connection, election, urn))


def recorded(connection: Connection, election: Election, paper_ballots: int) -> PaperRecord | None:
    """The papers as the record tells of them; None where the rules ask for none."""
    rules = election.rules.audit
    if not rules.paper_record:
        return None
    told = PaperRecord(rules.deposit, rules.counted)
    figures = PAPERS.result_of(connection, election.id)
    if figures is None:
        return told
    told = replace(told, papers=figures.papers, unreadable=figures.unreadable, spoilt=figures.spoilt)
    if not shows_candidates(figures, urns.count(connection, election.urn_uuid), paper_ballots):
        return told
    return replace(told, blank=figures.blank, votes=figures.votes)


def _explained(account: Reconciliation, given: tuple[TrailExplanation, ...]) -> Reconciliation:
    named = (account.account, account.expected, account.counted)
    found = next((one for one in given if (one.account, one.expected, one.found) == named), None)
    if account.comes_out or found is None:
        return account
    return replace(account, explanation=found.text, signed_by=found.signed_by)


def _lacks_words(drawn: tuple[Reconciliation, ...]) -> bool:
    return any(not (account.comes_out or account.explanation) for account in drawn)
