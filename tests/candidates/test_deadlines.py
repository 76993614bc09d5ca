"""Deadlines are kept to the second of the Copenhagen clock, also on the nights when summer time begins and ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.clauses import utc_instant
from candidates.nomination import (
    Decision,
    Nomination,
    NominationObstacle,
    NominationState,
    change,
    cure,
    is_within,
    return_for_cure,
    submit,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SUMMER_BEGINS = datetime(2021, 3, 28, 1, tzinfo=UTC)
SUMMER_ENDS = datetime(2021, 10, 31, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

deadlines = st.builds(
    lambda night, seconds: night + timedelta(seconds=seconds),
    st.sampled_from([SUMMER_BEGINS, SUMMER_ENDS, datetime(2021, 11, 16, 11, tzinfo=UTC)]),
    st.integers(-2 * 3600, 2 * 3600),
)
around = st.one_of(
    st.integers(-3_000_000, 3_000_000), st.sampled_from([-1, 0, 1, 999_999, 1_000_000, 3_600_000_000, -3_600_000_000])
).map(lambda number: timedelta(microseconds=number))


@given(deadlines, around)
def test_the_second_that_the_rules_name_is_in_to_its_end(deadline, away):
    """An instant is in time exactly if the second a receipt shows for it is not later than the deadline."""
    at = deadline + away
    assert is_within(at, deadline) is (at.replace(microsecond=0) <= deadline)
    assert is_within(at.astimezone(COPENHAGEN), deadline) is is_within(at, deadline)


@given(deadlines, around)
def test_all_steps_keep_the_same_deadline(nominations, deadline, away):
    """Standing and changing keep `closes`, a defect notice and its mending `cure_until`, each to the same microsecond."""
    at, in_time = deadline + away, is_within(deadline + away, deadline)
    long_ago, ages = deadline - timedelta(days=300), deadline + timedelta(days=300)
    standing = replace(nominations, opens=long_ago, closes=deadline, cure_until=ages)
    assert submit(standing, at).state is (NominationState.SUBMITTED if in_time else NominationState.LATE)
    waiting = Nomination(NominationState.SUBMITTED, long_ago)
    changed = change(waiting, standing, at, ballot_fixed=False)
    assert changed == (waiting if in_time else NominationObstacle.LATE)
    curing = replace(nominations, opens=long_ago, closes=long_ago, cure_until=deadline)
    notice = Decision("Sekretariatet", at, "Billedet mangler")
    sent_back = Nomination(NominationState.RETURNED, long_ago, notice)
    over = NominationObstacle.CURE_PERIOD_OVER
    assert return_for_cure(waiting, notice, curing, ballot_fixed=False) == (sent_back if in_time else over)
    assert cure(sent_back, curing, at, ballot_fixed=False) == (waiting if in_time else over)


@given(st.integers(-5_000_000, 5_000_000).map(lambda number: timedelta(microseconds=number)))
def test_nobody_is_received_before_the_first_instant(nominations, away):
    """The period begins at the very instant it names, on the night of the change too."""
    opens = SUMMER_ENDS - timedelta(hours=3)
    rules = replace(nominations, opens=opens)
    received = submit(rules, opens + away)
    assert (received is NominationObstacle.NOT_OPEN_YET) is (away < timedelta(0))


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (datetime(2021, 3, 28, 1, 59, 59), datetime(2021, 3, 28, 0, 59, 59, tzinfo=UTC)),  # noqa: DTZ001 - local on purpose
        (datetime(2021, 3, 28, 3, 0, 0), datetime(2021, 3, 28, 1, 0, 0, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2021, 10, 31, 1, 59, 59), datetime(2021, 10, 30, 23, 59, 59, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2021, 10, 31, 3, 0, 0), datetime(2021, 10, 31, 2, 0, 0, tzinfo=UTC)),  # noqa: DTZ001
    ],
)
def test_the_nights_on_which_the_clock_is_moved(nominations, local, utc):
    """The last second before and the first after the hour that is skipped or comes twice are one instant each."""
    assert utc_instant(local) == utc
    rules = replace(nominations, opens=utc - timedelta(days=9), closes=utc)
    assert submit(rules, utc + timedelta(seconds=1) - MICROSECOND).state is NominationState.SUBMITTED
    assert submit(rules, utc + timedelta(seconds=1)).state is NominationState.LATE


@pytest.mark.parametrize("minute", [0, 30, 59])
@pytest.mark.parametrize("night", [SUMMER_BEGINS, SUMMER_ENDS])
def test_no_deadline_lies_in_the_hour_that_is_skipped_or_comes_twice(night, minute):
    """From two to three on those nights is no instant or two, so no deadline can be set there."""
    with pytest.raises(ValueError, match="skips or repeats"):
        utc_instant(datetime(night.year, night.month, night.day, 2, minute))  # noqa: DTZ001 - local on purpose
