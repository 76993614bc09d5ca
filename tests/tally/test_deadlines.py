"""The deadline for complaints is a whole day of the Copenhagen clock, the same weekday of the next week where the rules say seven."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.deadlines import appeals_end, complaints_end, copenhagen_day, ends_at, is_over

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TUESDAY = date(2021, 11, 23)
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(days)
def test_seven_days_are_the_same_weekday_of_the_next_week(day):
    """KRVL § 93 says "ugedagen efter valgdagen": seven days by the calendar, whatever the clocks do in between."""
    last = complaints_end(day, 7)
    assert last.weekday() == day.weekday()
    assert timedelta() < last - day == timedelta(weeks=1)


@given(days)
def test_the_last_day_is_in_to_its_last_microsecond(day):
    """23:59:59 on the Copenhagen clock is in time and 00:00:00 is not, on days of 23, 24 and 25 hours alike."""
    end = ends_at(day)
    assert end.tzinfo is UTC
    assert (copenhagen_day(end), copenhagen_day(end - MICROSECOND)) == (day + timedelta(days=1), day)
    assert not is_over(day, datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=COPENHAGEN))
    assert not is_over(day, end - MICROSECOND)
    assert is_over(day, end)
    assert is_over(day, end.astimezone(COPENHAGEN))


@pytest.mark.parametrize(("night", "hours"), [(date(2021, 3, 28), 23), (date(2021, 10, 31), 25), (TUESDAY, 24)])
def test_a_summer_time_night_lengthens_or_shortens_the_last_day(night, hours):
    """On the nights when the clocks are set the day ends at its own midnight, not after 24 hours."""
    assert ends_at(night) - ends_at(night - timedelta(days=1)) == timedelta(hours=hours)
    assert complaints_end(night - timedelta(days=7), 7) == night


def test_a_vote_called_off_early_keeps_the_date_that_was_promised():
    """Weeks before election day it is decided that no vote is held: the day that the adopted rules name still stands."""
    early = datetime(2021, 10, 1, 12, tzinfo=UTC)
    assert complaints_end(TUESDAY, 7, early) == complaints_end(TUESDAY, 7, None) == date(2021, 11, 30)


def test_a_decision_after_election_day_starts_the_days_anew():
    """Who is told on a Thursday that the vote does not stand has until the next Thursday; the day is Copenhagen's."""
    thursday = datetime(2021, 11, 25, 12, tzinfo=UTC)
    assert complaints_end(TUESDAY, 7, None, thursday) == date(2021, 12, 2)
    just_past_midnight = datetime(2021, 11, 24, 23, 30, tzinfo=UTC)
    assert complaints_end(TUESDAY, 7, just_past_midnight) == date(2021, 12, 2)


@given(days, st.integers(1, 366), st.lists(st.tuples(days, st.integers(0, 86_399)), max_size=3))
def test_no_decision_shortens_the_time_to_complain(day, number, decided):
    """Whatever is decided and whenever, nobody has fewer days than the rules give after election day or after the decision."""
    instants = [datetime(one.year, one.month, one.day, tzinfo=UTC) + second * SECOND for one, second in decided]
    last = complaints_end(day, number, *instants)
    assert last >= day + timedelta(days=number)
    assert all(last >= copenhagen_day(one) + timedelta(days=number) for one in instants)


def test_an_appeal_has_its_own_days():
    """Fourteen days after the decision is a day of the calendar; where the rules give none it is the day of the decision."""
    assert appeals_end(date(2026, 3, 20), 14) == date(2026, 4, 3)
    assert appeals_end(date(2026, 3, 20), 0) == date(2026, 3, 20)
