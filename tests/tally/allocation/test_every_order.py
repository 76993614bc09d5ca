"""Every order that the votes leave open is tried out, and compared with what the count says and asks."""

import random
from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st
from naive_count import draw_all_lots, naive_outcome, outcome

from ballots.rules import BallotRules
from tally.allocation import CandidateCount, Counts, Lot, allocate
from tally.rules import CountingRules, ReservedSeats, SeatRules, SubstituteRules

GROUPS = (None, "nord", "syd")


@st.composite
def rule_shapes(draw):
    total = draw(st.integers(1, 6))
    first = draw(st.integers(0, total))
    second = draw(st.integers(0, total - first))
    reserved = tuple(ReservedSeats(group, seats) for group, seats in (("nord", first), ("syd", second)) if seats > 0)
    return CountingRules(
        BallotRules(1, blank=True, order="alphabetical"),
        SeatRules(total, draw(st.sampled_from(("vacant", "open"))), reserved),
        SubstituteRules(
            draw(st.sampled_from(("ranked", "paired"))), draw(st.integers(1, 3)), draw(st.sampled_from((0, 0, 1, 2)))
        ),
    )


@st.composite
def small_counts(draw):
    people = draw(st.lists(st.tuples(st.sampled_from(GROUPS), st.integers(0, 3)), min_size=1, max_size=6))
    return Counts(
        tuple(CandidateCount(f"c{n}", f"Åse {n}", group, votes) for n, (group, votes) in enumerate(people)), 0, 0
    )


def orders_left_open(counts):
    """Every order of the candidates in which nobody stands before somebody with more votes."""
    levels = {}
    for person in counts.candidates:
        levels.setdefault(person.votes, []).append(person)
    ways = [list(permutations(levels[votes])) for votes in sorted(levels, reverse=True)]
    return [tuple(person for level in way for person in level) for way in product(*ways)]


def pairs_outside(order, people):
    """Who stands before whom, except among `people`."""
    ids = [person.id for person in order]
    return frozenset(
        (first, second)
        for place, first in enumerate(ids)
        for second in ids[place + 1 :]
        if not (first in people and second in people)
    )


def agrees(order, lots):
    ids = [person.id for person in order]
    return all(list(lot.order) == [one for one in ids if one in lot.among] for lot in lots)


def can_change_something(rules, orders, among):
    """Whether two orders that differ only among these people give two outcomes."""
    outcomes = {}
    for order in orders:
        outcomes.setdefault(pairs_outside(order, among), set()).add(naive_outcome(rules, order))
    return any(len(found) > 1 for found in outcomes.values())


@settings(max_examples=250, deadline=None)
@given(rule_shapes(), small_counts(), st.integers(0, 10**6))
def test_a_lot_is_asked_for_exactly_when_it_can_change_an_outcome(rules, counts, seed):
    """A count is whole exactly when all open orders give one outcome, and each lot asked for can give two."""
    orders = orders_left_open(counts)
    chosen = random.Random(seed).choice(orders)
    for answer, lots in draw_all_lots(rules, counts, chosen):
        left = [order for order in orders if agrees(order, lots)]
        possible = {naive_outcome(rules, order) for order in left}
        if answer.status == "complete":
            assert possible == {outcome(rules, answer)}
        else:
            assert len(possible) > 1
            for demand in answer.lots_required:
                assert can_change_something(rules, left, demand.among)


@settings(max_examples=100, deadline=None)
@given(rule_shapes(), small_counts())
def test_every_lot_that_is_sure_to_come_is_asked_for_at_once(rules, counts):
    """The first answer asks for each lot that will be asked for however the other lots fall, and for no other."""
    runs = {
        frozenset(demand.among for answer, _ in draw_all_lots(rules, counts, order) for demand in answer.lots_required)
        for order in orders_left_open(counts)
    }
    first = {demand.among for demand in allocate(rules, counts).lots_required}
    assert first == frozenset.intersection(*runs)


@settings(max_examples=150, deadline=None)
@given(rule_shapes(), small_counts(), st.integers(0, 10**6))
def test_the_answer_with_lots_is_the_naive_one(rules, counts, seed):
    """After all lots are drawn by one order, seats and followers are those of that order, in at most four rounds."""
    order = random.Random(seed).choice(orders_left_open(counts))
    answers = [answer for answer, _ in draw_all_lots(rules, counts, order)]
    assert outcome(rules, answers[-1]) == naive_outcome(rules, order)
    assert len(answers) <= 4


@settings(max_examples=150, deadline=None)
@given(rule_shapes(), small_counts())
def test_what_an_unfinished_answer_names_is_certain(rules, counts):
    """While lots are wanted, whoever is named as elected sits on that seat in every order left open."""
    answer = allocate(rules, counts)
    for order in orders_left_open(counts):
        seats, _ = naive_outcome(rules, order)
        assert {(member.id, member.seat) for member in answer.elected} <= seats
        assert rules.seats.total == len(seats) + answer.vacant


@settings(max_examples=150, deadline=None)
@given(rule_shapes(), small_counts())
def test_whoever_is_certain_is_named(rules, counts):
    """While lots are wanted, nobody whose seat no order can change is left out of the elected."""
    answer = allocate(rules, counts)
    certain = frozenset.intersection(*(naive_outcome(rules, order)[0] for order in orders_left_open(counts)))
    assert certain == {(member.id, member.seat) for member in answer.elected}


@settings(max_examples=150, deadline=None)
@given(rule_shapes(), small_counts(), st.integers(0, 10**6))
def test_one_more_vote_never_unseats(rules, counts, seed):
    """Whoever is elected stays elected with one more vote and the same order among all tied people."""
    order = random.Random(seed).choice(orders_left_open(counts))
    elected = dict(naive_outcome(rules, order)[0])
    for lucky in elected:
        more = tuple(
            CandidateCount(row.id, row.name, row.group, row.votes + (row.id == lucky)) for row in counts.candidates
        )
        by_id = {person.id: person for person in more}
        moved = sorted((by_id[person.id] for person in order), key=lambda person: -person.votes)
        *_, (answer, _) = draw_all_lots(rules, Counts(more, 0, 0), moved)
        assert lucky in {member.id for member in answer.elected}


@settings(max_examples=150, deadline=None)
@given(rule_shapes(), small_counts(), st.permutations(range(6)), st.integers(0, 10**6))
def test_ballot_order_and_names_change_nothing(rules, counts, shuffle, seed):
    """Listing the same people in another order, under other ids, gives the same seats, ranks and followers."""
    order = random.Random(seed).choice(orders_left_open(counts))
    new_id = {f"c{place}": f"x{shuffle[place]}" for place in range(6)}

    def renamed(person):
        return CandidateCount(new_id[person.id], person.name[::-1], person.group, person.votes)

    other = Counts(tuple(sorted(map(renamed, counts.candidates), key=lambda row: row.id)), 0, 0)
    *_, (first, lots) = draw_all_lots(rules, counts, order)
    *_, (second, other_lots) = draw_all_lots(rules, other, tuple(map(renamed, order)))
    assert {tuple(sorted(new_id[one] for one in lot.among)) for lot in lots} == {lot.among for lot in other_lots}
    assert {(row.rank, new_id[row.id], row.votes, row.seat) for row in first.elected} == {
        (row.rank, row.id, row.votes, row.seat) for row in second.elected
    }
    assert {(row.rank, new_id[row.id], row.group, new_id.get(row.member)) for row in first.substitutes} == {
        (row.rank, row.id, row.group, row.member) for row in second.substitutes
    }


@settings(max_examples=150, deadline=None)
@given(rule_shapes(), small_counts(), st.randoms(use_true_random=False))
def test_any_draw_leads_to_an_end(rules, counts, bowl):
    """However each lot falls, also against an earlier one, the count ends in seats and followers some order gives.

    A lot for the dealing may put a member first who was drawn last for a reserved seat: each lot decides its matter.
    """
    possible = [naive_outcome(rules, order) for order in orders_left_open(counts)]
    lots = ()
    answer = allocate(rules, counts, lots)
    while answer.status == "lots_required":
        lots += tuple(
            Lot(demand.among, tuple(bowl.sample(demand.among, len(demand.among)))) for demand in answer.lots_required
        )
        answer = allocate(rules, counts, lots)
    seats, follow = outcome(rules, answer)
    assert seats in {found for found, _ in possible}
    assert follow in {found for given_seats, found in possible if dict(given_seats).keys() == dict(seats).keys()}
    assert rules.substitutes.model == "paired" or (seats, follow) in possible


@settings(max_examples=150, deadline=None)
@given(rule_shapes(), small_counts(), st.integers(0, 10**6))
def test_every_seat_is_filled_or_vacant_once(rules, counts, seed):
    """Seats filled and vacant make the total, nobody has two, and no group has more reserved seats than it may."""
    order = random.Random(seed).choice(orders_left_open(counts))
    *_, (answer, _) = draw_all_lots(rules, counts, order)
    people = [row.id for row in (*answer.elected, *answer.substitutes)]
    assert len(answer.elected) + answer.vacant == rules.seats.total
    assert answer.vacant >= 0
    assert len(people) == len(set(people))
    kinds = [member.seat for member in answer.elected]
    for reserve in rules.seats.reserved:
        assert kinds.count(reserve.group) <= reserve.seats
    assert all(row.votes >= rules.substitutes.minimum_votes for row in (*answer.elected, *answer.substitutes))


@settings(max_examples=150, deadline=None)
@given(rule_shapes(), small_counts())
def test_what_a_step_says_of_a_contender_is_certain(rules, counts):
    """Who is shown with a seat has it in every order left open, who is shown without in none, who waits in some only.

    A contender may wait for another lot than the one for this very seat, so of her it is said only that the outcome
    is open as long as a lot is.
    """
    seats_given = {kind: set() for kind in GROUPS} | {"open": set()}
    possible = [dict(naive_outcome(rules, order)[0]) for order in orders_left_open(counts)]
    answer = allocate(rules, counts)
    for step in answer.course:
        if step.code in {"reserved", "open"}:
            kind = step.group if step.code == "reserved" else "open"
            for contender in step.contenders:
                has = [seats.get(contender.person.id) == kind for seats in possible]
                assert contender.fate != "seated" or all(has)
                assert contender.fate != "none" or not any(has)
                assert contender.fate != "lot" or answer.status == "lots_required"
            seats_given[kind] = {one.person.id for one in step.contenders if one.fate == "seated"}
    assert {(who, kind) for kind, people in seats_given.items() for who in people} == {
        (member.id, member.seat) for member in answer.elected
    }
