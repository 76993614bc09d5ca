"""A nomination moves only along the lines of its life cycle, and to the second of its deadlines."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.eligibility import Finding, FindingCode
from candidates.nomination import (
    Decision,
    Nomination,
    NominationObstacle,
    NominationState,
    accept,
    cure,
    refuse,
    submit,
    withdraw,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
AT = datetime(2021, 11, 10, 9, tzinfo=UTC)
DECISION = Decision("Sekretariatet", AT, "Bopæl dokumenteret")
SILENT = Decision("Sekretariatet", AT, "  \n")
FINE = (Finding(FindingCode.AGE, satisfied=True),)
UNKNOWN = (Finding(FindingCode.RESIDENCE, satisfied=None),)
BROKEN = (Finding(FindingCode.RESIDENCE, satisfied=False),)

STATES = st.sampled_from(list(NominationState))


def nomination(state=NominationState.SUBMITTED):
    return Nomination(state, AT)


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        ("11:59:59", NominationState.SUBMITTED),
        ("12:00:00", NominationState.SUBMITTED),
        ("12:00:00.999999", NominationState.SUBMITTED),
        ("12:00:01", NominationState.LATE),
        ("12:00:02", NominationState.LATE),
    ],
)
def test_the_deadline_to_the_second(nominations, clock, state):
    """12:00:00 on the Copenhagen clock is in, 12:00:01 is late and kept."""
    at = datetime.fromisoformat(f"2021-11-16T{clock}").replace(tzinfo=COPENHAGEN)
    received = submit(nominations, at)
    assert received == Nomination(state, at)


def test_nothing_is_received_before_the_opening(nominations):
    """The first second of the period is in, the one before it is told to come back."""
    assert submit(nominations, nominations.opens - timedelta(microseconds=1)) is NominationObstacle.NOT_OPEN_YET
    assert submit(nominations, nominations.opens) == Nomination(NominationState.SUBMITTED, nominations.opens)


def test_acceptance_keeps_who_when_and_why():
    """An accepted nomination carries its decision and the time it was submitted."""
    accepted = accept(nomination(), DECISION, FINE, ballot_fixed=False)
    assert accepted == Nomination(NominationState.ACCEPTED, AT, DECISION)


@pytest.mark.parametrize("findings", [UNKNOWN, BROKEN, UNKNOWN + FINE])
def test_accepting_against_a_finding_needs_a_reason(findings):
    """Where a rule is broken or open, acceptance without a written reason is not taken."""
    assert accept(nomination(), SILENT, findings, ballot_fixed=False) is NominationObstacle.REASON_MISSING
    accepted = accept(nomination(), DECISION, findings, ballot_fixed=False)
    assert accepted == Nomination(NominationState.ACCEPTED, AT, DECISION)


def test_accepting_in_accord_with_the_findings_needs_no_reason():
    """Where every rule is satisfied, acceptance speaks for itself."""
    assert accept(nomination(), SILENT, FINE, ballot_fixed=False) == Nomination(NominationState.ACCEPTED, AT, SILENT)


def test_refusal_needs_a_reason():
    """A candidate is never turned down without being told why."""
    assert refuse(nomination(), SILENT, ballot_fixed=False) is NominationObstacle.REASON_MISSING
    assert refuse(nomination(), DECISION, ballot_fixed=False) == Nomination(NominationState.REFUSED, AT, DECISION)


@pytest.mark.parametrize(
    ("state", "obstacle"),
    [
        (NominationState.ACCEPTED, NominationObstacle.ALREADY_DECIDED),
        (NominationState.REFUSED, NominationObstacle.ALREADY_DECIDED),
        (NominationState.LATE, NominationObstacle.LATE),
        (NominationState.WITHDRAWN, NominationObstacle.WITHDRAWN),
    ],
)
@pytest.mark.parametrize("fixed", [True, False])
def test_only_submitted_nominations_are_decided(state, obstacle, fixed):
    """A nomination that is decided, late or withdrawn is neither accepted nor refused, and is told why."""
    assert accept(nomination(state), DECISION, FINE, ballot_fixed=fixed) is obstacle
    assert refuse(nomination(state), DECISION, ballot_fixed=fixed) is obstacle


@pytest.mark.parametrize("state", [NominationState.SUBMITTED, NominationState.ACCEPTED, NominationState.REFUSED])
def test_withdrawal_until_the_ballot_is_fixed(state):
    """A candidate may step back without a reason, but not once the ballot is fixed."""
    assert withdraw(nomination(state), SILENT, ballot_fixed=False) == Nomination(NominationState.WITHDRAWN, AT, SILENT)
    assert withdraw(nomination(state), SILENT, ballot_fixed=True) is NominationObstacle.BALLOT_FIXED


def test_withdrawal_happens_once_and_late_ones_are_kept():
    """Stepping back twice is told as such, and a late nomination stays kept as late."""
    assert withdraw(nomination(NominationState.WITHDRAWN), DECISION, ballot_fixed=False) is NominationObstacle.WITHDRAWN
    assert withdraw(nomination(NominationState.LATE), DECISION, ballot_fixed=False) is NominationObstacle.LATE


def test_a_refused_nomination_is_cured_to_the_second(nominations):
    """What was missing may come in to the last second of the cure period, and the decision starts afresh."""
    refused = Nomination(NominationState.REFUSED, AT, DECISION)
    last = nominations.cure_until
    assert cure(refused, nominations, last, ballot_fixed=False) == nomination()
    late = cure(refused, nominations, last + timedelta(seconds=1), ballot_fixed=False)
    assert late is NominationObstacle.CURE_PERIOD_OVER


@pytest.mark.parametrize(
    ("state", "obstacle"),
    [
        (NominationState.ACCEPTED, NominationObstacle.ALREADY_DECIDED),
        (NominationState.LATE, NominationObstacle.LATE),
        (NominationState.WITHDRAWN, NominationObstacle.WITHDRAWN),
    ],
)
def test_curing_brings_nothing_late_or_decided_back(nominations, state, obstacle):
    """The cure period is no second deadline for late ones, nor a way around an acceptance."""
    assert cure(nomination(state), nominations, AT, ballot_fixed=False) is obstacle


@given(STATES, st.booleans(), st.sampled_from(["accept", "refuse", "withdraw"]))
def test_nothing_moves_once_the_ballot_is_fixed(state, give_reason, step):
    """With the ballot fixed every step is answered with an obstacle, whatever the state."""
    decision = DECISION if give_reason else SILENT
    before = nomination(state)
    answer = {
        "accept": lambda: accept(before, decision, FINE, ballot_fixed=True),
        "refuse": lambda: refuse(before, decision, ballot_fixed=True),
        "withdraw": lambda: withdraw(before, decision, ballot_fixed=True),
    }[step]()
    assert isinstance(answer, NominationObstacle)


def test_nothing_is_cured_once_the_ballot_is_fixed(nominations):
    """With the ballot fixed a cure is answered with that, though the period still runs."""
    for state in (NominationState.SUBMITTED, NominationState.REFUSED):
        assert cure(nomination(state), nominations, AT, ballot_fixed=True) is NominationObstacle.BALLOT_FIXED


@given(st.lists(st.tuples(st.sampled_from(["accept", "refuse", "withdraw"]), st.booleans()), max_size=6))
def test_late_and_withdrawn_are_ends(steps):
    """No sequence of steps leads out of late or withdrawn, and the time of submission never changes."""
    for start in NominationState:
        current = nomination(start)
        for step, reasoned in steps:
            decision = DECISION if reasoned else SILENT
            if step == "accept":
                answer = accept(current, decision, FINE, ballot_fixed=False)
            elif step == "refuse":
                answer = refuse(current, decision, ballot_fixed=False)
            else:
                answer = withdraw(current, decision, ballot_fixed=False)
            if current.state in {NominationState.LATE, NominationState.WITHDRAWN}:
                assert isinstance(answer, NominationObstacle)
            if isinstance(answer, Nomination):
                current = answer
        assert current.submitted_at == AT


def test_instants_need_a_time_zone():
    """A time without its zone is an error of the caller, since it would shift a deadline."""
    naive = AT.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        Nomination(NominationState.SUBMITTED, naive)
    with pytest.raises(ValueError, match="time zone"):
        Decision("Sekretariatet", naive)
