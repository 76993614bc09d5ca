"""Who is next for a free seat: by the certified list, whatever lives people lead, and never by the order of seats."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ballots.rules import BallotRules
from tally.allocation import CandidateCount, Counts, Lot, SubstituteMember, allocate
from tally.rules import OPEN_SEAT, CountingRules, ReservedSeats, SeatRules, SubstituteRules
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
from tally.tenure import Sitting, holder, spans

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
    final = propose(a_term(listed(1, "s1"), free=[FreeSeat(1, MAY)], told=(Told("s1", Reason.DIED, MAY),)), 1)
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
    assert not unexplained_too_often([False] * 9, 0)


@st.composite
def certified(draw):
    """Rules and a count with every lot drawn, as the board would have drawn it."""
    total = draw(st.integers(1, 4))
    nord = draw(st.integers(0, total))
    reserved = (ReservedSeats("nord", nord),) if nord else ()
    model = draw(st.sampled_from(("ranked", "ranked", "paired")))
    rules = CountingRules(
        BallotRules(1, blank=True, order="alphabetical"),
        SeatRules(total, draw(st.sampled_from(("vacant", "open"))), reserved),
        SubstituteRules(model, draw(st.integers(1, 2)), 0),
    )
    people = draw(st.lists(st.tuples(st.sampled_from((None, "nord")), st.integers(0, 2)), min_size=1, max_size=9))
    counts = Counts(tuple(CandidateCount(f"c{n}", f"c{n}", *one) for n, one in enumerate(people, 1)), 0, 0)
    lots = ()
    while (answer := allocate(rules, counts, lots)).status == "lots_required":
        lots += tuple(Lot(one.among, tuple(draw(st.permutations(one.among)))) for one in answer.lots_required)
    return rules, answer


class Lives(RuleBasedStateMachine):
    """A council through its term: members leave, substitutes are asked, say yes or no, move and die, in any order of days."""

    @initialize(election=certified(), declined=st.sampled_from(("struck", "stays")))
    def begin(self, election, declined):
        rules, answer = election
        self.day = START
        seats = tuple(Seat(n, one.seat, one.id) for n, one in enumerate(answer.elected, 1))
        sittings = tuple(Sitting(n, one.id, "", START) for n, one in enumerate(answer.elected, 1))
        self.groups = {one.id: one.group for one in answer.substitutes}
        self.term = Term(answer.substitutes, rules.substitutes.model, declined, seats, sittings, (), ())

    def sitting(self, number):
        return holder(self.term.sittings, number, self.day)

    @property
    def waiting(self):
        return [one for one in self.term.free if one.asked is None]

    @property
    def asked(self):
        return [one for one in self.term.free if one.asked is not None]

    def swap(self, old, *new):
        self.term = replace(self.term, free=(*(one for one in self.term.free if one != old), *new))

    @rule(days=st.integers(1, 60))
    def wait(self, days):
        self.day = min(END - 2 * DAY, self.day + days * DAY)

    @rule(pick=st.randoms(use_true_random=False), number=st.integers(1, 3))
    def leave(self, pick, number):
        """Some members leave, all after this day."""
        here = [one for one in self.term.sittings if one.holds(self.day) and one.until_on is None]
        for one in pick.sample(here, min(number, len(here))):
            times = tuple(replace(time, until_on=self.day) if time == one else time for time in self.term.sittings)
            free = (*self.term.free, FreeSeat(one.seat, self.day + DAY))
            self.term = replace(self.term, sittings=times, free=free)

    @precondition(lambda self: self.waiting)
    @rule(pick=st.randoms(use_true_random=False))
    def ask(self, pick):
        """Somebody is proposed, as a slow reading of the rules proposes her, or people must say which seat comes first."""
        wanted = pick.choice(self.waiting)
        found = propose(self.term, wanted.seat)
        assert not isinstance(found, LotNeeded)
        match found:
            case Next(candidate):
                assert candidate == self.naive_first(wanted)
                assert self.comes_first(wanted)
                self.swap(wanted, replace(wanted, asked=candidate))
            case Nobody():
                assert self.naive_first(wanted) is None
                if found.is_final:
                    self.swap(wanted)
            case OrderNeeded(seats):
                together = [one for one in self.waiting if one.day == wanted.day]
                assert set(seats) == {one.seat for one in together}
                assert len(self.naive_orders(together)) > 1
                for turn, one in enumerate(pick.sample(together, len(together)), 1):
                    self.swap(one, replace(one, turn=turn))
            case EarlierFirst(seats):
                assert not self.comes_first(wanted)
                named = [one for one in self.waiting if one.seat in seats]
                assert len(named) == len(seats)
                assert all((one.day, one.turn or 0) < (wanted.day, wanted.turn or 0) for one in named)

    def comes_first(self, wanted):
        """Whether nothing else is to be filled before, by a slow reading of the rules."""
        if self.term.model == "paired":
            return True
        others = [one for one in self.waiting if one.day < wanted.day]
        if any(set(self.naive_line(one)) & set(self.naive_line(wanted)) for one in others):
            return False
        together = [one for one in self.waiting if one.day == wanted.day]
        return len(self.naive_orders(together)) == 1 or all(wanted.turn <= one.turn for one in together)

    def naive_orders(self, together):
        """Every outcome that some order of these seats gives: who sits on which kind."""
        outcomes = set()
        for order in permutations(together):
            taken = {}
            for one in order:
                left = [name for name in self.naive_line(one) if name not in taken]
                if left:
                    taken[left[0]] = next(seat.kind for seat in self.term.seats if seat.number == one.seat)
            outcomes.add(frozenset(taken.items()))
        return outcomes

    def naive_line(self, wanted):
        """Who could be asked for a seat, first first."""
        seat = next(seat for seat in self.term.seats if seat.number == wanted.seat)
        found = []
        for one in sorted(self.term.substitutes, key=lambda one: one.rank):
            mine = one.member == seat.first if self.term.model == "paired" else seat.kind in {OPEN_SEAT, one.group}
            had_a_seat = any(time.candidate == one.id for time in self.term.sittings)
            busy = any(free.asked == one.id for free in self.term.free)
            out = any(
                told.candidate == one.id
                and (told.reason != "declined" or self.term.declined == "struck" or told.day >= wanted.day)
                for told in self.term.told
            )
            if mine and not (had_a_seat or busy or out):
                found.append(one.id)
        return found

    def naive_first(self, wanted):
        return next(iter(self.naive_line(wanted)), None)

    @precondition(lambda self: self.asked)
    @rule(pick=st.randoms(use_true_random=False), says_yes=st.booleans())
    def answer(self, pick, says_yes):
        one = pick.choice(self.asked)
        if says_yes:
            time = Sitting(one.seat, one.asked, "", max(one.day, self.day))
            self.term = replace(self.term, sittings=(*self.term.sittings, time))
            self.swap(one)
        else:
            told = Told(one.asked, Reason.DECLINED, self.day)
            self.term = replace(self.term, told=(*self.term.told, told))
            self.swap(one, replace(one, asked=None))

    @precondition(lambda self: self.term.substitutes)
    @rule(
        pick=st.randoms(use_true_random=False),
        reason=st.sampled_from((Reason.MOVED_AWAY, Reason.DIED, Reason.WITHDREW, Reason.ENGAGED)),
    )
    def lose(self, pick, reason):
        """Something happens to a substitute, sitting, asked or neither."""
        who = pick.choice(self.term.substitutes).id
        self.term = replace(self.term, told=(*self.term.told, Told(who, reason, self.day)))
        for one in self.asked:
            if one.asked == who:
                self.swap(one, replace(one, asked=None))

    @precondition(lambda self: self.term.free)
    @rule(pick=st.randoms(use_true_random=False))
    def take_back(self, pick):
        """A seat was never free after all: its last member stays, unless it is known that she left."""
        one = pick.choice(self.term.free)
        self.swap(one)
        last = max((time for time in self.term.sittings if time.seat == one.seat), key=lambda time: time.from_on)
        times = tuple(replace(time, until_on=None) if time == last else time for time in self.term.sittings)
        self.term = replace(self.term, sittings=times)

    @invariant()
    def every_day_has_one_member_or_none(self):
        """Nobody sits twice, no seat has two, and the term of each seat is told without a gap."""
        times = self.term.sittings
        for one in times:
            day = one.from_on
            assert [time for time in times if time.seat == one.seat and time.sat and time.holds(day)] == (
                [one] if one.sat else []
            )
        assert max(Counter(one.candidate for one in times).values(), default=0) <= 1
        for seat in self.term.seats:
            told = spans(times, seat.number, START, END)
            assert (told[0].from_on, told[-1].until_on) == (START, END)

    @invariant()
    def somebody_can_always_go_on(self):
        """No two free seats wait for one another."""
        found = [propose(self.term, one.seat) for one in self.waiting]
        assert not found or any(not isinstance(one, EarlierFirst) for one in found)


Lives.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestLives = Lives.TestCase
