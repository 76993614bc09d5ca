"""A form on paper becomes a nomination as of the instant it was received, by the same rules as any other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ballots.poll import PollState
from candidates import nomination as life
from candidates.identity import Identity
from candidates.nomination import Nomination, NominationObstacle, NominationState
from votingapp.desks.secretariat.decisions.service import seen_mark
from votingapp.documents.notices import tell
from votingapp.store import decisions, deletions, elections, filing, looks, nominations, notices, photos, proposers
from votingapp.store.log_words import Words
from votingapp.store.notices import NoticeKind

if TYPE_CHECKING:
    from datetime import datetime

    from candidates.cpr import Cpr
    from votingapp.store.elections import Election
    from votingapp.store.filing import Contact, Person, Submission, Version
    from votingapp.store.nominations import Filed
    from votingapp.store.photos import Taken
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Paper:
    """What was keyed in: the submission, the instant the paper was received (UTC), and what lay beside it.

    `evidence` is what the official has seen of who she is, "" where nothing.
    """

    submission: Submission
    received_at: datetime
    photo: Taken | None = field(default=None, repr=False)
    proposers: tuple[tuple[str, Cpr], ...] = field(default=(), repr=False)
    evidence: str = ""


class PaperObstacle(StrEnum):
    """Why a form is not kept."""

    IN_FUTURE = "in_future"
    NOT_OPEN_YET = "not_open_yet"
    BALLOT_FIXED = "ballot_fixed"
    LOT_DRAWN = "lot_drawn"
    """The order of the ballot is drawn: a place given now would be given by somebody who knows the lot."""
    CHANGED = "changed"
    """The nomination is no longer what the official had before her."""
    DECIDED = "decided"
    """A slip is corrected before the decision; after it the case is reopened first."""
    LATE = "late"
    """The deadline, or the cure period for whoever was sent a defect notice, was over when the change was received."""
    PRESENTATION_CLOSED = "presentation_closed"
    """What voters read was to be changed after the deadline, and the defect notice did not open it."""
    OVER = "over"
    """Late or withdrawn: nothing more is changed."""


class Again(StrEnum):
    """Why a form is keyed in again."""

    SLIP = "slip"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Correction:
    """Why a form is keyed in again, and the official's own words about it."""

    why: Again
    reason: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """The form is kept; `late` tells that it is kept as refused for lateness."""

    nomination_id: str
    receipt: str
    late: bool


@dataclass(frozen=True, slots=True)
class AlreadyKeyed:
    """The very same form was keyed in before: pressed twice, or by a colleague."""

    nomination_id: str


@dataclass(frozen=True, slots=True)
class NotKeyed:
    """Nothing is kept."""

    obstacle: PaperObstacle


@dataclass(frozen=True, slots=True)
class NoSuchPaper:
    """The election has no such nomination, or it did not come on paper."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """A form that was keyed in, as it lies in the file, to be corrected."""

    filed: Filed
    contact: Contact
    person: Person = field(repr=False)
    said: Version


def key(
    store: Store, official: Staff, election: Election, paper: Paper, *, site: str = ""
) -> Keyed | AlreadyKeyed | NotKeyed:
    """Keep a form as of the instant it was received; late by that instant is kept as late."""

    def write(work: Work) -> Keyed | AlreadyKeyed | NotKeyed:
        current = elections.by_id(work.connection, election.id)
        step = _submit(work, current, paper.received_at)
        if isinstance(step, PaperObstacle):
            return NotKeyed(step)
        twin = _same_paper(work, current, paper)
        if twin is not None:
            return AlreadyKeyed(twin.id)
        kept = filing.receive(work, current.id, _with_photo(work, current, paper, None), step)
        _keep_beside(work, official, current, kept.nomination_id, paper)
        late = step.state is NominationState.LATE
        told = NoticeKind.LATE if late else NoticeKind.RECEIVED
        tell(work, current, kept.nomination_id, told, official_id=None if late else official.id, site=site)
        work.record(
            current.id,
            official.login,
            "paper_form_keyed",
            nomination=kept.nomination_id,
            received_at=paper.received_at.isoformat(),
            state=step.state.value,
        )
        return Keyed(kept.nomination_id, kept.receipt, late)

    return store.write(write)


def on_file(store: Store, official: Staff, election: Election, nomination_id: str) -> OnFile | None:
    """A form that was keyed in, noted as a look; None when this election has none such."""

    def look(work: Work) -> OnFile | None:
        filed = _find(work, election, nomination_id)
        if filed is None:
            return None
        looks.note(
            work,
            election.id,
            official.id,
            looks.What.PAPER_FORM,
            subject_hash=filed.cpr_hash,
            nomination_id=filed.id,
        )
        contact = filing.contact_of(work.connection, work.vault, election.id, filed.id)
        person = filing.person_of(work.connection, work.vault, election.id, filed.id)
        return OnFile(filed, contact, person, filing.versions(work.connection, filed.id)[-1])

    return store.write(look)


def key_again(
    store: Store,
    official: Staff,
    election: Election,
    nomination_id: str,
    paper: Paper,
    correction: Correction,
    *,
    seen: str | None = None,
    site: str = "",
) -> Keyed | NotKeyed | NoSuchPaper:
    """Keep a corrected form as a new version, with a reason; the old one stays in the file.

    For a slip `paper.received_at` says nothing new; for a change it is the instant at which that was received.
    """

    def write(work: Work) -> Keyed | NotKeyed | NoSuchPaper:
        current = elections.by_id(work.connection, election.id)
        filed = _find(work, current, nomination_id)
        if filed is None:
            return NoSuchPaper()
        if seen is not None and seen != seen_mark(filed):
            return NotKeyed(PaperObstacle.CHANGED)
        step = _step_again(work, current, filed, paper.received_at, correction.why)
        if isinstance(step, PaperObstacle):
            return NotKeyed(step)
        if correction.why is Again.CHANGE and not _keeps_to_notice(work, current, filed, paper):
            return NotKeyed(PaperObstacle.PRESENTATION_CLOSED)
        submission = _with_photo(work, current, paper, filed.photo_id)
        version = filing.change(work, current.id, filed.id, submission, step)
        _keep_beside(work, official, current, filed.id, paper)
        tell(work, current, filed.id, NoticeKind.RECEIVED, official_id=official.id, reason=correction.reason, site=site)
        act = "paper_form_corrected" if correction.why is Again.SLIP else "paper_form_changed"
        reason = Words(correction.reason, about=filed.id)
        work.record(current.id, official.login, act, nomination=filed.id, reason=reason, version=version)
        return Keyed(filed.id, filed.receipt, late=False)

    return store.write(write)


def _submit(work: Work, election: Election, received_at: datetime) -> Nomination | PaperObstacle:
    if received_at > work.now:
        return PaperObstacle.IN_FUTURE
    step = life.submit(election.rules.nomination, received_at)
    if isinstance(step, NominationObstacle):
        return PaperObstacle.NOT_OPEN_YET
    # Where no vote was held a late form is still kept; but once the data is deleted nothing would ever delete hers.
    if election.state is PollState.CLOSED or deletions.is_deleted(work.connection, election.id):
        return PaperObstacle.BALLOT_FIXED
    if step.state is NominationState.LATE:
        return step
    if election.ballot_fixed:
        return PaperObstacle.BALLOT_FIXED
    lot = decisions.lot_of(work.connection, election.id)
    return PaperObstacle.LOT_DRAWN if lot is not None and lot.draw_at <= work.now else step


def _step_again(
    work: Work, election: Election, filed: Filed, received_at: datetime, why: Again
) -> Nomination | PaperObstacle:
    if election.ballot_fixed:
        return PaperObstacle.BALLOT_FIXED
    if filed.state in {NominationState.LATE, NominationState.WITHDRAWN}:
        return PaperObstacle.OVER
    if why is Again.SLIP:
        return filed.nomination if filed.state is NominationState.SUBMITTED else PaperObstacle.DECIDED
    if received_at > work.now:
        return PaperObstacle.IN_FUTURE
    rules = election.rules.nomination
    take = life.cure if filed.state is NominationState.RETURNED else life.change
    step = take(filed.nomination, rules, received_at, ballot_fixed=False)
    return PaperObstacle.LATE if isinstance(step, NominationObstacle) else step


def _keeps_to_notice(work: Work, election: Election, filed: Filed, paper: Paper) -> bool:
    """After the deadline a change leaves alone what voters read, but where her defect notice opened it."""
    opened = notices.opens_presentation(work.connection, election.id, filed.id)
    rules = election.rules.nomination
    if life.may_change_presentation(filed.nomination, rules, paper.received_at, opened=opened):
        return True
    said = replace(paper.submission, photo_id=filed.photo_id)
    return paper.photo is None and said == filing.keep_presentation(said, filed)


def _same_paper(work: Work, election: Election, paper: Paper) -> Filed | None:
    """The same name and number, received at the same instant: one paper, whoever keyed it in and how often."""
    cpr = paper.submission.cpr
    number = work.vault.hash_cpr(election.id, cpr.number) if cpr else None
    wanted = (Identity.PAPER, paper.submission.name, number, paper.received_at)
    for one in nominations.every(work.connection, election.id):
        if (one.identity, one.name, one.cpr_hash, one.nomination.submitted_at) == wanted:
            return one
    return None


def _with_photo(work: Work, election: Election, paper: Paper, known: str | None) -> Submission:
    """The submission with the photograph that came now, else the one it has."""
    photo_id = photos.add(work, election.id, None, paper.photo) if paper.photo else known
    return replace(paper.submission, photo_id=photo_id)


def _keep_beside(work: Work, official: Staff, election: Election, nomination_id: str, paper: Paper) -> None:
    """What lay beside the form: the proof of who she is, and the proposers who signed.

    Proposers keyed in again take the place of those keyed in before: a mistyped one goes, and nobody stands there twice.
    """
    if paper.evidence:
        nominations.note_identity(work, election.id, nomination_id, official.id, paper.evidence)
    if paper.proposers:
        proposers.remove_entered(work, election.id, nomination_id)
    declared = election.rules.eligibility.declaration or None
    for name, cpr in paper.proposers:
        proposers.enter(work, election.id, nomination_id, name, cpr, official.id, declared)


def _find(work: Work, election: Election, nomination_id: str) -> Filed | None:
    filed = nominations.find(work.connection, election.id, nomination_id)
    return filed if filed is not None and filed.identity is Identity.PAPER else None
