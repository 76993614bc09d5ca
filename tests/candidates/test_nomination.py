"""A nomination moves only along the lines of its life cycle, and to the second of its deadlines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from candidates.eligibility import Finding, FindingCode
from candidates.nomination import (
    Decision,
    Nomination,
    NominationObstacle,
    NominationState,
    accept,
    change,
    cure,
    may_change_presentation,
    refuse,
    reopen,
    return_for_cure,
    submit,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
AT = datetime(2021, 11, 10, 9, tzinfo=UTC)
DECISION = Decision("Sekretariatet", AT, "Bopæl dokumenteret")
SILENT = Decision("Sekretariatet", AT, "  \n")
FINE = (Finding(FindingCode.AGE, satisfied=True),)
UNKNOWN = (Finding(FindingCode.RESIDENCE, satisfied=None),)
BROKEN = (Finding(FindingCode.RESIDENCE, satisfied=False),)


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


def test_a_returned_nomination_is_cured_to_the_second(nominations):
    """What was missing may come in to the last microsecond of the last second, and the decision starts afresh."""
    returned = Nomination(NominationState.RETURNED, AT, DECISION)
    last = nominations.cure_until + timedelta(microseconds=999_999)
    assert cure(returned, nominations, last, ballot_fixed=False) == nomination()
    late = cure(returned, nominations, nominations.cure_until + timedelta(seconds=1), ballot_fixed=False)
    assert late is NominationObstacle.CURE_PERIOD_OVER


def test_a_defect_notice_goes_out_while_there_is_time_to_mend(nominations):
    """The notice keeps who, when and what is to be mended, and is not sent when nobody could answer it any more."""
    last = replace(DECISION, decided_at=nominations.cure_until + timedelta(microseconds=999_999))
    returned = return_for_cure(nomination(), last, nominations, ballot_fixed=False)
    assert returned == Nomination(NominationState.RETURNED, AT, last)
    after = replace(DECISION, decided_at=nominations.cure_until + timedelta(seconds=1))
    answer = return_for_cure(nomination(), after, nominations, ballot_fixed=False)
    assert answer is NominationObstacle.CURE_PERIOD_OVER


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize("state", [NominationState.RETURNED, NominationState.SUBMITTED])
def test_after_the_deadline_a_text_is_open_to_whom_the_notice_opened_it(nominations, state, opened):
    """In time everybody may change her text; afterwards who was sent back for its sake, until the cure period's last second."""
    one, end = Nomination(state, AT, DECISION), timedelta(microseconds=999_999)
    may = [
        may_change_presentation(one, nominations, at, opened=opened)
        for at in (
            nominations.closes + end,
            nominations.closes + timedelta(seconds=1),
            nominations.cure_until + end,
            nominations.cure_until + timedelta(seconds=1),
        )
    ]
    cures = opened and state is NominationState.RETURNED
    assert may == [True, cures, cures, False]


def test_a_change_is_taken_to_the_second_and_looked_at_afresh(nominations):
    """Until the deadline an accepted candidate may change her text; the acceptance falls, her place in time stays."""
    accepted = Nomination(NominationState.ACCEPTED, AT, DECISION)
    last = nominations.closes + timedelta(microseconds=999_999)
    assert change(accepted, nominations, last, ballot_fixed=False) == nomination()
    late = change(accepted, nominations, nominations.closes + timedelta(seconds=1), ballot_fixed=False)
    assert late is NominationObstacle.LATE


def test_a_decision_taken_back_is_explained():
    """What was decided is opened again with a reason that stays beside it until it is decided anew."""
    refused = Nomination(NominationState.REFUSED, AT, SILENT)
    assert reopen(refused, SILENT, ballot_fixed=False) is NominationObstacle.REASON_MISSING
    reopened = reopen(refused, DECISION, ballot_fixed=False)
    assert reopened == Nomination(NominationState.SUBMITTED, AT, DECISION)
    assert accept(reopened, SILENT, FINE, ballot_fixed=False) == Nomination(NominationState.ACCEPTED, AT, SILENT)


def test_instants_need_a_time_zone():
    """A time without its zone is an error of the caller, since it would shift a deadline."""
    naive = AT.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        Nomination(NominationState.SUBMITTED, naive)
    with pytest.raises(ValueError, match="time zone"):
        Decision("Sekretariatet", naive)
