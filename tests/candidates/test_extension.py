"""A deadline is only ever moved to a later instant, for everybody alike, and takes in those who came too late for the old one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.clauses import utc_instant
from candidates.extension import ExtensionObstacle, extend, reinstate
from candidates.nomination import Nomination, NominationState, submit

AT = datetime(2021, 11, 15, 9, tzinfo=UTC)
LATER = datetime(2021, 11, 18, 11, tzinfo=UTC)
CURE = datetime(2021, 11, 20, 11, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_an_extension_moves_both_deadlines_and_nothing_else(election, nominations):
    """Opening and the limit on statements stay as adopted."""
    extended = extend(election, nominations, LATER, CURE, AT, ballot_fixed=False)
    assert extended == replace(nominations, closes=LATER, cure_until=CURE)


def test_an_extension_may_come_after_the_deadline(election, nominations):
    """That too few came forward is known when the time is over; the new deadline must lie ahead."""
    at = nominations.closes + timedelta(hours=3)
    assert extend(election, nominations, LATER, CURE, at, ballot_fixed=False) == replace(
        nominations, closes=LATER, cure_until=CURE
    )


def test_an_extension_can_be_extended(election, nominations):
    """The second extension is measured against the first."""
    once = extend(election, nominations, LATER, CURE, AT, ballot_fixed=False)
    assert extend(election, once, LATER, CURE, AT, ballot_fixed=False) is ExtensionObstacle.NOT_LATER
    twice = extend(election, once, LATER + SECOND, CURE, AT, ballot_fixed=False)
    assert twice == replace(nominations, closes=LATER + SECOND, cure_until=CURE)


def test_a_fixed_ballot_has_no_more_time(election, nominations):
    """Once the ballot is fixed there is nothing to stand for."""
    assert extend(election, nominations, LATER, CURE, AT, ballot_fixed=True) is ExtensionObstacle.BALLOT_FIXED


@pytest.mark.parametrize("earlier", [timedelta(0), timedelta(microseconds=1), SECOND, timedelta(days=3)])
def test_nobody_loses_time_she_was_promised(election, nominations, earlier):
    """The same deadline or an earlier one is no extension."""
    closes = nominations.closes - earlier
    assert extend(election, nominations, closes, CURE, AT, ballot_fixed=False) is ExtensionObstacle.NOT_LATER


@pytest.mark.parametrize(
    ("before", "taken"),
    [(timedelta(0), False), (timedelta(microseconds=1), True), (-SECOND, False)],
)
def test_a_deadline_that_has_passed_already_helps_nobody(election, nominations, before, taken):
    """The new deadline lies after the instant of the decision, be it by a microsecond."""
    answer = extend(election, nominations, LATER, CURE, LATER - before, ballot_fixed=False)
    assert (answer is not ExtensionObstacle.ALREADY_PAST) is taken


def test_the_cure_period_ends_neither_before_the_deadline_nor_earlier_than_promised(election, nominations):
    """Faults can be put right at least until the new deadline and at least as long as before."""
    same = extend(election, nominations, LATER, LATER, AT, ballot_fixed=False)
    assert same == replace(nominations, closes=LATER, cure_until=LATER)
    early = extend(election, nominations, LATER, LATER - SECOND, AT, ballot_fixed=False)
    assert early is ExtensionObstacle.CURE_BEFORE_CLOSE
    an_hour = nominations.closes + timedelta(hours=1)
    shortened = extend(election, nominations, an_hour, nominations.cure_until - SECOND, AT, ballot_fixed=False)
    assert shortened is ExtensionObstacle.CURE_SHORTENED
    kept = extend(election, nominations, an_hour, nominations.cure_until, AT, ballot_fixed=False)
    assert kept == replace(nominations, closes=an_hour)


@pytest.mark.parametrize(
    ("local", "taken"),
    [
        (datetime(2021, 11, 22, 23, 59, 59), True),  # noqa: DTZ001 - Copenhagen time on purpose
        (datetime(2021, 11, 23, 0, 0, 0), False),  # noqa: DTZ001
        (datetime(2021, 11, 24, 12, 0, 0), False),  # noqa: DTZ001
    ],
)
def test_the_day_before_the_election_in_copenhagen_is_the_last(election, nominations, local, taken):
    """Midnight is Copenhagen's: 23:00 UTC on the eve is election day already."""
    answer = extend(election, nominations, LATER, utc_instant(local), AT, ballot_fixed=False)
    assert (answer is not ExtensionObstacle.TOO_NEAR_ELECTION_DAY) is taken


MINUTES = st.integers(-20 * 24 * 60, 20 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(closes=MINUTES, cure=MINUTES, at=MINUTES)
def test_every_extension_keeps_what_the_rule_set_demands(election, nominations, closes, cure, at):
    """Whatever is typed: what is taken is later, still to come, in order, and over before election day."""
    new_closes, new_cure, now = nominations.closes + closes, nominations.cure_until + cure, nominations.closes + at
    answer = extend(election, nominations, new_closes, new_cure, now, ballot_fixed=False)
    fits = (
        closes > timedelta(0)
        and closes > at
        and new_closes <= new_cure
        and cure >= timedelta(0)
        and new_cure < datetime(2021, 11, 22, 23, tzinfo=UTC)
    )
    assert isinstance(answer, ExtensionObstacle) is not fits


@given(st.integers(-5_000_000, 5_000_000).map(lambda number: timedelta(microseconds=number)))
def test_whoever_came_too_late_is_as_if_she_came_today(nominations, away):
    """A late nomination is taken in exactly if the same instant under the new deadline would have been in time."""
    extended = replace(nominations, closes=LATER, cure_until=CURE)
    came = LATER + away
    late = submit(nominations, came)
    assert late == Nomination(NominationState.LATE, came)
    assert reinstate(late, extended) == submit(extended, came)
    assert reinstate(reinstate(late, extended), extended) == reinstate(late, extended)


@pytest.mark.parametrize(
    ("draw_at", "taken"),
    [
        (None, True),
        (AT - SECOND, False),
        (LATER, False),
        (CURE, False),
        (CURE + timedelta(microseconds=999_999), False),
        (CURE + SECOND, True),
    ],
)
def test_nobody_comes_forward_when_the_seed_is_known(election, nominations, draw_at, taken):
    """A lot announced or drawn for an instant within the new periods, to the last second, stands in the way."""
    answer = extend(election, nominations, LATER, CURE, AT, ballot_fixed=False, draw_at=draw_at)
    assert (answer is not ExtensionObstacle.LOT_COMES_FIRST) is taken
