"""What a candidate sees of herself: how her nomination stands, what comes next, and everything that was said to her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import PollState
from candidates.cpr import Cpr, parse_cpr
from candidates.eligibility import CandidateFacts, FindingCode, judge
from candidates.identity import Identity
from candidates.nomination import Decision, NominationObstacle, NominationState, cure, submit
from candidates.nomination import change as change_by_rule
from candidates.nomination import withdraw as withdraw_by_rule
from votingapp.desks.nomination import drafting
from votingapp.desks.nomination.service import is_presentation_open
from votingapp.store import drafts, elections, filing, nominations, notices, photos, proposers, register, staff

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from candidates.eligibility import Finding
    from votingapp.store.applicants import Applicant
    from votingapp.store.drafts import Content, Draft
    from votingapp.store.elections import Election
    from votingapp.store.filing import Submission, Version
    from votingapp.store.nominations import Filed
    from votingapp.store.notices import Notice
    from votingapp.store.unit_of_work import Store
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Step:
    """Whether she may send now, and the second (UTC) until which she may; `until` is None once nothing is open to her."""

    may_send: bool
    may_withdraw: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Own:
    """Everything an applicant has with us; `filed` is None before she has sent anything, `draft` where nothing waits.

    `content` is what the form begins with. `photo_id` is the photograph she would send now. `findings` rest on what she
    stated; on the register too where MitID vouches that the number is hers. `decided_by` is an official's name, ""
    where nobody decided. `answered` of `asked` proposers have confirmed, of whichever kind. `presentation_closed`: she
    may send, but what voters read stays as it is filed. `photo_is_current`: the photo desk has this photograph.
    """

    filed: Filed | None
    draft: Draft | None
    content: Content
    photo_id: str | None
    step: Step
    findings: tuple[Finding, ...] = ()
    versions: tuple[Version, ...] = ()
    notices: tuple[Notice, ...] = ()
    decided_by: str = ""
    asked: int = 0
    answered: int = 0
    presentation_closed: bool = False
    photo_is_current: bool = True

    @property
    def cpr(self) -> Cpr | None:
        """The number that is kept of her, in the draft or with the nomination."""
        read = parse_cpr(self.content.cpr) if self.content.cpr else None
        return read if isinstance(read, Cpr) else None

    @property
    def photo_waits(self) -> bool:
        """Whether the photograph was changed after the nomination was sent."""
        return self.filed is not None and self.step.may_send and self.filed.photo_id != self.photo_id


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever holds the receipt number may know: no finding, since those tell how old she is."""

    filed: Filed


def read(store: Store, election: Election, applicant: Applicant) -> Own:
    """How it stands with an applicant now."""
    now = store.clock()
    with store.reading() as connection:
        current = elections.by_id(connection, election.id)
        filed = nominations.of_applicant(connection, current.id, applicant.id)
        draft = drafts.find(connection, store.vault, current.id, applicant.id)
        photo_id = photos.current_of(connection, current.id, applicant.id)
        step = _step(current, filed, now)
        if filed is None:
            content = draft.content if draft else drafting.from_identity(applicant)
            return Own(None, draft, content, photo_id, step)
        sent = drafting.from_filed(connection, store.vault, current.id, filed)
        asked = proposers.asked_for(connection, store.vault, current.id, filed.id)
        closed = step.may_send and not _is_open(connection, current, filed, now)
        written = draft.content if draft else sent
        return Own(
            filed=filed,
            draft=draft,
            content=drafting.keep_presentation(written, sent) if closed else written,
            photo_id=filed.photo_id if closed else photo_id,
            step=step,
            findings=_findings(connection, store.vault, current, filed),
            versions=filing.versions(connection, filed.id),
            notices=notices.of_nomination(connection, current.id, filed.id),
            decided_by=_decider(connection, filed),
            asked=len(asked),
            answered=sum(one.confirmed_at is not None for one in asked),
            presentation_closed=closed,
            photo_is_current=not closed or filed.photo_id == photo_id,
        )


def receipt(store: Store, election: Election, number: str) -> Receipt | None:
    """What a receipt number stands for at this election, or None."""
    with store.reading() as connection:
        filed = nominations.by_receipt(connection, election.id, number)
    return None if filed is None else Receipt(filed)


def broken_for_sure(election: Election, submission: Submission) -> tuple[Finding, ...]:
    """The rules that what she stated alone breaks: a birthday too late, or a declaration not given."""
    facts = CandidateFacts(
        cpr=submission.cpr,
        municipality_code=None,
        declared=submission.declaration,
        identity=submission.identity,
    )
    findings = judge(facts, election.rules.election, election.rules.eligibility)
    return tuple(
        one for one in findings if one.satisfied is False and one.code in {FindingCode.AGE, FindingCode.DECLARATION}
    )


def _findings(connection: Connection, vault: Vault, election: Election, filed: Filed) -> tuple[Finding, ...]:
    """Residence stays open unless MitID vouches for her: whoever types another's number must not learn where she lives."""
    person = filing.person_of(connection, vault, election.id, filed.id)
    resident = None
    if person.cpr is not None and filed.identity is Identity.MITID:
        resident = register.find_by_cpr(connection, vault, election.id, person.cpr)
    facts = CandidateFacts(
        cpr=person.cpr,
        birth_date=person.birth_date,
        municipality_code=None if resident is None else resident.municipality_code,
        declared=filed.declaration,
        identity=filed.identity,
        identity_checked=filed.identity_check is not None,
    )
    findings = judge(facts, election.rules.election, election.rules.eligibility)
    # Who counts as a proposer depends on what the register says of her: that is for the secretariat alone.
    return tuple(one for one in findings if one.code is not FindingCode.PROPOSERS)


def _step(election: Election, filed: Filed | None, now: datetime) -> Step:
    rules, fixed = election.rules.nomination, election.ballot_fixed
    if filed is None or filed.state is NominationState.WITHDRAWN:
        over = election.state is PollState.CLOSED or election.is_called_off
        opens = not over and not isinstance(submit(rules, now), NominationObstacle)
        return Step(may_send=opens, may_withdraw=False, until=rules.closes if opens else None)
    returned = filed.state is NominationState.RETURNED
    rule = cure if returned else change_by_rule
    may_send = not isinstance(rule(filed.nomination, rules, now, ballot_fixed=fixed), NominationObstacle)
    stepped_back = withdraw_by_rule(filed.nomination, Decision("", now), ballot_fixed=fixed)
    until = rules.cure_until if returned else rules.closes
    return Step(may_send, not isinstance(stepped_back, NominationObstacle), until if may_send else None)


def _is_open(connection: Connection, election: Election, filed: Filed, now: datetime) -> bool:
    """Whoever withdrew comes forward anew, with whatever she likes."""
    return filed.state is NominationState.WITHDRAWN or is_presentation_open(connection, election, filed, now)


def _decider(connection: Connection, filed: Filed) -> str:
    decision = filed.nomination.decision
    official = staff.find(connection, decision.decided_by) if decision and decision.decided_by else None
    return official.name if official else ""
