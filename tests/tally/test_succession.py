"""Who is next for a free seat: by the certified list, whatever lives people lead, and never by the order of seats."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.allocation import SubstituteMember
from tally.rules import OPEN_SEAT
from tally.succession import (
    EarlierFirst,
    FreeSeat,
    LotNeeded,
    Next,
    Nobody,
    OrderNeeded,
    Passed,
    Reason,
    Seat,
    Term,
    Told,
    propose,
    unexplained_too_often,
)
from tally.tenure import Sitting

START, END = date(2022, 1, 1), date(2025, 12, 31)
DAY = timedelta(days=1)
MAY = date(2023, 5, 1)


def listed(rank, name, group=None, member=None):
    return SubstituteMember(rank, name, 10 - rank, group, member)


def a_term(*substitutes, seats=None, free=(), **more):
    """A term whose seats 1 and 2 are held by e1 and e2 until the seat is free."""
    seats = seats or (Seat(1, OPEN_SEAT, "e1"), Seat(2, OPEN_SEAT, "e2"))
    ends = {one.seat: one.day - DAY for one in free}
    sittings = tuple(Sitting(seat.number, seat.first, "", START, ends.get(seat.number)) for seat in seats)
    told = {"model": "ranked", "declined": "struck", "told": ()} | more
    return Term(substitutes=substitutes, seats=seats, sittings=sittings, free=tuple(free), **told)


def test_the_first_of_the_list_is_next():
    """Without anybody to pass over the evidence is the rank alone."""
    term = a_term(listed(1, "s1"), listed(2, "s2"), free=[FreeSeat(1, MAY)])
    assert propose(term, 1) == Next("s1", 1, None, ())


def test_each_who_is_passed_over_is_told_with_the_reason():
    """Moved away, dead, declined, sitting, left, asked elsewhere, engaged otherwise: all before the one proposed, by rank."""
    people = [listed(rank, f"s{rank}") for rank in range(1, 10)]
    told = tuple(
        Told(f"s{rank}", reason, MAY)
        for rank, reason in enumerate(
            (Reason.MOVED_AWAY, Reason.DIED, Reason.DECLINED, Reason.WITHDREW, Reason.ENGAGED), 1
        )
    )
    term = a_term(*people, free=[FreeSeat(1, MAY), FreeSeat(2, MAY, asked="s8")], told=told)
    times = (
        *term.sittings,
        Sitting(3, "s6", "", MAY),
        Sitting(3, "s7", "", START, START + 30 * DAY),
    )
    found = propose(replace(term, sittings=times), 1)
    assert isinstance(found, Next)
    assert (found.candidate, found.rank) == ("s9", 9)
    assert [(one.candidate, one.reason) for one in found.passed] == [
        ("s1", Reason.MOVED_AWAY),
        ("s2", Reason.DIED),
        ("s3", Reason.DECLINED),
        ("s4", Reason.WITHDREW),
        ("s5", Reason.ENGAGED),
        ("s6", Reason.SITTING),
        ("s7", Reason.LEFT),
        ("s8", Reason.ASKED),
    ]
    assert found.passed[6].day == START + 30 * DAY


def test_who_will_leave_later_still_sits():
    """One who sits on the day is passed over as sitting, also where it is known when she leaves, and as left once she has."""
    term = a_term(listed(1, "s1"), free=[FreeSeat(1, MAY)])
    for until, reason, day in ((MAY, Reason.SITTING, START), (MAY - DAY, Reason.LEFT, MAY - DAY)):
        found = propose(replace(term, sittings=(*term.sittings, Sitting(3, "s1", "", START, until))), 1)
        assert isinstance(found, Nobody)
        assert found.passed == (Passed("s1", 1, reason, day),)


def test_what_was_told_first_is_the_reason():
    """One who moved away and died later is passed over because she moved away."""
    told = (Told("s1", Reason.DIED, MAY), Told("s1", Reason.MOVED_AWAY, MAY - DAY))
    found = propose(a_term(listed(1, "s1"), free=[FreeSeat(1, MAY)], told=told), 1)
    assert isinstance(found, Nobody)
    assert found.passed == (Passed("s1", 1, Reason.MOVED_AWAY, MAY - DAY),)


def test_a_reserved_seat_goes_to_its_group_or_to_nobody():
    """The first of the group enters over everybody of another; with nobody of the group left the seat is vacant."""
    seats = (Seat(1, "nord", "e1"),)
    people = (listed(1, "s1"), listed(2, "s2", "syd"), listed(3, "s3", "nord"))
    term = a_term(*people, seats=seats, free=[FreeSeat(1, MAY)])
    assert propose(term, 1) == Next(
        "s3", 3, None, (Passed("s1", 1, Reason.OTHER_GROUP), Passed("s2", 2, Reason.OTHER_GROUP))
    )
    found = propose(replace(term, told=(Told("s3", Reason.DIED, MAY),)), 1)
    assert isinstance(found, Nobody)
    assert len(found.passed) == 3


def test_paired_the_seat_keeps_its_own_two():
    """Whoever entered and left is followed by the other substitute of the first member, then by nobody; groups say nothing."""
    people = (listed(1, "s1", "syd", "e1"), listed(2, "s2", None, "e2"), listed(3, "s3", None, "e1"))
    seats = (Seat(1, "nord", "e1"), Seat(2, OPEN_SEAT, "e2"))
    term = a_term(*people, seats=seats, model="paired", free=[FreeSeat(1, MAY)])
    assert propose(term, 1) == Next("s1", 1, "e1", ())
    entered = (*term.sittings, Sitting(1, "s1", "", MAY, MAY + 9 * DAY))
    later = replace(term, sittings=entered, free=(FreeSeat(1, MAY + 10 * DAY),))
    assert propose(later, 1) == Next("s3", 3, "e1", (Passed("s1", 1, Reason.LEFT, MAY + 9 * DAY),))
    found = propose(replace(later, told=(Told("s3", Reason.MOVED_AWAY, MAY),)), 1)
    assert isinstance(found, Nobody)
    assert found.whose == "e1"


@pytest.mark.parametrize(("rule_said", "later"), [("struck", "s2"), ("stays", "s1")])
def test_who_declines_is_struck_or_stays(rule_said, later):
    """She is not asked again for a seat that was free when she said no; for a later one only where the rules let her stay."""
    people = (listed(1, "s1"), listed(2, "s2"))
    no = (Told("s1", Reason.DECLINED, MAY),)
    for day in (MAY - DAY, MAY):
        term = a_term(*people, free=[FreeSeat(1, day)], told=no, declined=rule_said)
        assert propose(term, 1) == Next("s2", 2, None, (Passed("s1", 1, Reason.DECLINED, MAY),))
    found = propose(a_term(*people, free=[FreeSeat(1, MAY + DAY)], told=no, declined=rule_said), 1)
    assert isinstance(found, Next)
    assert found.candidate == later


def test_nobody_is_final_only_when_nobody_may_come_back():
    """While the last of the list is asked about another seat, this one is not yet vacant for good."""
    term = a_term(listed(1, "s1"), free=[FreeSeat(1, MAY), FreeSeat(2, MAY, asked="s1")])
    found = propose(term, 1)
    assert isinstance(found, Nobody)
    assert not found.is_final
    dead = (Told("s2", Reason.DIED, MAY),)
    free = (FreeSeat(1, MAY), FreeSeat(2, MAY, asked="s1"))
    waiting = propose(a_term(listed(1, "s1"), listed(2, "s2"), free=free, told=dead), 1)
    assert isinstance(waiting, Nobody)
    assert not waiting.is_final
    for people in ((), (listed(2, "s2"),)):
        final = propose(a_term(*people, free=[FreeSeat(1, MAY)], told=dead), 1)
        assert isinstance(final, Nobody)
        assert final.is_final


def test_equal_ranks_that_compete_ask_for_a_lot():
    """No list of ours has them; whoever brings one is asked to draw, and the order of the list settles nothing."""
    term = a_term(listed(1, "s1"), listed(1, "s2"), listed(3, "s3"), free=[FreeSeat(1, MAY)])
    assert propose(term, 1) == LotNeeded(("s1", "s2"))
    alone = replace(term, told=(Told("s1", Reason.DIED, MAY),))
    assert propose(alone, 1) == Next("s2", 1, None, (Passed("s1", 1, Reason.DIED, MAY),))


def test_two_seats_on_one_day_wait_for_people_where_their_order_decides():
    """An open seat and a reserved one both want the first of the list: neither is filled before people gave them an order."""
    seats = (Seat(1, OPEN_SEAT, "e1"), Seat(2, "nord", "e2"))
    people = (listed(1, "s1", "nord"), listed(2, "s2"))
    free = [FreeSeat(1, MAY), FreeSeat(2, MAY)]
    term = a_term(*people, seats=seats, free=free)
    assert propose(term, 1) == propose(term, 2) == OrderNeeded((1, 2))
    drawn = replace(term, free=(FreeSeat(1, MAY, turn=2), FreeSeat(2, MAY, turn=1)))
    assert propose(drawn, 1) == EarlierFirst((2,))
    assert propose(drawn, 2) == Next("s1", 1, None, ())


def test_one_place_for_two_seats_is_no_order():
    """Two seats that were given the same turn are asked about again, and so is one that got none."""
    seats = (Seat(1, OPEN_SEAT, "e1"), Seat(2, "nord", "e2"))
    term = a_term(listed(1, "s1", "nord"), seats=seats, free=[FreeSeat(1, MAY, turn=1), FreeSeat(2, MAY, turn=1)])
    assert propose(term, 1) == OrderNeeded((1, 2))
    half = replace(term, free=(FreeSeat(1, MAY, turn=1), FreeSeat(2, MAY)))
    assert propose(half, 1) == OrderNeeded((1, 2))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from((None, "nord", "syd")), max_size=6),
    st.lists(st.sampled_from((OPEN_SEAT, "nord", "syd")), min_size=1, max_size=4),
)
def test_people_are_asked_for_the_order_exactly_when_it_changes_who_sits_where(groups, kinds):
    """Every order of the seats is tried out: two outcomes, and people decide; one, and nobody is bothered."""
    people = [listed(rank, f"s{rank}", group) for rank, group in enumerate(groups, 1)]
    seats = tuple(Seat(number, kind, f"e{number}") for number, kind in enumerate(kinds, 1))
    free = [FreeSeat(seat.number, MAY) for seat in seats]
    outcomes = set()
    for order in permutations(seats):
        taken = {}
        for seat in order:
            left = [one for one in people if one.id not in taken and seat.kind in {OPEN_SEAT, one.group}]
            if left:
                taken[left[0].id] = seat.kind
        outcomes.add(frozenset(taken.items()))
    for seat in seats:
        found = propose(a_term(*people, seats=seats, free=free), seat.number)
        assert isinstance(found, OrderNeeded) == (len(outcomes) > 1)


def test_two_seats_of_one_kind_need_no_order():
    """Whichever is filled first, the same two people enter on the same kind of seat."""
    term = a_term(listed(1, "s1"), listed(2, "s2"), free=[FreeSeat(1, MAY), FreeSeat(2, MAY)])
    assert propose(term, 1) == propose(term, 2) == Next("s1", 1, None, ())


def test_the_seat_that_was_free_first_is_filled_first():
    """A later one waits where the same people stand ready for both."""
    term = a_term(listed(1, "s1"), listed(2, "s2"), free=[FreeSeat(2, MAY), FreeSeat(1, MAY - DAY)])
    assert propose(term, 2) == EarlierFirst((1,))
    assert propose(term, 1) == Next("s1", 1, None, ())


def test_an_earlier_seat_of_other_people_holds_nothing_back():
    """Two seats reserved for different groups never wait for one another, and neither does one whose list is empty."""
    seats = (Seat(1, "nord", "e1"), Seat(2, "syd", "e2"))
    people = (listed(1, "s1", "nord"), listed(2, "s2", "syd"))
    free = [FreeSeat(1, MAY - DAY), FreeSeat(2, MAY)]
    found = propose(a_term(*people, seats=seats, free=free), 2)
    assert isinstance(found, Next)
    assert found.candidate == "s2"


def test_a_seat_that_is_not_free_has_no_next():
    """Asking about it is an error, and so is asking twice."""
    term = a_term(listed(1, "s1"), free=[FreeSeat(1, MAY, asked="s1")])
    for seat in (1, 2):
        with pytest.raises(ValueError, match="not free"):
            propose(term, seat)


def test_absences_count_only_where_nobody_explained_them():
    """Two without a reason are enough, wherever they stand among the others; one excused afterwards counts no more."""
    assert unexplained_too_often([False, True, False], 2)
    assert not unexplained_too_often([False, True, True], 2)
    assert unexplained_too_often([False], 1)
    assert not unexplained_too_often([False] * 9, 0)
