"""A nomination is received, decided upon with a reason, and stays as it is once the ballot is fixed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from candidates.eligibility import Finding, verdict
from candidates.rules import NominationRules


class NominationState(StrEnum):
    """Where a nomination (anmeldelse) stands."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    """Sent back with a defect notice (mangelbrev), to be mended before the cure period ends."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATE = "late"
    """Came after the deadline: kept and shown as refused for lateness, and never decided again."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, when (an aware instant) and why; the reason is for the candidate and the record to read."""

    decided_by: str
    decided_at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        _require_aware(self.decided_at)


@dataclass(frozen=True, slots=True)
class Nomination:
    """A nomination and the decision behind its state.

    There is none while it is submitted, but for one that was reopened, nor for a late one, where the rule itself decides.
    """

    state: NominationState
    submitted_at: datetime
    decision: Decision | None = None

    def __post_init__(self) -> None:
        _require_aware(self.submitted_at)


class NominationObstacle(StrEnum):
    """Why a step is not taken."""

    NOT_OPEN_YET = "not_open_yet"
    ALREADY_DECIDED = "already_decided"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    REASON_MISSING = "reason_missing"
    CURE_PERIOD_OVER = "cure_period_over"
    NOTHING_TO_CURE = "nothing_to_cure"
    NOT_DECIDED = "not_decided"
    BALLOT_FIXED = "ballot_fixed"


def submit(rules: NominationRules, at: datetime) -> Nomination | NominationObstacle:
    """Receive a nomination at an instant: in time, late but kept, or not yet possible.

    Deadlines are whole seconds on the Copenhagen clock, held as UTC. The second named in the rules is in to its
    end, because that is the time the receipt shows: 12:00:00 is in, 12:00:01 is late.
    """
    if at < rules.opens:
        return NominationObstacle.NOT_OPEN_YET
    in_time = is_within(at, rules.closes)
    return Nomination(NominationState.SUBMITTED if in_time else NominationState.LATE, submitted_at=at)


def accept(
    nomination: Nomination, decision: Decision, findings: Iterable[Finding], *, ballot_fixed: bool
) -> Nomination | NominationObstacle:
    """Put the candidate on the ballot.

    Where a finding is not satisfied or unknown, people may know better than the extract, but must write why.
    """
    obstacle = _undecidable(nomination, ballot_fixed=ballot_fixed)
    if obstacle is None and verdict(findings) is not True:
        obstacle = _reason_missing(decision)
    return obstacle or replace(nomination, state=NominationState.ACCEPTED, decision=decision)


def refuse(nomination: Nomination, decision: Decision, *, ballot_fixed: bool) -> Nomination | NominationObstacle:
    """Turn the candidate down (KRVL § 28 by analogy), always with a reason."""
    obstacle = _undecidable(nomination, ballot_fixed=ballot_fixed) or _reason_missing(decision)
    return obstacle or replace(nomination, state=NominationState.REFUSED, decision=decision)


def withdraw(nomination: Nomination, decision: Decision, *, ballot_fixed: bool) -> Nomination | NominationObstacle:
    """Let a candidate step back; she need not say why.

    From the moment the ballot is fixed it stays as it is, and who no longer wants the seat leaves it to the
    substitute.
    """
    obstacle = _gone(nomination, ballot_fixed=ballot_fixed)
    return obstacle or replace(nomination, state=NominationState.WITHDRAWN, decision=decision)


def change(
    nomination: Nomination, rules: NominationRules, at: datetime, *, ballot_fixed: bool
) -> Nomination | NominationObstacle:
    """Let the candidate change what she sent in, until the deadline; it is then decided afresh.

    An accepted one too: a change that nobody has looked at must not reach the ballot.
    """
    obstacle = _gone(nomination, ballot_fixed=ballot_fixed)
    if obstacle is not None:
        return obstacle
    if not is_within(at, rules.closes):
        return NominationObstacle.LATE
    return replace(nomination, state=NominationState.SUBMITTED, decision=None)


def return_for_cure(
    nomination: Nomination, decision: Decision, rules: NominationRules, *, ballot_fixed: bool
) -> Nomination | NominationObstacle:
    """Send a nomination back with a defect notice that says what is to be mended.

    Only a submitted one, and only while there is time to mend it: `[nomination] cure_until`, counted as `closes` is.
    """
    if nomination.state is NominationState.RETURNED:
        return NominationObstacle.ALREADY_DECIDED
    obstacle = _undecidable(nomination, ballot_fixed=ballot_fixed) or _reason_missing(decision)
    if obstacle is None and not is_within(decision.decided_at, rules.cure_until):
        obstacle = NominationObstacle.CURE_PERIOD_OVER
    return obstacle or replace(nomination, state=NominationState.RETURNED, decision=decision)


def cure(
    nomination: Nomination, rules: NominationRules, at: datetime, *, ballot_fixed: bool
) -> Nomination | NominationObstacle:
    """Take in what was missing or wrong: the nomination is to be decided afresh.

    After the deadline that is open to those alone who were sent a defect notice, until `cure_until`. Anyone else
    would get more time for her text than the others had.
    """
    obstacle = _gone(nomination, ballot_fixed=ballot_fixed)
    if obstacle is not None:
        return obstacle
    if nomination.state is not NominationState.RETURNED:
        return NominationObstacle.NOTHING_TO_CURE
    if not is_within(at, rules.cure_until):
        return NominationObstacle.CURE_PERIOD_OVER
    return replace(nomination, state=NominationState.SUBMITTED, decision=None)


def may_change_presentation(nomination: Nomination, rules: NominationRules, at: datetime, *, opened: bool) -> bool:
    """Whether what voters read (name, group, texts, photograph) may be other than it was sent before.

    Until the deadline for everybody. After it only for whoever was sent a defect notice that opened it (`opened`),
    because that is where the defect is: whoever forgot to tick a box does not get days more for her text, with
    everybody else's to read.
    """
    if is_within(at, rules.closes):
        return True
    return opened and nomination.state is NominationState.RETURNED and is_within(at, rules.cure_until)


def reopen(nomination: Nomination, decision: Decision, *, ballot_fixed: bool) -> Nomination | NominationObstacle:
    """Take a decision back, with a reason: a complaint was upheld, or somebody turned out not to be eligible.

    The nomination is then to be decided afresh (KRVL § 28: who is not eligible is struck before the vote).
    """
    obstacle = _gone(nomination, ballot_fixed=ballot_fixed)
    if obstacle is not None:
        return obstacle
    if nomination.state not in {NominationState.ACCEPTED, NominationState.REFUSED}:
        return NominationObstacle.NOT_DECIDED
    return _reason_missing(decision) or replace(nomination, state=NominationState.SUBMITTED, decision=decision)


def is_within(at: datetime, deadline: datetime) -> bool:
    """Whether an instant is in time: the second that the rules name is in to its end, because receipts show seconds."""
    return at < deadline + timedelta(seconds=1)


def _gone(nomination: Nomination, *, ballot_fixed: bool) -> NominationObstacle | None:
    """A late nomination and one withdrawn are over, and a fixed ballot ends it for all."""
    match nomination.state:
        case NominationState.LATE:
            return NominationObstacle.LATE
        case NominationState.WITHDRAWN:
            return NominationObstacle.WITHDRAWN
        case _:
            return NominationObstacle.BALLOT_FIXED if ballot_fixed else None


def _undecidable(nomination: Nomination, *, ballot_fixed: bool) -> NominationObstacle | None:
    """Only a nomination that waits is decided, mended or not, and only before the ballot is fixed."""
    match nomination.state:
        case NominationState.SUBMITTED | NominationState.RETURNED:
            return NominationObstacle.BALLOT_FIXED if ballot_fixed else None
        case NominationState.LATE:
            return NominationObstacle.LATE
        case NominationState.WITHDRAWN:
            return NominationObstacle.WITHDRAWN
        case NominationState.ACCEPTED | NominationState.REFUSED:
            return NominationObstacle.ALREADY_DECIDED


def _reason_missing(decision: Decision) -> NominationObstacle | None:
    return None if decision.reason.strip() else NominationObstacle.REASON_MISSING


def _require_aware(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
