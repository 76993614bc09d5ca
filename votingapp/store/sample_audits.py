"""The audit of the papers of the booths (kontrolsedler) by a sample: how far it has come, and how it ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from tally.audit.announcement import announcement_document, read_announcement
from tally.audit.readings import progress_document, read_progress
from tally.paper_record import read_record, record_document
from votingapp.store.tables.paper_audits import (
    paper_audit,
    paper_audit_count,
    paper_audit_explanation,
    paper_audit_result,
)
from votingapp.store.tables.staff import staff
from votingapp.store.two_counts import TwoCounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from tally.audit.announcement import Announcement
    from tally.audit.readings import Progress
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work

ALL_PAPERS = TwoCounts(paper_audit_count, paper_audit_result, record_document, read_record)
"""The counts of all papers by candidate in the place of a sample, and what two agreed on."""


@dataclass(frozen=True, slots=True)
class Audit:
    """How far an audit by a sample has come.

    `batches` are as two entered them; `announced` is None before, and `digits` "" before the dice were rolled. `stopped`: two
    let all papers be counted instead, for the `reason`. `ended` are the totals with which the sample ended.
    """

    batches: tuple[int, ...]
    announced: Announcement | None
    digits: str
    witnesses: tuple[str, ...]
    stopped: bool
    reason: str
    ended: Progress | None

    @property
    def is_confirmed(self) -> bool:
        """Whether the sample confirmed the seats."""
        return self.ended is not None and self.ended.is_over and not self.stopped

    @property
    def needs_full_count(self) -> bool:
        """Whether all papers are to be counted: two said so, or all draws were read and do not confirm the seats."""
        return self.stopped or (self.ended is not None and not self.ended.is_over)

    @property
    def is_drawing(self) -> bool:
        """Whether papers are drawn and read now."""
        return bool(self.digits) and self.ended is None and not self.stopped


@dataclass(frozen=True, slots=True)
class AuditExplanation:
    """What two said of papers that do not agree with the urn, with their names."""

    text: str
    signed_by: tuple[str, str]


def audit_of(connection: Connection, election_id: str) -> Audit | None:
    """How far the audit has come; None before the papers lie in batches."""
    row = connection.execute(select(paper_audit).where(paper_audit.c.election_id == election_id)).first()
    if row is None:
        return None
    return Audit(
        batches=tuple(json.loads(row.batches_json)),
        announced=None if row.announcement_json is None else read_announcement(row.announcement_json),
        digits=row.digits or "",
        witnesses=tuple(json.loads(row.witnesses_json or "[]")),
        stopped=row.stopped_at is not None,
        reason=row.reason or "",
        ended=None if row.progress_json is None else read_progress(row.progress_json),
    )


def lay(work: Work, election_id: str, batches: Sequence[int]) -> None:
    """Keep how the papers lie, in the place of what was entered before."""
    told = json.dumps(list(batches))
    if audit_of(work.connection, election_id) is None:
        work.connection.execute(insert(paper_audit).values(election_id=election_id, batches_json=told))
    else:
        _change(work, election_id, batches_json=told)


def announce(work: Work, election_id: str, announced: Announcement) -> None:
    """Keep an announcement; nothing of it changes any more."""
    _change(work, election_id, announcement_json=json.dumps(announcement_document(announced)))


def roll(work: Work, election_id: str, digits: str, witnesses: Sequence[str]) -> None:
    """Keep what the dice showed, and before whom: from now on it is known which papers are drawn."""
    named = json.dumps(list(witnesses), ensure_ascii=False)
    _change(work, election_id, digits=digits, witnesses_json=named, rolled_at=work.now)


def end(work: Work, election_id: str, progress: Progress) -> None:
    """Keep the totals with which a sample ended."""
    _change(work, election_id, ended_at=work.now, progress_json=json.dumps(progress_document(progress)))


def stop(work: Work, election_id: str, reason: str) -> None:
    """Keep that all papers are counted in the place of a sample, and why; the papers may lie in no batches yet."""
    if audit_of(work.connection, election_id) is None:
        lay(work, election_id, ())
    _change(work, election_id, stopped_at=work.now, reason=reason)


def explain(work: Work, election_id: str, text: str, signed_by: tuple[Staff, Staff]) -> None:
    """Keep what two say of papers that do not agree with the urn."""
    official, second = signed_by
    work.connection.execute(
        insert(paper_audit_explanation).values(
            election_id=election_id, at=work.now, text=text, official_id=official.id, second_id=second.id
        )
    )


def explanation_of(connection: Connection, election_id: str) -> AuditExplanation | None:
    """What two said of papers that do not agree with the urn; None before."""
    table, first, second = paper_audit_explanation, staff.alias(), staff.alias()
    row = connection.execute(
        select(table.c.text, first.c.name.label("first_name"), second.c.name.label("second_name"))
        .join(first, first.c.id == table.c.official_id)
        .join(second, second.c.id == table.c.second_id)
        .where(table.c.election_id == election_id)
    ).first()
    return None if row is None else AuditExplanation(row.text, (row.first_name, row.second_name))


def _change(work: Work, election_id: str, **values: Any) -> None:
    work.connection.execute(update(paper_audit).where(paper_audit.c.election_id == election_id).values(**values))
