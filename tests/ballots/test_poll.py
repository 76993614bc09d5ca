"""A poll takes its steps in order, and every obstacle to a step is named at once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.poll import (
    CloseFacts,
    CountFacts,
    DoorsFacts,
    FreezeFacts,
    Obstacle,
    ObstacleCode,
    OpenFacts,
    PollState,
    Report,
    SealFacts,
    Trail,
    may_close,
    may_close_doors,
    may_count,
    may_freeze,
    may_open,
    may_seal,
)

READY_TO_FREEZE = FreezeFacts(
    state=PollState.PREPARING,
    rules_present=True,
    nominations_over=True,
    accepted=1,
    undecided=0,
    uncontested=False,
    similar_pairs=0,
    order_settled=True,
    key_ready=True,
    slips_printed=1,
    credentials=1,
)
READY_TO_OPEN = OpenFacts(
    state=PollState.FROZEN,
    seal_intact=True,
    ballots=0,
    admissions=0,
    slips_issued=0,
    rehearsal_leftovers=0,
    present=2,
    zero_report=Report.FITS,
    too_early=False,
)
READY_TO_SHUT = DoorsFacts(state=PollState.OPEN, doors_closed=False, present=2, too_early=False)
READY_TO_CLOSE = CloseFacts(state=PollState.OPEN, doors_closed=True, present=2)
READY_TO_SEAL = SealFacts(
    state=PollState.CLOSED,
    urn_intact=True,
    present=2,
    uncounted=0,
    unexplained=0,
    paper_uncounted=0,
    paper_unexplained=0,
    result_known=False,
)
READY_TO_COUNT = CountFacts(
    state=PollState.CLOSED,
    urn_intact=True,
    unexplained=0,
    paper_unexplained=0,
    paper_ballots_uncounted=False,
    urn_report=Report.FITS,
)

FREEZE_FAULTS = {
    "state": (PollState.FROZEN, Obstacle(ObstacleCode.NOT_PREPARING)),
    "rules_present": (False, Obstacle(ObstacleCode.RULES_MISSING)),
    "nominations_over": (False, Obstacle(ObstacleCode.NOMINATIONS_OPEN)),
    "accepted": (0, Obstacle(ObstacleCode.NO_CANDIDATES)),
    "undecided": (2, Obstacle(ObstacleCode.UNDECIDED_NOMINATIONS, 2)),
    "uncontested": (True, Obstacle(ObstacleCode.UNCONTESTED)),
    "similar_pairs": (3, Obstacle(ObstacleCode.SIMILAR_NAMES, 3)),
    "order_settled": (False, Obstacle(ObstacleCode.LOT_NOT_DRAWN)),
    "key_ready": (False, Obstacle(ObstacleCode.KEY_MISSING)),
    "stopped": (1, Obstacle(ObstacleCode.SETUP_STOPPED, 1)),
    "untried": (2, Obstacle(ObstacleCode.TRIAL_MISSING, 2)),
    "credentials": (4, Obstacle(ObstacleCode.CREDENTIALS_DIFFER_FROM_SLIPS, 3)),
}
OPEN_FAULTS = {
    "state": (PollState.PREPARING, Obstacle(ObstacleCode.NOT_FROZEN)),
    "seal_intact": (False, Obstacle(ObstacleCode.SEAL_BROKEN)),
    "stopped": (1, Obstacle(ObstacleCode.SETUP_STOPPED, 1)),
    "unconfirmed": (2, Obstacle(ObstacleCode.SETUP_UNCONFIRMED, 2)),
    "ballots": (1, Obstacle(ObstacleCode.BALLOTS_IN_URN, 1)),
    "admissions": (1, Obstacle(ObstacleCode.ADMISSIONS_LEFT, 1)),
    "slips_issued": (1, Obstacle(ObstacleCode.SLIPS_ALREADY_ISSUED, 1)),
    "rehearsal_leftovers": (1, Obstacle(ObstacleCode.REHEARSAL_LEFTOVERS, 1)),
    "present": (1, Obstacle(ObstacleCode.TOO_FEW_PRESENT, 1)),
    "zero_report": (Report.STALE, Obstacle(ObstacleCode.REPORT_STALE)),
    "too_early": (True, Obstacle(ObstacleCode.BEFORE_TIME)),
}
EVENING = {
    "doors": (
        may_close_doors,
        READY_TO_SHUT,
        {
            "state": (PollState.FROZEN, Obstacle(ObstacleCode.NOT_OPEN)),
            "doors_closed": (True, Obstacle(ObstacleCode.DOORS_CLOSED)),
            "present": (0, Obstacle(ObstacleCode.TOO_FEW_PRESENT, 0)),
            "too_early": (True, Obstacle(ObstacleCode.BEFORE_TIME)),
        },
    ),
    "close": (
        may_close,
        READY_TO_CLOSE,
        {
            "state": (PollState.CLOSED, Obstacle(ObstacleCode.NOT_OPEN)),
            "doors_closed": (False, Obstacle(ObstacleCode.DOORS_OPEN)),
            "present": (1, Obstacle(ObstacleCode.TOO_FEW_PRESENT, 1)),
        },
    ),
    "seal": (
        may_seal,
        READY_TO_SEAL,
        {
            "state": (PollState.OPEN, Obstacle(ObstacleCode.NOT_CLOSED)),
            "urn_intact": (False, Obstacle(ObstacleCode.URN_CHANGED)),
            "present": (1, Obstacle(ObstacleCode.TOO_FEW_PRESENT, 1)),
            "uncounted": (2, Obstacle(ObstacleCode.BOXES_UNCOUNTED, 2)),
            "unexplained": (3, Obstacle(ObstacleCode.DIFFERENCES_UNEXPLAINED, 3)),
            "paper_uncounted": (1, Obstacle(ObstacleCode.PAPER_BOXES_UNCOUNTED, 1)),
            "paper_unexplained": (2, Obstacle(ObstacleCode.PAPER_DIFFERENCES_UNEXPLAINED, 2)),
            "result_known": (True, Obstacle(ObstacleCode.RESULT_KNOWN)),
        },
    ),
    "count": (
        may_count,
        READY_TO_COUNT,
        {
            "state": (PollState.OPEN, Obstacle(ObstacleCode.NOT_CLOSED)),
            "urn_intact": (False, Obstacle(ObstacleCode.URN_CHANGED)),
            "unexplained": (1, Obstacle(ObstacleCode.DIFFERENCES_UNEXPLAINED, 1)),
            "paper_unexplained": (1, Obstacle(ObstacleCode.PAPER_DIFFERENCES_UNEXPLAINED, 1)),
            "paper_ballots_uncounted": (True, Obstacle(ObstacleCode.PAPER_BALLOTS_UNCOUNTED)),
            "paper_record": (Trail.UNCOUNTED, Obstacle(ObstacleCode.PAPER_RECORD_UNCOUNTED)),
            "urn_report": (Report.MISSING, Obstacle(ObstacleCode.REPORT_MISSING)),
        },
    ),
}


def test_nothing_stands_in_the_way_of_what_is_ready():
    """One candidate, one slip and one credential are enough to freeze, and an untouched poll opens."""
    assert may_freeze(READY_TO_FREEZE) == ()
    assert may_open(READY_TO_OPEN) == ()
    assert all(may(ready) == () for may, ready, _faults in EVENING.values())


@given(st.sets(st.sampled_from(sorted(FREEZE_FAULTS))))
def test_every_obstacle_to_freezing_is_named(faults):
    """Whatever is missing in whatever combination, exactly that is named."""
    facts = replace(READY_TO_FREEZE, **{name: FREEZE_FAULTS[name][0] for name in faults})
    assert set(may_freeze(facts)) == {FREEZE_FAULTS[name][1] for name in faults}


@given(st.sets(st.sampled_from(sorted(OPEN_FAULTS))))
def test_every_obstacle_to_opening_is_named(faults):
    """A single ballot, admission, issued slip or leftover keeps the poll shut, and each is named."""
    facts = replace(READY_TO_OPEN, **{name: OPEN_FAULTS[name][0] for name in faults})
    assert set(may_open(facts)) == {OPEN_FAULTS[name][1] for name in faults}


@given(st.data())
@pytest.mark.parametrize("step", sorted(EVENING))
def test_every_obstacle_of_the_evening_is_named(step, data):
    """To shut the doors, to close, to seal and to count: whatever is missing in whatever combination, that is named."""
    may, ready, known = EVENING[step]
    faults = data.draw(st.sets(st.sampled_from(sorted(known))))
    facts = replace(ready, **{name: known[name][0] for name in faults})
    assert set(may(facts)) == {known[name][1] for name in faults}


def test_without_slips_nothing_is_frozen():
    """No slip printed is an obstacle of its own, also when there are no credentials either."""
    facts = replace(READY_TO_FREEZE, slips_printed=0, credentials=0)
    assert may_freeze(facts) == (Obstacle(ObstacleCode.NO_SLIPS),)


@pytest.mark.parametrize("credentials", [299, 301])
def test_slips_and_credentials_agree(credentials):
    """One credential too few or too many is named with the difference."""
    facts = replace(READY_TO_FREEZE, slips_printed=300, credentials=credentials)
    assert may_freeze(facts) == (Obstacle(ObstacleCode.CREDENTIALS_DIFFER_FROM_SLIPS, 1),)


@pytest.mark.parametrize("state", list(PollState))
def test_each_step_has_one_state_to_start_from(state):
    """Freezing starts from preparing, opening from frozen, closing from open, and from nowhere else."""
    frozen = may_freeze(replace(READY_TO_FREEZE, state=state)) == ()
    opened = may_open(replace(READY_TO_OPEN, state=state)) == ()
    closed = may_close(replace(READY_TO_CLOSE, state=state)) == ()
    assert (frozen, opened, closed) == (
        state is PollState.PREPARING,
        state is PollState.FROZEN,
        state is PollState.OPEN,
    )


@pytest.mark.parametrize("state", [PollState.PREPARING, PollState.FROZEN, PollState.CLOSED])
def test_closing_what_is_not_open_is_named(state):
    """A poll that is not open cannot be closed, and one that is closed cannot be closed again."""
    assert may_close(replace(READY_TO_CLOSE, state=state)) == (Obstacle(ObstacleCode.NOT_OPEN),)


@pytest.mark.parametrize(
    ("step", "ready"), [(may_freeze, READY_TO_FREEZE), (may_open, READY_TO_OPEN), (may_count, READY_TO_COUNT)]
)
def test_an_annulled_election_takes_no_step_further(step, ready):
    """What does not stand is not frozen, opened or counted, and that is the first thing said; the urn stays closed."""
    assert step(ready) == ()
    assert step(replace(ready, annulled=True)) == (Obstacle(ObstacleCode.ANNULLED),)
