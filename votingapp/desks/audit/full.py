"""Where a sample is not enough two let all papers be counted by candidate; what does not agree is explained by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tally.audit.outcome import AuditState
from tally.paper_record import RecordFault, RecordFigures, compare, find_faults
from votingapp.desks.audit.reading import progress
from votingapp.desks.audit.steps import AuditObstacle, Hindered, Taken, require_two, take, why_not
from votingapp.store import apart, elections, paper_audits, paper_readings, sample_audits, settled

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.desks.audit.steps import Answer
    from votingapp.store.apart import Agreed, CountedAlready, Differ, Standing, Waiting
    from votingapp.store.elections import Election
    from votingapp.store.sample_audits import Audit
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_BOX = apart.Box(
    sample_audits.ALL_PAPERS,
    compare,
    "audit_papers_counted",
    lambda figures: {"papers": figures.papers},
    until_sum=False,
)


def count_all(store: Store, signed_by: tuple[Staff, Staff], election: Election, reason: str) -> Answer:
    """Let all papers be counted in the place of a sample, for a reason; what the sample had found is kept in totals."""
    official, second = require_two(signed_by)

    def act(work: Work, current: Election, audit: Audit | None) -> AuditObstacle | None:
        if not settled.outcome_is_known(work.connection, current):
            return AuditObstacle.RESULT_UNKNOWN
        if audit is not None and (audit.needs_full_count or audit.is_confirmed):
            return AuditObstacle.FULL_BEFORE
        so_far = None if audit is None else progress(work.connection, current, audit)
        if so_far is not None:
            sample_audits.end(work, current.id, so_far)
        paper_readings.forget(work, current.id)
        sample_audits.stop(work, current.id, reason)
        draws = so_far.draws if so_far else 0
        work.record(current.id, official.login, "audit_count_all", reason=reason, draws=draws, second=second.login)
        return None

    return take(store, election, act)


def enter(
    store: Store, official: Staff, election: Election, figures: RecordFigures
) -> Waiting | Agreed[RecordFigures] | Differ | CountedAlready | Hindered | tuple[RecordFault, ...]:
    """Enter what one official counted of all papers; the faults of figures that no box can show, and then nothing is kept."""
    faults = find_faults(figures, election.rules.ballot.votes_per_voter)
    if faults:
        return faults

    def act(work: Work) -> Waiting | Agreed[RecordFigures] | Differ | CountedAlready | Hindered:
        current = elections.by_id(work.connection, election.id)
        audit = sample_audits.audit_of(work.connection, current.id)
        obstacle = why_not(current)
        if obstacle is None and (audit is None or not audit.needs_full_count):
            obstacle = AuditObstacle.NOT_FULL
        if obstacle is None and sample_audits.ALL_PAPERS.result_of(work.connection, current.id) is not None:
            obstacle = AuditObstacle.FULL_BEFORE
        return Hindered(obstacle) if obstacle else apart.enter(work, official, current, _BOX, figures)

    return store.write(act)


def standing(connection: Connection, official: Staff, election: Election) -> Standing[RecordFigures]:
    """How far the count of all papers has come."""
    return apart.stand(connection, official, election, _BOX)


def explain(store: Store, signed_by: tuple[Staff, Staff], election: Election, text: str) -> Answer:
    """Keep what two say of papers that give other votes or seats than the urn. No seat changes by it."""
    official, second = require_two(signed_by)

    def write(work: Work) -> Answer:
        current = elections.by_id(work.connection, election.id)
        found = paper_audits.outcome(work.connection, current)
        if found is None:
            return Hindered(AuditObstacle.NOT_ASKED)
        if found.state not in {AuditState.OTHER_VOTES, AuditState.OTHER_SEATS}:
            return Hindered(AuditObstacle.NOTHING_DIFFERS)
        if found.explanation:
            return Hindered(AuditObstacle.EXPLAINED_BEFORE)
        sample_audits.explain(work, current.id, text, signed_by)
        work.record(current.id, official.login, "audit_explained", state=found.state, text=text, second=second.login)
        return Taken()

    return store.write(write)
