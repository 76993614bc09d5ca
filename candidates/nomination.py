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

    There is none while it is submitted, nor for a late one, where the rule itself decides.
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
    BALLOT_FIXED = "ballot_fixed"


def submit(rules: NominationRules, at: datetime) -> Nomination | NominationObstacle:
    """Receive a nomination at an instant: in time, late but kept, or not yet possible.

    Deadlines are whole seconds on the Copenhagen clock, held as UTC. The second named in the rules is in to its
    end, because that is the time the receipt shows: 12:00:00 is in, 12:00:01 is late.
    """
    if at < rules.opens:
        return NominationObstacle.NOT_OPEN_YET
    in_time = _within(at, rules.closes)
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
    if nomination.state is NominationState.WITHDRAWN:
        return NominationObstacle.WITHDRAWN
    if nomination.state is NominationState.LATE:
        return NominationObstacle.LATE
    if ballot_fixed:
        return NominationObstacle.BALLOT_FIXED
    return replace(nomination, state=NominationState.WITHDRAWN, decision=decision)


def cure(
    nomination: Nomination, rules: NominationRules, at: datetime, *, ballot_fixed: bool
) -> Nomination | NominationObstacle:
    """Take in what was missing or wrong: a submitted or refused nomination is to be decided afresh.

    Open to nominations that came in time, until `[nomination] cure_until`, counted as `closes` is. An accepted
    one has nothing to cure, and a change to it would reach the ballot unseen.
    """
    if nomination.state not in {NominationState.SUBMITTED, NominationState.REFUSED}:
        return _undecidable(nomination, ballot_fixed=ballot_fixed) or NominationObstacle.ALREADY_DECIDED
    if ballot_fixed:
        return NominationObstacle.BALLOT_FIXED
    if not _within(at, rules.cure_until):
        return NominationObstacle.CURE_PERIOD_OVER
    return replace(nomination, state=NominationState.SUBMITTED, decision=None)


def _undecidable(nomination: Nomination, *, ballot_fixed: bool) -> NominationObstacle | None:
    """Only a submitted nomination is decided, and only before the ballot is fixed."""
    match nomination.state:
        case NominationState.SUBMITTED:
            return NominationObstacle.BALLOT_FIXED if ballot_fixed else None
        case NominationState.LATE:
            return NominationObstacle.LATE
        case NominationState.WITHDRAWN:
            return NominationObstacle.WITHDRAWN
        case NominationState.ACCEPTED | NominationState.REFUSED:
            return NominationObstacle.ALREADY_DECIDED


def _reason_missing(decision: Decision) -> NominationObstacle | None:
    return None if decision.reason.strip() else NominationObstacle.REASON_MISSING


def _within(at: datetime, deadline: datetime) -> bool:
    return at < deadline + timedelta(seconds=1)


def _require_aware(instant: datetime) -> None:
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
