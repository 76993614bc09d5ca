"""Nothing is deleted while anybody may still contest the election, and everything that is waited for is named."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tally.retention import Hindrance, RetentionFacts, may_delete

READY = RetentionFacts(
    now=datetime(2021, 11, 30, 23, 0, tzinfo=UTC),  # midnight in Copenhagen
    deleted=False,
    poll_over=True,
    record_signed=True,
    complaints_until=date(2021, 11, 30),
    open_complaints=0,
    appeals_until=None,
    ruled=True,
)


def test_nothing_is_waited_for_once_the_last_day_is_over():
    """The midnight after the last day must be late enough."""
    assert may_delete(READY) == ()


@pytest.mark.parametrize(
    ("change", "hindrance"),
    [
        ({"now": datetime(2021, 11, 30, 22, 59, 59, 999999, tzinfo=UTC)}, Hindrance.COMPLAINTS_IN_TIME),
        ({"poll_over": False}, Hindrance.POLL_NOT_OVER),
        ({"record_signed": False}, Hindrance.RECORD_NOT_SIGNED),
        ({"record_outdated": True}, Hindrance.RECORD_OUTDATED),
        ({"open_complaints": 1}, Hindrance.COMPLAINT_OPEN),
        ({"appeals_until": date(2021, 12, 1)}, Hindrance.APPEALS_IN_TIME),
        ({"ruled": False}, Hindrance.NOT_RULED),
        ({"deleted": True}, Hindrance.DELETED),
    ],
)
def test_each_thing_alone_is_waited_for_and_named(change, hindrance):
    """Each fact must hinder by itself, and the last microsecond of the last day still does."""
    assert may_delete(replace(READY, **change)) == (hindrance,)


def test_an_appeal_whose_last_day_is_over_hinders_nothing():
    """The last day of an appeal must end like any other."""
    assert may_delete(replace(READY, appeals_until=date(2021, 11, 30))) == ()


def test_everything_at_once_is_named_in_the_order_in_which_it_comes():
    """Whoever waits must be told all of it at once."""
    facts = replace(
        READY,
        now=datetime(2021, 11, 24, tzinfo=UTC),
        poll_over=False,
        record_signed=False,
        open_complaints=2,
        ruled=False,
    )
    assert may_delete(facts) == (
        Hindrance.POLL_NOT_OVER,
        Hindrance.RECORD_NOT_SIGNED,
        Hindrance.COMPLAINTS_IN_TIME,
        Hindrance.COMPLAINT_OPEN,
        Hindrance.NOT_RULED,
    )


def test_what_is_deleted_is_not_deleted_again_whatever_else_stands():
    """A second deletion must be refused for that reason alone."""
    assert may_delete(replace(READY, deleted=True, ruled=False)) == (Hindrance.DELETED,)
