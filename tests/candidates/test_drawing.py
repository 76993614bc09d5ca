"""A lot is announced for an instant when nobody can join any more, and what is entered is what was drawn in public."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.drawing import LotObstacle, check_announcement, check_change, check_entry, read_seed

AT = datetime(2021, 11, 12, 9, tzinfo=UTC)
DRAW = datetime(2021, 11, 20, 19, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
WITNESSES = ("Birgit Lund", "Hassan Yılmaz")


def test_a_draw_lies_ahead(election, nominations):
    """The instant of the announcement itself is too late, the microsecond after is not."""
    assert check_announcement(election, nominations, DRAW, DRAW) is LotObstacle.IN_THE_PAST
    assert check_announcement(election, nominations, DRAW, DRAW + timedelta(days=1)) is LotObstacle.IN_THE_PAST
    assert check_announcement(election, nominations, DRAW, DRAW - MICROSECOND) is None


@pytest.mark.parametrize("away", [timedelta(seconds=-1), timedelta(0), timedelta(seconds=1) - MICROSECOND])
def test_a_draw_waits_for_the_last_second_of_the_cure_period(election, nominations, away):
    """As long as a nomination can be mended, nobody knows who takes part."""
    draw_at = nominations.cure_until + away
    assert check_announcement(election, nominations, draw_at, AT) is LotObstacle.CANDIDATES_UNKNOWN
    after = nominations.cure_until + timedelta(seconds=1)
    assert check_announcement(election, nominations, after, AT) is None


def test_a_draw_comes_before_the_poll(election, nominations):
    """A ballot whose order is drawn at the opening or later could not be fixed."""
    assert check_announcement(election, nominations, election.opens_at, AT) is LotObstacle.POLL_OPENED
    assert check_announcement(election, nominations, election.opens_at - MICROSECOND, AT) is None


def test_an_announcement_is_changed_before_the_instant_and_with_a_reason():
    """From the announced instant on the numbers may be known, so nothing is announced anew."""
    assert check_change(DRAW, DRAW, "Lotto er aflyst") is LotObstacle.INSTANT_PASSED
    assert check_change(DRAW, DRAW - MICROSECOND, " \n") is LotObstacle.REASON_MISSING
    assert check_change(DRAW, DRAW - MICROSECOND, "Lotto er aflyst") is None


def test_nothing_is_entered_before_it_is_drawn():
    """A seed known before the announced instant was not drawn as announced."""
    assert check_entry(DRAW, DRAW - MICROSECOND, 0, WITNESSES) is LotObstacle.TOO_EARLY
    assert check_entry(DRAW, DRAW, 0, WITNESSES) is None


def test_nothing_is_entered_while_a_nomination_waits():
    """Who decides on a nomination must not know which place she would get."""
    assert check_entry(DRAW, DRAW, 1, WITNESSES) is LotObstacle.UNDECIDED


@pytest.mark.parametrize(
    "witnesses",
    [(), ("Birgit",), ("Birgit", ""), ("Birgit", " birgit "), ("Åse", "åse"), ("A B", "a  b"), ("A", "B", "B")],
)
def test_two_different_people_saw_it(witnesses):
    """One name written twice is one witness."""
    assert check_entry(DRAW, DRAW, 0, witnesses) is LotObstacle.UNFIT_WITNESSES


@pytest.mark.parametrize(
    ("text", "seed"),
    [
        ("7", "7"),
        (" 7  12\t19 23 31 33 36\n", "7 12 19 23 31 33 36"),
        ("4-6-1", "4-6-1"),
        ("3, 4. 5: Æ", None),
        ("", None),
        ("  ", None),
        ("-", None),
        ("7-", None),
        ("7'", None),
        ("7|8", None),
        ("$(id)", None),
        ("7\\n", None),
        ("٧", None),
        ("7" * 100, "7" * 100),
        ("7" * 101, None),
    ],
)
def test_a_seed_is_typed_alike_everywhere(text, seed):
    """Digits and plain letters with single spaces; nothing that a keyboard, a script or a shell would change."""
    assert read_seed(text) == seed


@given(st.text())
def test_what_is_read_is_safe_between_quotes_and_reads_again_the_same(text):
    """No seed holds a quote, a bar, a line break or anything but ASCII, and none changes when it is typed again."""
    seed = read_seed(text)
    assert seed is None or (seed.isascii() and seed.isprintable() and not set(seed) & set("'\"\\|$`"))
    assert seed is None or read_seed(f" {seed} ") == seed
