"""A poll is postponed before it opens and only to later, and an election is annulled from any state until members are appointed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.calling_off import CallingOffObstacle, Poll, may_annul, may_postpone
from ballots.poll import PollState
from candidates.clauses import utc_instant
from candidates.rules import ElectionRules

RULES = ElectionRules(
    name="Integrationsrådet 2021",
    municipality="Køge",
    municipality_code="0259",
    election_day=date(2021, 11, 23),
    opens=time(17),
    closes=time(20),
    term_start=date(2022, 1, 1),
    term_end=date(2025, 12, 31),
    adopted_by="Køge Byråd",
    adopted_on=date(2021, 6, 22),
)
POLL = Poll(RULES, PollState.FROZEN, no_vote=False, annulled=False, appointed=False)
NOW, TODAY = datetime(2021, 11, 20, 12, tzinfo=UTC), date(2021, 11, 20)
OPENS, CLOSES = (utc_instant(datetime.combine(date(2021, 12, 7), time(hour))) for hour in (17, 20))
HOUR = timedelta(hours=1)


def postpone(poll=POLL, opens=OPENS, closes=CLOSES, decided_on=TODAY, now=NOW):
    return may_postpone(poll, opens, closes, decided_on, now)


@pytest.mark.parametrize("state", [PollState.PREPARING, PollState.FROZEN])
def test_a_poll_that_is_not_open_may_be_held_later(state):
    """Two weeks later, or an hour later on the same day, before and after the freeze."""
    poll = replace(POLL, state=state)
    assert postpone(poll) is None
    assert postpone(poll, RULES.opens_at + HOUR, RULES.closes_at) is None


@pytest.mark.parametrize(
    ("changed", "obstacle"),
    [
        ({"poll": replace(POLL, annulled=True)}, CallingOffObstacle.ANNULLED),
        ({"poll": replace(POLL, no_vote=True)}, CallingOffObstacle.NO_VOTE),
        ({"poll": replace(POLL, state=PollState.OPEN)}, CallingOffObstacle.OPENED),
        ({"poll": replace(POLL, state=PollState.CLOSED)}, CallingOffObstacle.OPENED),
        ({"opens": RULES.opens_at}, CallingOffObstacle.NOT_LATER),
        ({"opens": RULES.opens_at - HOUR}, CallingOffObstacle.NOT_LATER),
        ({"now": OPENS}, CallingOffObstacle.ALREADY_PAST),
        ({"closes": OPENS}, CallingOffObstacle.CLOSES_FIRST),
        ({"closes": CLOSES + 5 * HOUR}, CallingOffObstacle.OTHER_DAY),
        (
            {"opens": OPENS + timedelta(days=2000), "closes": CLOSES + timedelta(days=2000)},
            CallingOffObstacle.AFTER_TERM,
        ),
        ({"decided_on": TODAY + timedelta(days=1)}, CallingOffObstacle.DECIDED_LATER),
    ],
)
def test_what_keeps_a_poll_from_being_postponed(changed, obstacle):
    """Each obstacle alone is found and named."""
    assert postpone(**changed) is obstacle


@given(st.integers(-400, 400))
def test_no_poll_is_moved_to_an_earlier_hour(hours):
    """Whoever comes when she was told never comes too late: only a later opening is taken."""
    opens = RULES.opens_at + hours * HOUR
    early = datetime(2021, 1, 1, tzinfo=UTC)
    answer = may_postpone(POLL, opens, opens + timedelta(minutes=1), early.date(), early)
    assert (answer is CallingOffObstacle.NOT_LATER) is (hours <= 0)


@pytest.mark.parametrize("state", PollState)
@pytest.mark.parametrize("no_vote", [False, True])
def test_an_election_may_be_annulled_from_any_state(state, no_vote):
    """Before the freeze, while people vote, after the count, and where no vote was held."""
    assert may_annul(replace(POLL, state=state, no_vote=no_vote), TODAY, NOW) is None


def test_what_keeps_an_election_from_being_annulled():
    """It is annulled once, not after the byråd has appointed, and not by a decision that is still to come."""
    assert may_annul(replace(POLL, annulled=True), TODAY, NOW) is CallingOffObstacle.ANNULLED
    assert may_annul(replace(POLL, appointed=True), TODAY, NOW) is CallingOffObstacle.APPOINTED
    just_before_midnight = datetime(2021, 11, 20, 22, 59, 59, tzinfo=UTC)
    tomorrow = TODAY + timedelta(days=1)
    assert may_annul(POLL, tomorrow, just_before_midnight) is CallingOffObstacle.DECIDED_LATER
    assert may_annul(POLL, tomorrow, just_before_midnight + timedelta(seconds=1)) is None
