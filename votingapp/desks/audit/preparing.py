"""Before a die is rolled all is fixed: how the papers lie, what the seats stand on, and how the audit can end."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from tally.audit.announcement import Announcement, announcement_document
from tally.audit.assertions import find_claims
from tally.audit.readings import follow
from tally.audit.statistic import Evidence
from tally.dice import read_digits
from votingapp.desks.audit.steps import AuditObstacle, require_two, take
from votingapp.store import counts, paper_records, sample_audits, settled, urns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from votingapp.desks.audit.steps import Answer
    from votingapp.store.elections import Election
    from votingapp.store.sample_audits import Audit
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

WITNESSES = 2


def lay(store: Store, signed_by: tuple[Staff, Staff], election: Election, batches: Sequence[int]) -> Answer:
    """Keep how many papers lie in each batch, once they were shuffled; it may be entered anew until the urn is added up."""
    official, second = require_two(signed_by)

    def act(work: Work, current: Election, _audit: Audit | None) -> AuditObstacle | None:
        figures = paper_records.PAPERS.result_of(work.connection, current.id)
        if figures is None:
            return AuditObstacle.NOT_COUNTED
        if settled.result_is_known(work.connection, current):
            return AuditObstacle.RESULT_KNOWN
        if min(batches, default=0) < 1 or sum(batches) != figures.papers:
            return AuditObstacle.UNFIT_BATCHES
        sample_audits.lay(work, current.id, batches)
        work.record(current.id, official.login, "audit_papers_laid", batches=list(batches), second=second.login)
        return None

    return take(store, election, act)


def plan(
    connection: Connection, election: Election, *, doubted: int | None = None, most_draws: int | None = None
) -> Announcement | None:
    """What would be announced now; None before it is known who is elected, or where there is no paper to draw.

    Where not said, as many papers are `doubted` as are missing or too many, and at most as many are drawn as there are.
    ValueError where fewer are doubted.
    """
    found = counts.outcome(connection, election)
    figures = paper_records.PAPERS.result_of(connection, election.id)
    if found is None or found.allocation.status != "complete" or figures is None or not figures.papers:
        return None
    ballots = urns.count(connection, election.urn_uuid)
    rows = zip(found.counts.candidates, found.urn.candidates, strict=True)
    rules = election.rules
    return Announcement(
        risk_limit=rules.audit.risk_limit,
        most_draws=figures.papers if most_draws is None else most_draws,
        evidence=Evidence(
            papers=figures.papers,
            ballots=ballots,
            doubted=abs(figures.papers - ballots) if doubted is None else doubted,
            urn={one.id: one.received for one in found.urn.candidates},
            paper={one.id: one.received - in_urn.received for one, in_urn in rows},
            least_votes=rules.substitutes.minimum_votes,
        ),
        claims=find_claims(rules.counting, found.counts, found.allocation),
    )


def announce(store: Store, signed_by: tuple[Staff, Staff], election: Election, doubted: int, most_draws: int) -> Answer:
    """Announce the audit: nothing of it changes any more. Where nothing need be drawn, it has ended."""
    official, second = require_two(signed_by)

    def act(work: Work, current: Election, audit: Audit | None) -> AuditObstacle | None:
        usual = plan(work.connection, current)
        obstacle = _why_not_announce(usual, audit, doubted, most_draws)
        if obstacle is not None:
            return obstacle
        announced = plan(work.connection, current, doubted=doubted, most_draws=most_draws)
        if announced is None or announced.hopeless:
            return AuditObstacle.HOPELESS
        sample_audits.announce(work, current.id, announced)
        begun = follow(announced.claims, announced.measures, (), announced.risk_limit)
        if begun.is_over:
            sample_audits.end(work, current.id, begun)
        work.record(
            current.id,
            official.login,
            "audit_announced",
            risk_limit=announced.risk_limit,
            doubted=doubted,
            most_draws=most_draws,
            claims=len(announced.claims),
            sha256=sha256(json.dumps(announcement_document(announced), sort_keys=True).encode()).hexdigest(),
            confirmed=begun.is_over,
            second=second.login,
        )
        return None

    return take(store, election, act)


def _why_not_announce(
    usual: Announcement | None, audit: Audit | None, doubted: int, most_draws: int
) -> AuditObstacle | None:
    if usual is None:
        return AuditObstacle.RESULT_UNKNOWN
    if audit is None:
        return AuditObstacle.NOT_LAID
    if audit.stopped:
        return AuditObstacle.FULL_BEFORE
    if audit.announced is not None:
        return AuditObstacle.ANNOUNCED_BEFORE
    papers = usual.evidence.papers
    if not usual.evidence.doubted <= doubted <= papers:
        return AuditObstacle.UNFIT_DOUBT
    return None if 1 <= most_draws <= papers else AuditObstacle.UNFIT_DRAWS


def roll(
    store: Store,
    signed_by: tuple[Staff, Staff],
    election: Election,
    written: tuple[str, str],
    witnesses: Sequence[str],
) -> Answer:
    """Keep what the dice showed in public, as each of the two has `written` it down, and who saw it; the first throws stand."""
    official, second = require_two(signed_by)
    digits, again = (read_digits(text) for text in written)
    named = tuple(" ".join(name.split()) for name in witnesses)

    def act(work: Work, current: Election, audit: Audit | None) -> AuditObstacle | None:
        if audit is None or audit.announced is None or audit.stopped:
            return AuditObstacle.NOT_ANNOUNCED
        if audit.digits or audit.ended is not None:
            return AuditObstacle.ROLLED_BEFORE
        if digits is None or again is None:
            return AuditObstacle.UNFIT_DIGITS
        if digits != again:
            return AuditObstacle.DIGITS_DIFFER
        if len({name.casefold() for name in named} - {""}) != WITNESSES:
            return AuditObstacle.UNFIT_WITNESSES
        sample_audits.roll(work, current.id, digits, named)
        work.record(
            current.id, official.login, "audit_dice_rolled", digits=digits, witnesses=named, second=second.login
        )
        return None

    return take(store, election, act)
