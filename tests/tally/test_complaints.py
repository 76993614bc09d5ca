"""A complaint is taken step by step, and is closed only once what was decided has been done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.complaints import (
    NEEDS_TWO,
    Caution,
    Facts,
    Obstacle,
    Outcome,
    Remedy,
    State,
    Step,
    StepKind,
    appeal_until,
    decision_of,
    is_open,
    judge,
    next_steps,
    state_of,
)

CAME = datetime(2021, 11, 29, 22, 59, 59, tzinfo=UTC)  # one second before midnight in Copenhagen
LAST_DAY, MEETING = date(2021, 11, 30), date(2021, 12, 14)
FACTS = Facts(CAME, datetime(2021, 12, 31, 12, tzinfo=UTC), LAST_DAY, 14, drawn_since=False, annulled=False)
READY = (Step(StepKind.ACKNOWLEDGED, date(2021, 11, 30)), Step(StepKind.PUT_FORWARD, date(2021, 12, 7)))


def decided(outcome, remedy=None, candidate=None, day=MEETING):
    return Step(StepKind.DECIDED, day, outcome, remedy, candidate)


REJECTED = decided(Outcome.REJECTED)
RECORD = decided(Outcome.CORRECTED, Remedy.RECORD)
SUBSTITUTE = decided(Outcome.CORRECTED, Remedy.SUBSTITUTE, "c7")
ANEW = decided(Outcome.NEW_ELECTION)
DONE, APPEALED = Step(StepKind.CARRIED_OUT, MEETING), Step(StepKind.APPEALED, MEETING)
EFFECTIVE = (RECORD, SUBSTITUTE, ANEW)


@pytest.mark.parametrize(
    ("steps", "state", "stays_open"),
    [
        ((), State.RECEIVED, True),
        (READY[:1], State.ACKNOWLEDGED, True),
        (READY, State.PUT_FORWARD, True),
        ((*READY, REJECTED), State.DECIDED, False),
        ((*READY, RECORD), State.DECIDED, True),
        ((*READY, SUBSTITUTE), State.DECIDED, True),
        ((*READY, ANEW), State.DECIDED, True),
        ((*READY, RECORD, DONE), State.CARRIED_OUT, False),
        ((*READY, REJECTED, APPEALED), State.APPEALED, True),
        ((*READY, RECORD, DONE, APPEALED), State.APPEALED, True),
        ((*READY[:1], Step(StepKind.WITHDRAWN, MEETING)), State.WITHDRAWN, False),
    ],
)
def test_everything_final_waits_until_it_is_settled(steps, state, stays_open):
    """Open from the door until it is rejected, carried out or withdrawn, and open again while another authority has it."""
    assert state_of(steps) is state
    assert is_open(steps) is stays_open


@pytest.mark.parametrize(
    ("before", "after", "stays_open"),
    [
        (RECORD, RECORD, False),
        (RECORD, REJECTED, True),
        (RECORD, ANEW, True),
        (SUBSTITUTE, replace(SUBSTITUTE, candidate="c2"), True),
        (SUBSTITUTE, SUBSTITUTE, False),
    ],
)
def test_what_was_carried_out_and_is_upheld_is_not_done_twice(before, after, stays_open):
    """After an appeal the house has something to do exactly where the new decision asks for something else."""
    steps = (*READY, before, DONE, APPEALED, after)
    assert is_open(steps) is stays_open
    assert (StepKind.CARRIED_OUT in next_steps(steps)) is stays_open
    assert decision_of(steps) == after


def test_what_stands_is_held_against_what_was_done_last():
    """A correction that was made, struck by one authority before anybody annulled, and upheld by the next leaves nothing to do."""
    steps = (*READY, RECORD, DONE, APPEALED, ANEW, APPEALED)
    assert not is_open((*steps, RECORD))
    assert is_open((*steps, REJECTED))


@pytest.mark.parametrize("decision", EFFECTIVE)
def test_a_correction_counts_only_when_it_is_made(decision):
    """A record without a new version, an election that is not annulled, or a member who still sits, leaves the complaint open; made, it closes it."""
    steps = (*READY, decision)
    wanted = {RECORD: Obstacle.NO_NEW_VERSION, ANEW: Obstacle.NOT_ANNULLED, SUBSTITUTE: Obstacle.STILL_SITS}[decision]
    assert judge(steps, DONE, replace(FACTS, still_sits=True)).obstacles == (wanted,)
    made = replace(FACTS, drawn_since=decision is RECORD, annulled=decision is ANEW)
    assert judge(steps, DONE, made).obstacles == ()


def test_a_record_put_back_after_an_appeal_has_a_new_version_too():
    """Where the ministry takes a correction back, the record is drawn up once more before the complaint is closed."""
    steps = (*READY, RECORD, DONE, APPEALED, REJECTED)
    assert judge(steps, DONE, FACTS).obstacles == (Obstacle.NO_NEW_VERSION,)
    assert judge(steps, DONE, replace(FACTS, drawn_since=True)).obstacles == ()


@pytest.mark.parametrize(
    ("step", "obstacles"),
    [
        (Step(StepKind.DECIDED, MEETING), (Obstacle.OUTCOME_MISSING,)),
        (decided(Outcome.CORRECTED), (Obstacle.REMEDY_MISSING,)),
        (decided(Outcome.CORRECTED, Remedy.SUBSTITUTE), (Obstacle.CANDIDATE_MISSING,)),
        (decided(Outcome.REJECTED, day=date(2022, 1, 1)), (Obstacle.IN_THE_FUTURE,)),
        (decided(Outcome.REJECTED, day=date(2021, 12, 6)), (Obstacle.BEFORE_IT_CAME,)),
        (Step(StepKind.ACKNOWLEDGED, MEETING), (Obstacle.WRONG_ORDER,)),
        (DONE, (Obstacle.WRONG_ORDER,)),
    ],
)
def test_what_keeps_a_step_from_being_taken(step, obstacles):
    """Each alone is found, on a complaint that was acknowledged and put on the agenda on 7 December."""
    assert judge(READY, step, FACTS).obstacles == obstacles


def test_a_step_is_dated_today_at_the_latest_and_never_before_the_one_it_follows():
    """What was acknowledged on 7 December is put forward on that day or later, and today is no future."""
    acknowledged = (Step(StepKind.ACKNOWLEDGED, date(2021, 12, 7)),)
    forward = Step(StepKind.PUT_FORWARD, date(2021, 12, 7))
    assert judge(acknowledged, forward, FACTS).obstacles == ()
    assert judge(acknowledged, replace(forward, day=date(2021, 12, 31)), FACTS).obstacles == ()
    assert judge(acknowledged, replace(forward, day=date(2021, 12, 6)), FACTS).obstacles == (Obstacle.BEFORE_IT_CAME,)


def test_an_appeal_waits_for_nothing_to_be_carried_out():
    """Whoever appeals a correction need not wait until it is made."""
    assert judge((*READY, RECORD), APPEALED, FACTS).obstacles == ()


def test_nothing_is_done_before_the_complaint_came():
    """It came at 23.59.59 on 29 November: a step is dated that day or later."""
    step = Step(StepKind.ACKNOWLEDGED, date(2021, 11, 29))
    assert judge((), step, FACTS) == judge((), replace(step, day=date(2021, 11, 30)), FACTS)
    assert judge((), replace(step, day=date(2021, 11, 28)), FACTS).obstacles == (Obstacle.BEFORE_IT_CAME,)


@pytest.mark.parametrize(("day", "cautions"), [(LAST_DAY, (Caution.BEFORE_DEADLINE,)), (date(2021, 12, 1), ())])
def test_a_decision_before_the_deadline_is_said_to_be_unusual(day, cautions):
    """On the last day others may still complain (KRVL § 93): the meeting is the day after at the earliest."""
    early = replace(READY[1], day=date(2021, 11, 30))
    judged = judge((READY[0], early), decided(Outcome.REJECTED, day=day), FACTS)
    assert (judged.obstacles, judged.cautions) == ((), cautions)


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_an_appeal_after_its_days_is_said_to_be_late(days, late):
    """Fourteen days after the decision is in time; where the rules give none, nothing is said."""
    steps, step = (*READY, REJECTED), Step(StepKind.APPEALED, MEETING + timedelta(days=days))
    assert appeal_until(steps, 14) == date(2021, 12, 28)
    assert (Caution.APPEAL_LATE in judge(steps, step, FACTS).cautions) is late
    assert judge(steps, step, replace(FACTS, appeal_days=0)).cautions == ()
    assert judge(steps, step, replace(FACTS, appeal_days=1)).cautions == (Caution.APPEAL_LATE,)


kinds = st.lists(
    st.sampled_from([*READY, REJECTED, *EFFECTIVE, DONE, APPEALED, Step(StepKind.WITHDRAWN, MEETING)]), max_size=12
)


@given(kinds, st.booleans(), st.booleans())
def test_however_a_complaint_goes_it_is_never_closed_undecided(wanted, drawn_since, annulled):
    """Random lives: a closed complaint was withdrawn or decided, and what was decided was done; a withdrawn one goes nowhere."""
    facts, steps = replace(FACTS, drawn_since=drawn_since, annulled=annulled), ()
    for step in (replace(one, day=MEETING) for one in wanted):
        if not judge(steps, step, facts).obstacles:
            assert state_of(steps) is not State.WITHDRAWN
            steps = (*steps, step)
        decision = decision_of(steps)
        if not is_open(steps) and state_of(steps) is not State.WITHDRAWN:
            assert decision is not None
            assert decision.outcome is Outcome.REJECTED or any(one.kind is StepKind.CARRIED_OUT for one in steps)
        if is_open(steps):
            assert next_steps(steps)
        if decision is not None and decision.outcome is Outcome.NEW_ELECTION and not annulled:
            assert is_open(steps)


def test_what_decides_or_closes_takes_two():
    """One official alone cannot let anything final go on."""
    for steps in ((), READY[:1], READY, (*READY, RECORD), (*READY, REJECTED, APPEALED)):
        for kind in next_steps(steps):
            outcome = Outcome.REJECTED if kind is StepKind.DECIDED else None
            after = (*steps, Step(kind, MEETING, outcome))
            assert kind in NEEDS_TWO or is_open(after)
