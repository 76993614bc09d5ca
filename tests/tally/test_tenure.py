"""Each day of the term a seat has one member or is vacant, and no day is told twice."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tally.tenure import Sitting, as_known_on, clash, holder, spans

START, END = date(2022, 1, 1), date(2025, 12, 31)
DAY = timedelta(days=1)


def at(day: int) -> date:
    return START + day * DAY


@st.composite
def lives(draw):
    """The members of one seat, one after another, with or without days between them, some never sitting."""
    marks = sorted(draw(st.lists(st.integers(-4, 160), max_size=6, unique=True)))
    found = []
    for number, mark in enumerate(marks):
        follows = marks[number + 1] - 1 if number + 1 < len(marks) else 160
        until = draw(st.one_of(st.none(), st.integers(mark - 1, follows)))
        if until is None and number + 1 < len(marks):
            until = follows
        found.append(Sitting(1, f"c{number}", "Å", at(mark), None if until is None else at(until)))
    return tuple(found)


@settings(deadline=None)
@given(lives())
def test_the_term_is_told_day_by_day(sittings):
    """The stretches follow one another without a gap from the first day of the term to the last, and agree with each day."""
    told = spans(sittings, 1, START, at(150))
    assert (told[0].from_on, told[-1].until_on) == (START, at(150))
    assert all(one.until_on + DAY == other.from_on for one, other in pairwise(told))
    for span in told:
        for day in (span.from_on, span.until_on):
            assert holder(sittings, 1, day) == span.sitting
    assert sum((span.until_on - span.from_on).days + 1 for span in told) == 151


@settings(deadline=None)
@given(lives())
def test_nobody_is_added_to_a_day_that_is_taken(sittings):
    """A new time on the seat clashes exactly where some day would have two members."""
    for begin, end in ((0, 10), (70, 70), (150, None)):
        new = Sitting(1, "c9", "Ny", at(begin), None if end is None else at(end))
        shared = any(one.holds(at(day)) and new.holds(at(day)) for one in sittings for day in range(begin, 170))
        assert (clash(sittings, new) is not None) == shared


def test_whoever_gave_up_the_seat_before_it_was_hers_never_sat():
    """Her seat is vacant from the first day, and another may sit on that day."""
    never = Sitting(1, "c1", "Bo", START, START - DAY)
    assert not never.sat
    assert spans((never,), 1, START, END)[0].sitting is None
    assert clash((never,), Sitting(1, "c2", "Aase", START)) is None
    assert clash((Sitting(1, "c2", "Aase", START - DAY),), never) is None


def test_the_last_day_may_be_the_only_one_that_is_vacant():
    """Who leaves the day before the term ends leaves one day behind."""
    told = spans((Sitting(1, "c1", "Bo", START, END - DAY),), 1, START, END)
    assert [(one.from_on, one.sitting is None) for one in told] == [(START, False), (END, True)]


def test_another_seat_is_another_matter():
    """The same days on two seats are no clash."""
    assert clash((Sitting(1, "c1", "Bo", START),), Sitting(2, "c2", "Aase", START)) is None


def test_that_somebody_will_leave_is_not_told_beforehand():
    """Everybody sees the end of a time the day after it, and not while she still sits."""
    leaving = (Sitting(1, "c1", "Bo", START, at(100)),)
    assert as_known_on(leaving, at(99))[0].until_on is None
    assert as_known_on(leaving, at(100))[0].until_on is None
    assert as_known_on(leaving, at(101)) == leaving
