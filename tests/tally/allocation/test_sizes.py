"""From five candidates to a hundred, with every vote the same or many, the seats are those the rule's words give."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_count import draw_all_lots, naive_outcome, outcome

from ballots.rules import BallotRules
from tally.allocation import CandidateCount, Counts, Lot, LotDemand, allocate
from tally.rules import CountingRules, ReservedSeats, SeatRules, SubstituteRules

SIZES = (5, 6, 9, 15, 100)
SEATS = 5


def equal(number, votes):
    """So many candidates with the same votes, listed so that neither id nor place is the order drawn."""
    return Counts(tuple(CandidateCount(f"c{place}", "Åse", None, votes) for place in range(number)), 0, 0)


def shuffled(demand):
    order = list(demand.among)
    random.Random(len(order)).shuffle(order)
    return tuple(order)


@pytest.mark.parametrize("votes", [0, 7])
@pytest.mark.parametrize("number", SIZES)
def test_all_equal_on_a_list(rules, number, votes):
    """With a seat for everybody no lot; else one among all, which gives the five seats and the order of the rest."""
    people = equal(number, votes)
    answer = allocate(rules(SEATS), people)
    if number == SEATS:
        assert (answer.status, answer.substitutes, answer.vacant) == ("complete", (), 0)
        assert [(row.rank, row.id) for row in answer.elected] == [(1, row.id) for row in people.candidates]
        return
    (demand,) = answer.lots_required
    assert (answer.elected, answer.substitutes) == ((), ())
    assert demand == LotDemand(tuple(row.id for row in people.candidates), "seat")
    order = shuffled(demand)
    drawn = allocate(rules(SEATS), people, [Lot(demand.among, order)])
    assert (drawn.status, drawn.vacant) == ("complete", 0)
    assert {row.id for row in drawn.elected} == set(order[:SEATS])
    assert [(row.rank, row.id) for row in drawn.substitutes] == list(enumerate(order[SEATS:], 1))


@pytest.mark.parametrize("votes", [0, 7])
@pytest.mark.parametrize("number", SIZES)
def test_all_equal_in_pairs(rules, number, votes):
    """The lot for the seats orders members and those dealt to them: the sixth drawn follows the first, and so on."""
    people = equal(number, votes)
    answer = allocate(rules(SEATS, model="paired"), people)
    if number == SEATS:
        assert (answer.status, answer.substitutes, answer.vacant) == ("complete", (), 0)
        return
    (demand,) = answer.lots_required
    order = shuffled(demand)
    drawn = allocate(rules(SEATS, model="paired"), people, [Lot(demand.among, order)])
    assert [(row.rank, row.id) for row in drawn.elected] == list(enumerate(order[:SEATS], 1))
    dealt = order[SEATS : 3 * SEATS]
    assert [(row.id, row.member) for row in drawn.substitutes] == [
        (one, order[turn % SEATS]) for turn, one in enumerate(dealt)
    ]


@pytest.mark.parametrize("number", SIZES)
def test_all_zero_where_a_vote_is_needed(rules, number):
    """A seat asks for at least one vote: then every seat is vacant, nobody follows, and no lot is drawn for nothing."""
    answer = allocate(rules(SEATS, minimum=1), equal(number, 0))
    assert (answer.status, answer.elected, answer.substitutes, answer.vacant) == ("complete", (), (), SEATS)


@pytest.mark.parametrize("number", SIZES)
def test_more_seats_than_candidates(rules, number):
    """Everybody has a seat and the rest are vacant, whether a vote was held or not."""
    for votes in (0, 7, None):
        answer = allocate(rules(number + 2), equal(number, votes))
        assert answer.status == ("complete" if votes is not None else "uncontested")
        assert ([row.id for row in answer.elected], answer.vacant) == ([f"c{place}" for place in range(number)], 2)


@st.composite
def elections(draw):
    """Rules and counts of one of the sizes, with few different numbers of votes and so many ties."""
    number = draw(st.sampled_from(SIZES))
    most = draw(st.sampled_from((0, 1, 3, 40)))
    bowl = draw(st.randoms(use_true_random=False))
    people = tuple(
        CandidateCount(f"c{n}", f"Åse {n}", bowl.choice((None, "nord", "syd")), bowl.randint(0, most))
        for n in range(number)
    )
    reserved = draw(
        st.sampled_from(((), (ReservedSeats("nord", 2),), (ReservedSeats("nord", 3), ReservedSeats("syd", 2))))
    )
    rules = CountingRules(
        BallotRules(1, blank=True, order="alphabetical"),
        SeatRules(draw(st.sampled_from((SEATS, 9))), draw(st.sampled_from(("vacant", "open"))), reserved),
        SubstituteRules(
            draw(st.sampled_from(("ranked", "paired"))), draw(st.integers(1, 3)), draw(st.sampled_from((0, 1)))
        ),
    )
    order = tuple(sorted(bowl.sample(people, number), key=lambda person: -person.votes))
    return rules, Counts(people, 0, 0), order


@settings(max_examples=60, deadline=None)
@given(elections())
def test_the_seats_are_those_of_the_rules_words(election):
    """With all lots as one order says, seats and followers are that order's; each seat is filled or vacant once."""
    rules, counts, order = election
    *_, (answer, _) = draw_all_lots(rules, counts, order)
    assert outcome(rules, answer) == naive_outcome(rules, order)
    assert len(answer.elected) + answer.vacant == rules.seats.total
    kinds = [member.seat for member in answer.elected]
    assert all(kinds.count(reserve.group) <= reserve.seats for reserve in rules.seats.reserved)


@settings(max_examples=60, deadline=None)
@given(elections(), st.integers(0, 99))
def test_one_more_vote_never_unseats_at_any_size(election, pick):
    """Whoever has a seat keeps one with one more vote, the order among all others being the same."""
    rules, counts, order = election
    elected = sorted(dict(naive_outcome(rules, order)[0]))
    if not elected:
        return
    lucky = elected[pick % len(elected)]

    def favoured(person):
        return CandidateCount(person.id, person.name, person.group, person.votes + (person.id == lucky))

    moved = tuple(sorted(map(favoured, order), key=lambda person: -person.votes))
    *_, (answer, _) = draw_all_lots(rules, Counts(tuple(map(favoured, counts.candidates)), 0, 0), moved)
    assert lucky in {member.id for member in answer.elected}


@settings(max_examples=60, deadline=None)
@given(elections(), st.randoms(use_true_random=False))
def test_relabelling_changes_nothing_at_any_size(election, bowl):
    """The same people listed in another order under other names and ids: the same seats, ranks and followers."""
    rules, counts, order = election
    ids = [person.id for person in counts.candidates]
    new_id = dict(zip(ids, bowl.sample(ids, len(ids)), strict=True))

    def renamed(person):
        return CandidateCount(new_id[person.id], person.name[::-1], person.group, person.votes)

    listed = Counts(tuple(sorted(map(renamed, counts.candidates), key=lambda row: row.id)), 0, 0)
    *_, (first, _) = draw_all_lots(rules, counts, order)
    *_, (second, _) = draw_all_lots(rules, listed, tuple(map(renamed, order)))
    assert {(row.rank, new_id[row.id], row.seat) for row in first.elected} == {
        (row.rank, row.id, row.seat) for row in second.elected
    }
    assert {(row.rank, new_id[row.id], new_id.get(row.member)) for row in first.substitutes} == {
        (row.rank, row.id, row.member) for row in second.substitutes
    }
