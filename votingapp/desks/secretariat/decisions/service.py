"""The secretariat decides on a nomination as it was seen, with a reason that the candidate is told, until the ballot is fixed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from candidates import nomination as life
from candidates.nomination import Decision, Nomination, NominationObstacle, NominationState
from votingapp.desks.secretariat.decisions.findings import judge_filed, similar_of
from votingapp.documents.notices import tell
from votingapp.store import elections, nominations, proposers
from votingapp.store.log_words import Words
from votingapp.store.notices import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from votingapp.store.elections import Election
    from votingapp.store.nominations import Filed
    from votingapp.store.proposers import Asked
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision stands."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """The decision was not taken."""

    obstacle: NominationObstacle


@dataclass(frozen=True, slots=True)
class Changed:
    """The nomination is no longer what the official had before her: nothing was decided, and she must look again."""


@dataclass(frozen=True, slots=True)
class StandsAlready:
    """Another nomination of the same person is accepted; a person stands on the ballot once."""


@dataclass(frozen=True, slots=True)
class IdentityCertain:
    """Who she is needs no look at a document: she came with MitID."""


@dataclass(frozen=True, slots=True)
class NoSuchNomination:
    """The election has no such nomination."""


@dataclass(frozen=True, slots=True)
class NobodyAlike:
    """A line tells two candidates apart, and nobody who stands is called nearly the same as she: she gets none."""


Outcome = Decided | Hindered | Changed | StandsAlready | IdentityCertain | NobodyAlike | NoSuchNomination


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of the life cycle as it is logged and told."""

    act: str
    told: NoticeKind
    opens_presentation: bool = False


_ACCEPT = _Step("nomination_accepted", NoticeKind.ACCEPTED)
_REFUSE = _Step("nomination_refused", NoticeKind.REFUSED)
_SEND_BACK = _Step("nomination_returned", NoticeKind.DEFECT)
_REOPEN = _Step("nomination_reopened", NoticeKind.REOPENED)
_WITHDRAW = _Step("nomination_withdrawn", NoticeKind.WITHDRAWN)


def seen_mark(filed: Filed, asked: Iterable[Asked] = ()) -> str:
    """A text that is the same only while a nomination is what it was, with the proposers (`asked`) who may back it.

    Its version, its state and the decision behind it, its line on the ballot, the proof of who she is, and what each
    proposer has answered. A form carries it, so that nothing is decided on what nobody has looked at.
    """
    decision, check = filed.nomination.decision, filed.identity_check
    seen = (
        str(filed.version),
        filed.state.value,
        decision.decided_at.isoformat() if decision else "",
        filed.line,
        check.checked_at.isoformat() if check else "",
        check.evidence if check else "",
        *sorted(f"{one.id} {one.confirmed_at.isoformat() if one.confirmed_at else ''}" for one in asked),
    )
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def accept(
    store: Store,
    official: Staff,
    election: Election,
    nomination_id: str,
    reason: str,
    *,
    seen: str | None = None,
    site: str = "",
) -> Outcome:
    """Put a candidate on the list; with a reason where the facts do not speak for her.

    `seen` is the mark (`seen_mark`) of what the official had before her, None where the caller decides on the
    nomination as it lies in the file now. `site` is the address of the election's pages for the mail. So in every step.
    """

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        others = nominations.of_same_person(work.connection, current.id, filed)
        if any(other.state is NominationState.ACCEPTED for other in others):
            return StandsAlready()
        findings = judge_filed(work.connection, work.vault, current, filed)
        decision = Decision(official.id, work.now, reason)
        step = life.accept(filed.nomination, decision, findings, ballot_fixed=current.ballot_fixed)
        return _keep(work, official, current, filed, step, _ACCEPT, site)

    return _on_nomination(store, election, nomination_id, seen, act)


def refuse(
    store: Store,
    official: Staff,
    election: Election,
    nomination_id: str,
    reason: str,
    *,
    seen: str | None = None,
    site: str = "",
) -> Outcome:
    """Turn a candidate down, always with a reason."""

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        decision = Decision(official.id, work.now, reason)
        step = life.refuse(filed.nomination, decision, ballot_fixed=current.ballot_fixed)
        return _keep(work, official, current, filed, step, _REFUSE, site)

    return _on_nomination(store, election, nomination_id, seen, act)


def send_back(
    store: Store,
    official: Staff,
    election: Election,
    nomination_id: str,
    reason: str,
    *,
    opens_presentation: bool = False,
    seen: str | None = None,
    site: str = "",
) -> Outcome:
    """Send a nomination back with a defect notice (mangelbrev) that says what is to be mended before `cure_until`.

    Only where the notice opens it may she after the deadline mend what voters read: name, group, texts, photograph.
    """
    kind = replace(_SEND_BACK, opens_presentation=opens_presentation)

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        decision = Decision(official.id, work.now, reason)
        rules = current.rules.nomination
        step = life.return_for_cure(filed.nomination, decision, rules, ballot_fixed=current.ballot_fixed)
        return _keep(work, official, current, filed, step, kind, site)

    return _on_nomination(store, election, nomination_id, seen, act)


def reopen(
    store: Store,
    official: Staff,
    election: Election,
    nomination_id: str,
    reason: str,
    *,
    seen: str | None = None,
    site: str = "",
) -> Outcome:
    """Take a decision back, always with a reason, so that it can be taken afresh."""

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        decision = Decision(official.id, work.now, reason)
        step = life.reopen(filed.nomination, decision, ballot_fixed=current.ballot_fixed)
        return _keep(work, official, current, filed, step, _REOPEN, site)

    return _on_nomination(store, election, nomination_id, seen, act)


def withdraw(
    store: Store, official: Staff, election: Election, nomination_id: str, *, seen: str | None = None, site: str = ""
) -> Outcome:
    """Let a candidate step back at her own request."""

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        step = life.withdraw(filed.nomination, Decision(official.id, work.now), ballot_fixed=current.ballot_fixed)
        return _keep(work, official, current, filed, step, _WITHDRAW, site)

    return _on_nomination(store, election, nomination_id, seen, act)


def set_line(
    store: Store,
    official: Staff,
    election: Election,
    nomination_id: str,
    line: str,
    *,
    seen: str | None = None,
    site: str = "",
) -> Outcome:
    """Give a candidate the line that tells her from another on the ballot, and tell her; "" takes it away.

    Only where somebody who stands is called nearly the same: the ballot is no place for praise.
    """

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        if current.ballot_fixed:
            return Hindered(NominationObstacle.BALLOT_FIXED)
        if line == filed.line:
            return Decided()
        if line and not similar_of(filed, nominations.every(work.connection, current.id)):
            return NobodyAlike()
        nominations.set_line(work.connection, current.id, filed.id, line)
        tell(work, current, filed.id, NoticeKind.LINE, official_id=official.id, reason=line, site=site)
        said = Words(line, about=filed.id)
        work.record(current.id, official.login, "distinguishing_line_set", nomination=filed.id, line=said)
        return Decided()

    return _on_nomination(store, election, nomination_id, seen, act)


def check_identity(
    store: Store, official: Staff, election: Election, nomination_id: str, evidence: str, *, seen: str | None = None
) -> Outcome:
    """Write down that the official has seen who a candidate is, and on what document; never a number on it."""

    def act(work: Work, current: Election, filed: Filed) -> Outcome:
        obstacle = _unseeable(current, filed)
        if obstacle is not None:
            return Hindered(obstacle)
        if filed.identity.is_certain:
            return IdentityCertain()
        nominations.note_identity(work, current.id, filed.id, official.id, evidence)
        work.record(
            current.id,
            official.login,
            "identity_checked",
            nomination=filed.id,
            evidence=Words(evidence, about=filed.id),
        )
        return Decided()

    return _on_nomination(store, election, nomination_id, seen, act)


def _unseeable(election: Election, filed: Filed) -> NominationObstacle | None:
    """A nomination that is over needs no proof of who sent it in."""
    if filed.state is NominationState.LATE:
        return NominationObstacle.LATE
    if filed.state is NominationState.WITHDRAWN:
        return NominationObstacle.WITHDRAWN
    return NominationObstacle.BALLOT_FIXED if election.ballot_fixed else None


def _on_nomination(
    store: Store,
    election: Election,
    nomination_id: str,
    seen: str | None,
    act: Callable[[Work, Election, Filed], Outcome],
) -> Outcome:
    """Run a step in one transaction, on the election and the nomination as they are in it."""

    def write(work: Work) -> Outcome:
        filed = nominations.find(work.connection, election.id, nomination_id)
        if filed is None:
            return NoSuchNomination()
        asked = proposers.asked_for(work.connection, work.vault, election.id, filed.id)
        if seen is not None and seen != seen_mark(filed, asked):
            return Changed()
        return act(work, elections.by_id(work.connection, election.id), filed)

    return store.write(write)


def _keep(
    work: Work,
    official: Staff,
    election: Election,
    filed: Filed,
    step: Nomination | NominationObstacle,
    kind: _Step,
    site: str,
) -> Decided | Hindered:
    if isinstance(step, NominationObstacle):
        return Hindered(step)
    nominations.keep(work.connection, election.id, filed.id, step)
    reason = step.decision.reason if step.decision else ""
    opens = kind.opens_presentation
    tell(
        work,
        election,
        filed.id,
        kind.told,
        official_id=official.id,
        reason=reason,
        site=site,
        opens_presentation=opens,
    )
    more = {"opens_presentation": opens} if kind.told is NoticeKind.DEFECT else {}
    work.record(
        election.id, official.login, kind.act, nomination=filed.id, reason=Words(reason, about=filed.id), **more
    )
    return Decided()
