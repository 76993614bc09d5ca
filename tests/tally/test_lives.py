"""A council lived through at random: whoever leaves, declines, moves or dies, the next is who a slow reading of the rules says."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ballots.rules import BallotRules
from tally.allocation import CandidateCount, Counts, Lot, allocate
from tally.rules import OPEN_SEAT, CountingRules, ReservedSeats, SeatRules, SubstituteRules
from tally.succession import (
    EarlierFirst,
    FreeSeat,
    LotNeeded,
    Next,
    Nobody,
    OrderNeeded,
    Reason,
    Seat,
    Term,
    Told,
    propose,
)
from tally.tenure import Sitting, holder, spans

START, END = date(2022, 1, 1), date(2025, 12, 31)
DAY = timedelta(days=1)


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
