"""Every step of a nomination's life is tried from every state, in time and late, before and after the ballot is fixed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.eligibility import Finding, FindingCode
from candidates.extension import reinstate
from candidates.nomination import (
    Decision,
    Nomination,
    NominationObstacle,
    NominationState,
    accept,
    change,
    cure,
    refuse,
    reopen,
    return_for_cure,
    withdraw,
)

S, R, A, F, L, W = (
    NominationState.SUBMITTED,
    NominationState.RETURNED,
    NominationState.ACCEPTED,
    NominationState.REFUSED,
    NominationState.LATE,
    NominationState.WITHDRAWN,
)
STATES = (S, R, A, F, L, W)
DECIDED = NominationObstacle.ALREADY_DECIDED
UNDECIDED = NominationObstacle.NOT_DECIDED
LATE = NominationObstacle.LATE
GONE = NominationObstacle.WITHDRAWN
WELL = NominationObstacle.NOTHING_TO_CURE
OVER = NominationObstacle.CURE_PERIOD_OVER
FIXED = NominationObstacle.BALLOT_FIXED
SILENT = NominationObstacle.REASON_MISSING

BEFORE = datetime(2021, 11, 10, 9, tzinfo=UTC)
BETWEEN = datetime(2021, 11, 17, 9, tzinfo=UTC)
AFTER = datetime(2021, 11, 18, 11, 0, 1, tzinfo=UTC)
FINE = (Finding(FindingCode.AGE, satisfied=True),)
OPEN = (Finding(FindingCode.RESIDENCE, satisfied=None),)
STEPS = ("accept", "refuse", "withdraw", "change", "return", "cure", "reopen")

# One row for each step, one column for each state in the order of STATES: the state that follows, or why none does.
IN_TIME = {
    "accept": (A, A, DECIDED, DECIDED, LATE, GONE),
    "refuse": (F, F, DECIDED, DECIDED, LATE, GONE),
    "withdraw": (W, W, W, W, LATE, GONE),
    "change": (S, S, S, S, LATE, GONE),
    "return": (R, DECIDED, DECIDED, DECIDED, LATE, GONE),
    "cure": (WELL, S, WELL, WELL, LATE, GONE),
    "reopen": (UNDECIDED, UNDECIDED, S, S, LATE, GONE),
}
AFTER_CLOSING = IN_TIME | {"change": (LATE, LATE, LATE, LATE, LATE, GONE)}
AFTER_CURING = AFTER_CLOSING | {
    "return": (OVER, DECIDED, DECIDED, DECIDED, LATE, GONE),
    "cure": (WELL, OVER, WELL, WELL, LATE, GONE),
}
BALLOT_FIXED = dict.fromkeys(STEPS, (FIXED, FIXED, FIXED, FIXED, LATE, GONE)) | {
    "accept": (FIXED, FIXED, DECIDED, DECIDED, LATE, GONE),
    "refuse": (FIXED, FIXED, DECIDED, DECIDED, LATE, GONE),
    "return": (FIXED, DECIDED, DECIDED, DECIDED, LATE, GONE),
}
WITHOUT_A_REASON = IN_TIME | {
    "refuse": (SILENT, SILENT, DECIDED, DECIDED, LATE, GONE),
    "return": (SILENT, DECIDED, DECIDED, DECIDED, LATE, GONE),
    "reopen": (UNDECIDED, UNDECIDED, SILENT, SILENT, LATE, GONE),
}
AGAINST_A_FINDING = WITHOUT_A_REASON | {"accept": (SILENT, SILENT, DECIDED, DECIDED, LATE, GONE)}


def take(step, nomination, rules, at, *, fixed=False, reason="Fordi", findings=FINE):
    """Take one of the steps at an instant."""
    decision = Decision("Sekretariatet", at, reason)
    taken = {
        "accept": lambda: accept(nomination, decision, findings, ballot_fixed=fixed),
        "refuse": lambda: refuse(nomination, decision, ballot_fixed=fixed),
        "withdraw": lambda: withdraw(nomination, decision, ballot_fixed=fixed),
        "change": lambda: change(nomination, rules, at, ballot_fixed=fixed),
        "return": lambda: return_for_cure(nomination, decision, rules, ballot_fixed=fixed),
        "cure": lambda: cure(nomination, rules, at, ballot_fixed=fixed),
        "reopen": lambda: reopen(nomination, decision, ballot_fixed=fixed),
    }
    return taken[step]()


def row(step, rules, at, **circumstances):
    """What a step answers from each state: the new state, or the obstacle."""
    answers = (take(step, Nomination(state, BEFORE), rules, at, **circumstances) for state in STATES)
    return tuple(answer.state if isinstance(answer, Nomination) else answer for answer in answers)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("table", "at", "circumstances"),
    [
        pytest.param(IN_TIME, BEFORE, {}, id="in time"),
        pytest.param(AFTER_CLOSING, BETWEEN, {}, id="after closing"),
        pytest.param(AFTER_CURING, AFTER, {}, id="after the cure period"),
        pytest.param(BALLOT_FIXED, BEFORE, {"fixed": True}, id="ballot fixed"),
        pytest.param(WITHOUT_A_REASON, BEFORE, {"reason": " \n"}, id="without a reason"),
        pytest.param(AGAINST_A_FINDING, BEFORE, {"reason": "", "findings": OPEN}, id="against a finding"),
    ],
)
def test_every_step_from_every_state(nominations, step, table, at, circumstances):
    """Each step leads from each state where the table says, or is answered with the table's obstacle."""
    assert row(step, nominations, at, **circumstances) == table[step]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_the_instant_of_submission_stays(nominations, step, state):
    """Whoever came in time came in time: no step changes when a nomination was submitted."""
    before = Nomination(state, BEFORE)
    after = take(step, before, nominations, BETWEEN)
    if isinstance(after, Nomination):
        assert after.submitted_at == BEFORE


@pytest.mark.parametrize("step", ["change", "cure"])
def test_what_the_candidate_mends_carries_no_old_decision(nominations, step):
    """A nomination that she sends anew waits without the decision about what she sent before."""
    returned = Nomination(R, BEFORE, Decision("Sekretariatet", BEFORE, "Billedet mangler"))
    assert take(step, returned, nominations, BEFORE) == Nomination(S, BEFORE)


@given(
    start=st.sampled_from(STATES),
    steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 12), st.booleans()), max_size=8),
)
def test_late_and_withdrawn_are_ends(nominations, start, steps):
    """No sequence of steps at any days leads out of late or withdrawn, or anywhere once the ballot is fixed."""
    current, fixed = Nomination(start, BEFORE), False
    for step, days, freeze in steps:
        fixed = fixed or freeze
        answer = take(step, current, nominations, BEFORE + timedelta(days=days), fixed=fixed)
        if fixed or current.state in {L, W}:
            assert isinstance(answer, NominationObstacle)
        if isinstance(answer, Nomination):
            current = answer
    assert start is not L or current.state is L


@pytest.mark.parametrize("state", STATES)
def test_only_the_late_are_reinstated(nominations, state):
    """An extension takes in those who were late and leaves everybody else where they stand."""
    standing = Nomination(state, BEFORE)
    assert reinstate(standing, nominations) == (Nomination(S, BEFORE) if state is L else standing)
