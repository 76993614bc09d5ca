"""A candidate sends what she has written, changes it, mends it or steps back: once, in time, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ballots.poll import PollState
from candidates import nomination as life
from candidates.nomination import Decision, Nomination, NominationObstacle, NominationState, submit
from votingapp.desks.nomination import drafting
from votingapp.desks.nomination.mails import DANE, Reader, receipt_mail
from votingapp.desks.nomination.outcomes import (
    Changed,
    HeldBack,
    NotChanged,
    NotReceived,
    NotWithdrawn,
    Received,
    Saved,
    Sent,
    Unchanged,
    Window,
    Withdrawn,
)
from votingapp.documents.notices import complain_by, tell
from votingapp.store import drafts, elections, filing, nominations, notices, photos, post
from votingapp.store.audit import CANDIDATE
from votingapp.store.notices import NoticeKind, Told
from votingapp.web import throttle

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.applicants import Applicant
    from votingapp.store.drafts import Content
    from votingapp.store.elections import Election
    from votingapp.store.filing import Submission
    from votingapp.store.nominations import Filed
    from votingapp.store.unit_of_work import Store, Work

_PER_ADDRESS = 200
"""New nominations from one network address within a quarter of an hour: a town hall on the last day fits, a flood does not."""

_PER_APPLICANT = 60
"""Sendings and savings of one applicant within a quarter of an hour: more than anybody needs who presses often."""


def window_at(election: Election, now: datetime) -> Window:
    """Whether one can come forward at an instant."""
    if election.state is PollState.CLOSED or election.is_called_off:
        return Window.OVER
    match submit(election.rules.nomination, now):
        case Nomination(state=NominationState.SUBMITTED):
            return Window.OPEN
        case Nomination():
            return Window.LATE
        case NominationObstacle():
            return Window.NOT_OPEN_YET


def send(
    store: Store, election: Election, applicant: Applicant, submission: Submission, address: str, reader: Reader = DANE
) -> Sent:
    """Take in what an applicant sends, from a network address; `reader` tells how to write to her.

    An applicant has one nomination. What she sends when she has one takes its place, as long as the deadline or the
    defect notice allows; whoever withdrew may come forward anew. What many have done on her network keeps nobody from
    changing what she has sent. Who she is comes from her sign-in and her photograph
    from the photo desk, whatever the submission says.
    """
    network = f"stand:{address}"[:100]
    if throttle.is_shut(store, _door(applicant), _PER_APPLICANT):
        return HeldBack()
    if throttle.is_shut(store, network, _PER_ADDRESS) and not _has_come_forward(store, election, applicant):
        return HeldBack()
    outcome = store.write(lambda work: _send(work, election, applicant, submission, reader))
    throttle.count_failure(store, _door(applicant))
    if isinstance(outcome, Received):
        throttle.count_failure(store, network)
    return outcome


def _has_come_forward(store: Store, election: Election, applicant: Applicant) -> bool:
    with store.reading() as connection:
        return nominations.of_applicant(connection, election.id, applicant.id) is not None


def is_presentation_open(connection: Connection, election: Election, filed: Filed, at: datetime) -> bool:
    """Whether she may send what voters read otherwise than before: always in time, afterwards where her notice says so."""
    opened = notices.opens_presentation(connection, election.id, filed.id)
    return life.may_change_presentation(filed.nomination, election.rules.nomination, at, opened=opened)


def save(store: Store, election: Election, applicant: Applicant, content: Content) -> Saved | NotReceived | HeldBack:
    """Keep what an applicant has written so far, complete or not."""
    if throttle.is_shut(store, _door(applicant), _PER_APPLICANT):
        return HeldBack()
    throttle.count_failure(store, _door(applicant))
    return store.write(lambda work: _save(work, election, applicant, content))


def withdraw(store: Store, election: Election, applicant: Applicant, reader: Reader = DANE) -> Withdrawn | NotWithdrawn:
    """Let an applicant step back, as she may until the ballot is fixed."""

    def step_back(work: Work) -> Withdrawn | NotWithdrawn:
        current = elections.by_id(work.connection, election.id)
        filed = nominations.of_applicant(work.connection, election.id, applicant.id)
        if filed is None:
            return NotWithdrawn()
        step = life.withdraw(filed.nomination, Decision("", work.now), ballot_fixed=current.ballot_fixed)
        if isinstance(step, NominationObstacle):
            return NotWithdrawn()
        nominations.keep(work.connection, election.id, filed.id, step)
        tell(work, current, filed.id, NoticeKind.WITHDRAWN, site=reader.site)
        work.record(election.id, CANDIDATE, "nomination_withdrawn", nomination=filed.id)
        return Withdrawn()

    return store.write(step_back)


def _send(work: Work, election: Election, applicant: Applicant, submission: Submission, reader: Reader) -> Sent:
    current = elections.by_id(work.connection, election.id)
    window = window_at(current, work.asked_at)
    if window in {Window.NOT_OPEN_YET, Window.OVER}:
        return NotReceived(window)
    own = _vouched(work, current, applicant, submission)
    filed = nominations.of_applicant(work.connection, election.id, applicant.id)
    if filed is None or filed.state is NominationState.WITHDRAWN:
        return _receive(work, current, own, reader)
    if filed.state is not NominationState.RETURNED and drafting.repeats(
        work.connection, work.vault, current.id, filed, own
    ):
        return Unchanged(filed.receipt)
    return _change(work, current, filed, own, reader)


def _vouched(work: Work, election: Election, applicant: Applicant, submission: Submission) -> Submission:
    """The submission with what is known of her for sure."""
    return replace(
        submission,
        cpr=applicant.cpr or submission.cpr,
        contact=replace(submission.contact, email=applicant.email or submission.contact.email),
        photo_id=photos.current_of(work.connection, election.id, applicant.id),
        identity=applicant.identity,
        applicant_id=applicant.id,
    )


def _receive(work: Work, election: Election, own: Submission, reader: Reader) -> Received | NotReceived:
    received = submit(election.rules.nomination, work.asked_at)
    if isinstance(received, NominationObstacle):
        return NotReceived(window_at(election, work.asked_at))
    kept = filing.receive(work, election.id, own, received)
    _forget_draft(work, election, own)
    mail_id = _queue_receipt(work, election, kept.nomination_id, reader, changed=False)
    if received.state is NominationState.LATE:
        until = complain_by(work.now, election.rules.complaints.days)
        late = Told(NoticeKind.LATE, "", decided_by=None, answer_by=None, complain_by=until)
        notices.keep(work, election.id, kept.nomination_id, late, mail_id)
    state = received.state.value
    work.record(election.id, CANDIDATE, "nomination_received", nomination=kept.nomination_id, state=state)
    return Received(kept.receipt, received.state)


def _change(work: Work, election: Election, filed: Filed, own: Submission, reader: Reader) -> Changed | NotChanged:
    rules, fixed = election.rules.nomination, election.ballot_fixed
    step = (
        life.cure(filed.nomination, rules, work.asked_at, ballot_fixed=fixed)
        if filed.state is NominationState.RETURNED
        else life.change(filed.nomination, rules, work.asked_at, ballot_fixed=fixed)
    )
    if isinstance(step, NominationObstacle):
        _keep_as_draft(work, election, own)
        work.record(election.id, CANDIDATE, "nomination_not_changed", nomination=filed.id, obstacle=step.value)
        return NotChanged(step)
    sent = own
    if not is_presentation_open(work.connection, election, filed, work.asked_at):
        own = filing.keep_presentation(sent, filed)
    version = filing.change(work, election.id, filed.id, own, step)
    _forget_draft(work, election, own)
    _queue_receipt(work, election, filed.id, reader, changed=True)
    work.record(election.id, CANDIDATE, "nomination_changed", nomination=filed.id, version=version)
    return Changed(filed.receipt, presentation_stays=own != sent)


def _keep_as_draft(work: Work, election: Election, own: Submission) -> None:
    if own.applicant_id is not None:
        drafts.keep(work, election.id, own.applicant_id, drafting.from_submission(own), own.photo_id)


def _forget_draft(work: Work, election: Election, own: Submission) -> None:
    if own.applicant_id is not None:
        drafts.discard(work, election.id, own.applicant_id)


def _queue_receipt(work: Work, election: Election, filed_id: str, reader: Reader, *, changed: bool) -> str | None:
    """Put the mail with the receipt number in the outbox and give its id; None for whoever gave no e-mail."""
    filed = nominations.find(work.connection, election.id, filed_id)
    email = filing.contact_of(work.connection, work.vault, election.id, filed_id).email
    if filed is None or not email:
        return None
    mail = receipt_mail(email, election, filed, reader, changed=changed)
    return post.queue(work, election.id, post.Kind.RECEIPT, mail, filed_id)


def _save(work: Work, election: Election, applicant: Applicant, content: Content) -> Saved | NotReceived:
    window = window_at(elections.by_id(work.connection, election.id), work.asked_at)
    if window in {Window.NOT_OPEN_YET, Window.OVER}:
        return NotReceived(window)
    photo_id = photos.current_of(work.connection, election.id, applicant.id)
    drafts.keep(work, election.id, applicant.id, content, photo_id)
    work.record(election.id, CANDIDATE, "draft_saved", applicant=applicant.id)
    return Saved()


def _door(applicant: Applicant) -> str:
    return f"stand-applicant:{applicant.id}"
