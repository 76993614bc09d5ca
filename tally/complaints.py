"""A complaint (valgklage) goes from the door to the decision and is closed only when what was decided has been done.

Any voter may complain in writing (KRVL § 93 by analogy). The byråd decides at a meeting after the deadline: it rejects
the complaint, corrects the outcome, or orders a new election. Where one person's election is set aside her substitute
enters (§ 96), which is a correction too. A decision may be brought before another authority, which decides again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tally.deadlines import appeals_end, copenhagen_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


class Subject(StrEnum):
    """What a complaint is about; the words themselves are free (Gribskov 2013: two limits for candidates' texts)."""

    CANDIDATES = "candidates"
    EQUAL_TREATMENT = "equal_treatment"
    ROLL = "roll"
    POLLING = "polling"
    COUNT = "count"
    OTHER = "other"


class StepKind(StrEnum):
    """What is done with a complaint."""

    ACKNOWLEDGED = "acknowledged"
    """Whoever complained was told that it has come (kvittering)."""
    PUT_FORWARD = "put_forward"
    """It was put on the agenda of the body that decides, with the statement of the board."""
    DECIDED = "decided"
    CARRIED_OUT = "carried_out"
    """What was decided has been done: a new version of the record, a substitute has entered, the election is annulled."""
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What was decided."""

    REJECTED = "rejected"
    CORRECTED = "corrected"
    NEW_ELECTION = "new_election"


NEEDS_TWO = frozenset({StepKind.DECIDED, StepKind.CARRIED_OUT, StepKind.WITHDRAWN})
"""What decides a complaint or closes it is entered by one official and confirmed by another."""


class Remedy(StrEnum):
    """How an outcome is corrected."""

    RECORD = "record"
    """The record (valgprotokol) is drawn up in a new version."""
    SUBSTITUTE = "substitute"
    """One person's election is set aside, and her substitute enters (§ 96)."""


class State(StrEnum):
    """How far a complaint has come."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    PUT_FORWARD = "put_forward"
    DECIDED = "decided"
    CARRIED_OUT = "carried_out"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class Obstacle(StrEnum):
    """Why a step is not taken."""

    WRONG_ORDER = "wrong_order"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_IT_CAME = "before_it_came"
    OUTCOME_MISSING = "outcome_missing"
    REMEDY_MISSING = "remedy_missing"
    CANDIDATE_MISSING = "candidate_missing"
    NO_NEW_VERSION = "no_new_version"
    """The record has no version that was drawn up after the decision."""
    NOT_ANNULLED = "not_annulled"
    STILL_SITS = "still_sits"
    """Whose election is set aside has not left her seat."""


class Caution(StrEnum):
    """What is unusual and yet may be so: whoever enters it says that she has seen it."""

    BEFORE_DEADLINE = "before_deadline"
    """The meeting was held while others could still complain (§ 93: after the deadline)."""
    APPEAL_LATE = "appeal_late"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: on which `day` (of the Copenhagen clock), and for a decision what it was.

    `remedy` stands where the outcome is corrected, and `candidate` (c7) where that sets her election aside.
    """

    kind: StepKind
    day: date
    outcome: Outcome | None = None
    remedy: Remedy | None = None
    candidate: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when a step is to be taken on a complaint that came at `received_at`; `now` is an aware instant.

    `last_day` and `appeal_days` are those of the rules. `drawn_since` tells that the record was drawn up anew after the
    decision was entered, `annulled` that the election is, `still_sits` that whoever it sets aside has not left her seat.
    """

    received_at: datetime
    now: datetime
    last_day: date
    appeal_days: int
    drawn_since: bool
    annulled: bool
    still_sits: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands in the way of a step, and what is unusual about it."""

    obstacles: tuple[Obstacle, ...]
    cautions: tuple[Caution, ...]


_UNDECIDED = frozenset({State.RECEIVED, State.ACKNOWLEDGED, State.PUT_FORWARD})
_FROM = {
    StepKind.ACKNOWLEDGED: frozenset({State.RECEIVED}),
    StepKind.PUT_FORWARD: frozenset({State.RECEIVED, State.ACKNOWLEDGED}),
    StepKind.DECIDED: frozenset({State.PUT_FORWARD, State.APPEALED}),
    StepKind.CARRIED_OUT: frozenset({State.DECIDED}),
    StepKind.APPEALED: frozenset({State.DECIDED, State.CARRIED_OUT}),
    StepKind.WITHDRAWN: _UNDECIDED,
}
"""From which states each step can be taken; nothing leads on from a complaint that was withdrawn."""

_Effect = tuple[Outcome, Remedy | None, str | None]


def state_of(steps: Sequence[Step]) -> State:
    """How far a complaint has come by its steps, in their order."""
    return State(steps[-1].kind.value) if steps else State.RECEIVED


def decision_of(steps: Sequence[Step]) -> Step | None:
    """The decision that stands: the latest, for an authority that decides again takes the place of the one before."""
    return next((one for one in reversed(steps) if one.kind is StepKind.DECIDED), None)


def is_open(steps: Sequence[Step]) -> bool:
    """Whether anything final must wait: not decided, not carried out, or brought before another authority."""
    match state_of(steps):
        case State.WITHDRAWN | State.CARRIED_OUT:
            return False
        case State.DECIDED:
            return _is_undone(steps)
        case _:
            return True


def next_steps(steps: Sequence[Step]) -> tuple[StepKind, ...]:
    """What can be done now, in the order in which it is usually done."""
    state = state_of(steps)
    possible = (kind for kind in StepKind if state in _FROM[kind])
    return tuple(kind for kind in possible if kind is not StepKind.CARRIED_OUT or _is_undone(steps))


def judge(steps: Sequence[Step], step: Step, facts: Facts) -> Judged:
    """Hold a step against what has been done and what is known; nothing in the way means that it may be taken."""
    checks = (
        (step.kind not in next_steps(steps), Obstacle.WRONG_ORDER),
        (step.day > copenhagen_day(facts.now), Obstacle.IN_THE_FUTURE),
        (step.day < _earliest(steps, facts), Obstacle.BEFORE_IT_CAME),
        *(_decision_checks(step) if step.kind is StepKind.DECIDED else ()),
        *(_effect_checks(steps, facts) if step.kind is StepKind.CARRIED_OUT else ()),
    )
    return Judged(tuple(found for stands, found in checks if stands), _cautions(steps, step, facts))


def appeal_until(steps: Sequence[Step], appeal_days: int) -> date | None:
    """The last day on which the decision that stands can be brought before another authority; None before a decision."""
    decision = decision_of(steps)
    return None if decision is None else appeals_end(decision.day, appeal_days)


def _is_undone(steps: Sequence[Step]) -> bool:
    """Whether the decision asks for something else than what has been done: a rejection for nothing, unless after an appeal.

    An authority that upholds a correction which was carried out leaves nothing to do; one that takes it back does.
    """
    return _effect(decision_of(steps)) != _effect(_carried_out(steps))


def _carried_out(steps: Sequence[Step]) -> Step | None:
    """The decision that was carried out last, None where none was."""
    done = [place for place, one in enumerate(steps) if one.kind is StepKind.CARRIED_OUT]
    return decision_of(steps[: done[-1]]) if done else None


def _effect(decision: Step | None) -> _Effect | None:
    if decision is None or decision.outcome in {None, Outcome.REJECTED}:
        return None
    return decision.outcome, decision.remedy, decision.candidate


def _earliest(steps: Sequence[Step], facts: Facts) -> date:
    """No step was taken before those it follows, nor before the complaint was there."""
    return max([copenhagen_day(facts.received_at), *(one.day for one in steps)])


def _decision_checks(step: Step) -> tuple[tuple[bool, Obstacle], ...]:
    corrected = step.outcome is Outcome.CORRECTED
    return (
        (step.outcome is None, Obstacle.OUTCOME_MISSING),
        (corrected and step.remedy is None, Obstacle.REMEDY_MISSING),
        (corrected and step.remedy is Remedy.SUBSTITUTE and not step.candidate, Obstacle.CANDIDATE_MISSING),
    )


def _effect_checks(steps: Sequence[Step], facts: Facts) -> tuple[tuple[bool, Obstacle], ...]:
    """A record that was corrected, or is put back after an appeal, has a new version; a new election an annulment."""
    decision, before = decision_of(steps), _carried_out(steps)
    of_record = any(one is not None and one.remedy is Remedy.RECORD for one in (decision, before))
    anew = decision is not None and decision.outcome is Outcome.NEW_ELECTION
    of_one = decision is not None and decision.remedy is Remedy.SUBSTITUTE
    return (
        (of_record and not facts.drawn_since, Obstacle.NO_NEW_VERSION),
        (anew and not facts.annulled, Obstacle.NOT_ANNULLED),
        (of_one and facts.still_sits, Obstacle.STILL_SITS),
    )


def _cautions(steps: Sequence[Step], step: Step, facts: Facts) -> tuple[Caution, ...]:
    until = appeal_until(steps, facts.appeal_days)
    early = step.kind is StepKind.DECIDED and step.day <= facts.last_day
    late = step.kind is StepKind.APPEALED and facts.appeal_days > 0 and until is not None and step.day > until
    found = ((early, Caution.BEFORE_DEADLINE), (late, Caution.APPEAL_LATE))
    return tuple(caution for stands, caution in found if stands)
