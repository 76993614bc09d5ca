"""What the overview of the audit shows to an official, read in one look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tally.audit.assertions import Claim, ClaimKind
from votingapp.desks.audit import full, preparing, reading
from votingapp.desks.audit.expecting import expected_draws
from votingapp.desks.audit.words import say_claim
from votingapp.store import (
    ballot_paper,
    counts,
    paper_audits,
    paper_readings,
    paper_records,
    sample_audits,
    settled,
    urns,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.audit.announcement import Announcement
    from tally.audit.outcome import AuditOutcome
    from tally.audit.readings import Progress
    from tally.paper_record import RecordFigures
    from votingapp.store.apart import Standing
    from votingapp.store.elections import Election
    from votingapp.store.sample_audits import Audit
    from votingapp.store.staff import Staff


@dataclass(frozen=True, slots=True)
class Shown:
    """How far the audit of an election has come, as an official may see it.

    `figures` are those of the box, counted before the sum. `planned` is what would be announced now, `expected` how many draws
    it may take (None: no sample confirms), `hopeless` the claims in words that none can. `claims` are sentences with what
    is told of each once the sample has ended. `agreed` papers were read alike by two. `published`: the result is known to
    everybody; `decided`: and no lot is left.
    """

    figures: RecordFigures | None
    ballots: int
    is_added_up: bool
    published: bool
    decided: bool
    outcome: AuditOutcome
    audit: Audit | None
    progress: Progress | None
    agreed: int
    planned: Announcement | None
    expected: int | None
    hopeless: tuple[str, ...]
    claims: tuple[tuple[str, dict[str, Any]], ...]
    count: Standing[RecordFigures]
    names: dict[str, str]


def read_page(connection: Connection, official: Staff, election: Election) -> Shown | None:
    """How far the audit has come; None where the rules ask for none."""
    outcome = paper_audits.outcome(connection, election)
    if outcome is None:
        return None
    audit = sample_audits.audit_of(connection, election.id)
    sampled = election.rules.audit.counted == "sample"
    planned = preparing.plan(connection, election) if sampled else None
    if audit is not None and audit.announced is not None:
        planned = audit.announced
    names = {line.id: line.label for line in ballot_paper.lines(connection, election.id)}
    least = election.rules.substitutes.minimum_votes
    return Shown(
        figures=paper_records.PAPERS.result_of(connection, election.id),
        ballots=urns.count(connection, election.urn_uuid) if election.closed_at else 0,
        is_added_up=settled.result_is_known(connection, election),
        published=counts.outcome(connection, election) is not None,
        decided=settled.outcome_is_known(connection, election),
        outcome=outcome,
        audit=audit,
        progress=None if audit is None else reading.progress(connection, election, audit),
        agreed=len(paper_readings.agreed(connection, election.id)),
        planned=planned,
        expected=expected_draws(planned) if planned else None,
        hopeless=tuple(say_claim(claim, names, least) for claim in planned.hopeless) if planned else (),
        claims=tuple(_claims(connection, election, names)) if audit and audit.ended else (),
        count=full.standing(connection, official, election),
        names=names,
    )


def _claims(connection: Connection, election: Election, names: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """The claims as everybody may read them."""
    document = paper_audits.document(connection, election)
    sample = document["sample"] if document else None
    least = election.rules.substitutes.minimum_votes
    told = sample["claims"] if sample else []
    return [
        (say_claim(Claim(ClaimKind(one["kind"]), one["candidate"], one["other"] or ""), names, least), one)
        for one in told
    ]
