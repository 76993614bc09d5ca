"""What the audit of the papers of an election came to, held against the urn and the seats as they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tally.audit.differences import as_papers_say, by_candidate, gives_other_seats
from tally.audit.document import audit_document
from tally.audit.outcome import AuditOutcome, AuditState
from tally.paper_record import RecordFigures, count_unlike, tells_of_few
from votingapp.store import counts, paper_records, sample_audits, urns

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.counts import Outcome
    from votingapp.store.elections import Election
    from votingapp.store.sample_audits import Audit


@dataclass(frozen=True, slots=True)
class _Known:
    """What is laid side by side; `box` are the figures before the sum, `counted` those of a count by candidate."""

    election: Election
    ballots: int
    box: RecordFigures | None
    counted: RecordFigures | None
    audit: Audit | None
    found: Outcome | None

    @property
    def tells_of_few(self) -> bool:
        """Whether figures by candidate would be those of a few who may be known."""
        figures = self.counted or self.box
        of_paper = self.found.paper if self.found else None
        return figures is None or tells_of_few(figures, self.ballots, of_paper.ballots if of_paper else 0)


def outcome(connection: Connection, election: Election) -> AuditOutcome | None:
    """What the audit came to; None where the rules have the papers counted by number alone, or have none."""
    rules = election.rules.audit
    if not rules.paper_record or rules.counted == "number":
        return None
    return _outcome(connection, _gather(connection, election))


def document(connection: Connection, election: Election) -> dict[str, Any] | None:
    """What everybody may read of the audit (`audit.json`); None where there is none, and before the outcome is published."""
    if outcome(connection, election) is None or counts.outcome(connection, election) is None:
        return None
    known = _gather(connection, election)
    audit = known.audit
    return audit_document(
        _outcome(connection, known),
        announced=audit.announced if audit else None,
        batches=audit.batches if audit else (),
        ended=audit.ended if audit else None,
        tells_of_few=known.tells_of_few,
    )


def _gather(connection: Connection, election: Election) -> _Known:
    box = paper_records.PAPERS.result_of(connection, election.id)
    sampled = election.rules.audit.counted == "sample"
    return _Known(
        election=election,
        ballots=urns.count(connection, election.urn_uuid) if election.closed_at else 0,
        box=box,
        counted=sample_audits.ALL_PAPERS.result_of(connection, election.id) if sampled else box,
        audit=sample_audits.audit_of(connection, election.id) if sampled else None,
        found=counts.unexplained_outcome(connection, election),
    )


def _outcome(connection: Connection, known: _Known) -> AuditOutcome:
    told = _planned(known)
    if known.counted is None or known.found is None or (known.audit is not None and not known.audit.needs_full_count):
        return told
    return _explained(connection, known, _compared(known, known.counted, known.found, told))


def _planned(known: _Known) -> AuditOutcome:
    """The audit as far as it goes without a full count."""
    audit, papers = known.audit, known.box.papers if known.box else 0
    told = AuditOutcome(known.election.rules.audit.counted, AuditState.NOT_BEGUN, papers, known.ballots)
    if audit is None:
        return told
    told = replace(told, reason=audit.reason, full_count=audit.needs_full_count)
    if audit.announced is None:
        return replace(told, state=AuditState.RUNNING) if audit.stopped else told
    announced, ended = audit.announced, audit.ended
    return replace(
        told,
        state=AuditState.CONFIRMED if audit.is_confirmed else AuditState.RUNNING,
        doubted=announced.evidence.doubted,
        risk_limit=announced.risk_limit,
        claims=len(announced.claims),
        confirmed=sum(ended.confirmed) if ended else 0,
        draws=ended.draws if ended else 0,
        most_draws=announced.most_draws,
        digits=audit.digits,
        witnesses=audit.witnesses,
    )


def _compared(known: _Known, figures: RecordFigures, found: Outcome, told: AuditOutcome) -> AuditOutcome:
    urn = found.urn
    unlike = count_unlike(figures, known.ballots, urn.blank, [one.received for one in urn.candidates])
    other = (unlike or not known.tells_of_few) and _gives_other_seats(known, figures, found)
    return replace(
        told,
        state=AuditState.OTHER_SEATS if other else AuditState.OTHER_VOTES if unlike else AuditState.SAME,
        papers=figures.papers,
        full_count=True,
        unlike=unlike,
        differences=() if known.tells_of_few else by_candidate(urn, figures),
    )


def _gives_other_seats(known: _Known, figures: RecordFigures, found: Outcome) -> bool:
    """Whether the papers would give other seats; not asked while a lot for one is to be drawn.

    Nor where they say what the urn says but for a few that are missing (`_compared`): how those voted would be told.
    """
    if any(one.decides == "seat" for one in found.allocation.lots_required):
        return False
    say = as_papers_say(found.counts, found.urn, figures)
    return gives_other_seats(known.election.rules.counting, found.allocation, say, [one.drawn for one in found.lots])


def _explained(connection: Connection, known: _Known, told: AuditOutcome) -> AuditOutcome:
    """With what two said of the audit itself or, where papers were counted before the sum, of the account that it makes."""
    given = sample_audits.explanation_of(connection, known.election.id)
    if given is not None:
        return replace(told, explanation=given.text, signed_by=given.signed_by)
    urn = counts.urn_counts(connection, known.election)
    for account in paper_records.accounts(connection, known.election, urn):
        if account.account == paper_records.VOTES and account.explanation:
            return replace(told, explanation=account.explanation, signed_by=account.signed_by)
    return told
