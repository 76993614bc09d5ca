"""The rule's sentences, one by one, on elections small enough to settle by hand."""

import pytest

from tally.allocation import BadInput, Lot, LotDemand, allocate


def lot(words):
    order = tuple(words.split())
    return Lot(tuple(sorted(order)), order)


def seats_of(answer):
    return {member.id: member.seat for member in answer.elected}


def line_of(answer):
    return [row.id for row in answer.substitutes]


def pairs_of(answer):
    return [(row.id, row.member) for row in answer.substitutes]


def demands_of(answer):
    return {(" ".join(demand.among), demand.decides) for demand in answer.lots_required}


def test_most_votes_win_and_the_rest_are_substitutes_in_order(rules, counts):
    """Without ties the seats go down the votes and the list goes on from there."""
    answer = allocate(rules(2), counts("a:1 b:7 c:4 d:2"))
    assert [(row.rank, row.id, row.votes, row.seat) for row in answer.elected] == [
        (1, "b", 7, "open"),
        (2, "c", 4, "open"),
    ]
    assert [(row.rank, row.id, row.votes, row.member) for row in answer.substitutes] == [
        (1, "d", 2, None),
        (2, "a", 1, None),
    ]
    assert (answer.status, answer.vacant) == ("complete", 0)


def test_koege_2014_keeps_both_kinds(rules, counts):
    """With 3 and 2 seats reserved, the fourth of the larger group waits although he has more votes than both others."""
    koege = rules(5, reserved={"ikke-vestlig": 3, "vestlig": 2})
    people = (
        "a/ikke-vestlig:50 b/ikke-vestlig:40 c/ikke-vestlig:30 d/ikke-vestlig:20 e/vestlig:5 f/vestlig:4 g/vestlig:3"
    )
    answer = allocate(koege, counts(people))
    assert seats_of(answer) == dict.fromkeys("abc", "ikke-vestlig") | dict.fromkeys("ef", "vestlig")
    assert line_of(answer) == ["d", "g"]


def test_a_tie_at_the_border_asks_for_one_lot(rules, counts):
    """Three tied for the last seat draw once, and that draw also orders those it leaves on the list."""
    tied = counts("a:9 b:3 c:3 d:3")
    asked = allocate(rules(2), tied)
    assert demands_of(asked) == {("b c d", "seat")}
    assert seats_of(asked) == {"a": "open"}
    assert asked.substitutes == ()
    answer = allocate(rules(2), tied, [lot("d b c")])
    assert seats_of(answer) == {"a": "open", "d": "open"}
    assert line_of(answer) == ["b", "c"]


def test_tied_members_share_a_rank(rules, counts):
    """Equal votes among the elected of a ranked rule set are no question: 1, 2, 2, 4."""
    answer = allocate(rules(4), counts("a:9 b:3 c:3 d:1"))
    assert answer.status == "complete"
    assert [row.rank for row in answer.elected] == [1, 2, 2, 4]


def test_a_tie_on_the_list_asks_for_its_order(rules, counts):
    """Two tied substitutes draw, since either may be the first to enter."""
    tied = counts("a:9 b:3 c:3")
    assert demands_of(allocate(rules(1), tied)) == {("b c", "substitute")}
    assert line_of(allocate(rules(1), tied, [lot("c b")])) == ["c", "b"]


def test_all_lots_known_to_be_needed_are_asked_for_together(rules, counts):
    """A tie at the border and another further down are asked for in one answer."""
    assert demands_of(allocate(rules(1), counts("a:5 b:5 c:2 d:2"))) == {("a b", "seat"), ("c d", "substitute")}


def test_tied_substitutes_of_different_groups_need_no_lot(rules, counts):
    """Where all seats are reserved, tied people of two groups never compete and share a rank."""
    answer = allocate(rules(2, reserved={"nord": 1, "syd": 1}), counts("a/nord:9 b/syd:9 c/nord:2 d/syd:2 e/nord:1"))
    assert answer.status == "complete"
    assert [(row.id, row.rank) for row in answer.substitutes] == [("c", 1), ("d", 1), ("e", 3)]


def test_tied_substitutes_of_one_group_need_a_lot(rules, counts):
    """Where all seats are reserved, only those of the same group draw, and the others keep their rank beside them."""
    reserved = rules(2, reserved={"nord": 1, "syd": 1})
    people = counts("a/nord:9 b/syd:9 c/nord:2 d/syd:2 e/nord:2")
    assert demands_of(allocate(reserved, people)) == {("c e", "substitute")}
    answer = allocate(reserved, people, [lot("e c")])
    assert [(row.id, row.rank) for row in answer.substitutes] == [("d", 1), ("e", 1), ("c", 2)]


def test_tied_people_without_a_group_never_enter_reserved_seats(rules, counts):
    """Where all seats are reserved, people of no group stand on the list but replace nobody, so they draw no lot."""
    answer = allocate(rules(1, reserved={"nord": 1}), counts("a/nord:9 b:2 c:2"))
    assert answer.status == "complete"
    assert [(row.id, row.rank) for row in answer.substitutes] == [("b", 1), ("c", 1)]


def test_an_open_seat_makes_groups_compete(rules, counts):
    """As soon as one open seat is held, tied substitutes of two groups may compete for it."""
    shared = rules(3, reserved={"nord": 1, "syd": 1})
    people = counts("a/nord:9 b/syd:9 c/nord:4 d/syd:2 e/nord:2")
    assert demands_of(allocate(shared, people)) == {("d e", "substitute")}


def test_an_unfilled_reserved_seat_stays_vacant_or_opens(rules, counts):
    """Seats that a group cannot fill stay vacant, or go to the most votes among the rest, as the rules say."""
    people = counts("a/nord:5 b:4 c:3")
    kept = allocate(rules(3, reserved={"nord": 2}), people)
    assert (seats_of(kept), kept.vacant, line_of(kept)) == ({"a": "nord", "b": "open"}, 1, ["c"])
    opened = allocate(rules(3, reserved={"nord": 2}, unfilled="open"), people)
    assert (seats_of(opened), opened.vacant) == ({"a": "nord", "b": "open", "c": "open"}, 0)


def test_losing_a_reserved_seat_leaves_the_open_one(rules, counts):
    """Whoever misses the group's seat competes for the open seats with all votes."""
    answer = allocate(rules(2, reserved={"nord": 1}), counts("a/nord:9 b/nord:8 c:7"))
    assert seats_of(answer) == {"a": "nord", "b": "open"}


def test_which_of_two_tied_takes_the_reserved_seat_is_drawn(rules, counts):
    """Both are elected, but one leaves the reserved and one the open seat to a successor, so a lot decides which."""
    people = counts("a/nord:9 b/nord:9 c:1")
    asked = allocate(rules(2, reserved={"nord": 1}), people)
    assert demands_of(asked) == {("a b", "seat")}
    answer = allocate(rules(2, reserved={"nord": 1}), people, [lot("b a")])
    assert seats_of(answer) == {"b": "nord", "a": "open"}


def test_one_lot_is_asked_for_once(rules, counts):
    """The lot for the reserved seat orders both members, so the dealing to them asks for no second one."""
    mixed = rules(2, reserved={"nord": 1}, model="paired")
    people = counts("a/nord:9 b/nord:9 c:1")
    assert allocate(mixed, people).lots_required == (LotDemand(("a", "b"), "seat"),)
    answer = allocate(mixed, people, [lot("b a")])
    assert (answer.status, pairs_of(answer)) == ("complete", [("c", "b")])


def test_a_tie_behind_a_lot_waits_for_it(rules, counts):
    """Until it is drawn who gets the reserved seat, nobody knows who is tied for the open one."""
    mixed = rules(2, reserved={"nord": 1})
    people = counts("a/nord:5 b/nord:5 c:5 d:1 e:1")
    first = allocate(mixed, people)
    assert demands_of(first) == {("a b", "seat"), ("d e", "substitute")}
    assert seats_of(first) == {}
    second = allocate(mixed, people, [lot("b a"), lot("d e")])
    assert demands_of(second) == {("a c", "seat")}
    assert seats_of(second) == {"b": "nord"}
    last = allocate(mixed, people, [lot("b a"), lot("d e"), lot("c a")])
    assert (seats_of(last), line_of(last)) == ({"b": "nord", "c": "open"}, ["a", "d", "e"])


def test_a_lot_sure_to_come_does_not_wait(rules, counts):
    """Whoever of two takes the reserved seat, both are members and tied with a third for the dealing."""
    mixed = rules(3, reserved={"nord": 1}, model="paired")
    asked = allocate(mixed, counts("a/nord:5 b/nord:5 c:5 d:1"))
    assert demands_of(asked) == {("a b", "seat"), ("a b c", "pairing")}


def test_what_two_lots_say_together_needs_no_third(rules, counts):
    """Drawn before one who was drawn before a third is before the third; only those still side by side draw again."""
    mixed = rules(3, reserved={"nord": 1}, model="paired", per_member=1)
    people = counts("a/nord:1 b:1 c:1 d/nord:1")
    answer = allocate(mixed, people, [lot("a d"), lot("d b c")])
    assert (answer.status, pairs_of(answer)) == ("complete", [("c", "a")])
    assert demands_of(allocate(mixed, people, [lot("a d"), lot("b d c")])) == {("a b", "pairing")}


def test_a_later_lot_among_more_people_decides_its_own_matter(rules, counts):
    """A draw for the list among three stands as drawn, also where two of them were drawn for a seat before."""
    reserved = rules(2, reserved={"nord": 1})
    people = counts("z:9 a/nord:5 b/nord:5 c/nord:5 x:5")
    assert demands_of(allocate(reserved, people, [lot("b a c")])) == {("a c x", "substitute")}
    answer = allocate(reserved, people, [lot("b a c"), lot("c x a")])
    assert line_of(answer) == ["c", "x", "a"]


def test_paired_substitutes_are_dealt_by_rank_in_rounds(rules, counts):
    """The first round goes down the members, the second starts at the top again, and the rest are no substitutes."""
    answer = allocate(rules(2, model="paired"), counts("a:9 b:8 c:7 d:6 e:5 f:4 g:3"))
    assert pairs_of(answer) == [("c", "a"), ("d", "b"), ("e", "a"), ("f", "b")]
    assert [row.rank for row in answer.substitutes] == [1, 2, 3, 4]


def test_tied_members_draw_for_the_dealing(rules, counts):
    """Who of two tied members is dealt to first decides whose substitute is whose."""
    people = counts("a:9 b:9 c:7 d:6")
    assert demands_of(allocate(rules(2, model="paired"), people)) == {("a b", "pairing")}
    answer = allocate(rules(2, model="paired"), people, [lot("b a")])
    assert [(row.rank, row.id) for row in answer.elected] == [(1, "b"), (2, "a")]
    assert pairs_of(answer) == [("c", "b"), ("d", "a")]


def test_the_dealing_asks_only_as_far_as_it_reaches(rules, counts):
    """Members whom no substitute reaches and people whom no round reaches stay tied without a lot."""
    few = allocate(rules(4, model="paired"), counts("a:9 b:8 c:7 d:7 e:2 f:1"))
    assert (few.status, [row.rank for row in few.elected]) == ("complete", [1, 2, 3, 3])
    many = allocate(rules(1, model="paired", per_member=1), counts("a:9 b:8 c:7 d:7"))
    assert (many.status, pairs_of(many)) == ("complete", [("b", "a")])


def test_tied_substitutes_draw_for_the_dealing(rules, counts):
    """Tied people are drawn for whose substitute they become, and for whether they become one."""
    whose = allocate(rules(2, model="paired"), counts("a:9 b:8 c:7 d:7"))
    assert demands_of(whose) == {("c d", "pairing")}
    whether = allocate(rules(1, model="paired", per_member=1), counts("a:9 c:7 d:7"))
    assert demands_of(whether) == {("c d", "pairing")}


def test_minimum_votes_bars_from_seat_and_list(rules, counts):
    """One vote short means neither a seat nor the list, and a tie below the line asks for nothing."""
    answer = allocate(rules(3, minimum=3), counts("a:9 b:3 c:2 d:2"))
    assert (seats_of(answer), line_of(answer), answer.vacant) == ({"a": "open", "b": "open"}, [], 1)
    assert answer.status == "complete"


def test_a_barred_candidate_leaves_the_reserved_seat(rules, counts):
    """A group whose only candidate is barred does not fill its seat."""
    answer = allocate(rules(2, reserved={"nord": 1}, minimum=2), counts("a/nord:1 b:5 c:4"))
    assert (seats_of(answer), answer.vacant) == ({"b": "open"}, 1)


@pytest.mark.parametrize("number", [6, 9, 15, 100])
def test_all_zero_is_one_lot_among_all(rules, counts, number):
    """When nobody has a vote, everybody is tied for the seats, and one lot settles seats and list."""
    ids = [f"c{place:03}" for place in range(number)]
    people = counts(" ".join(f"{one}:0" for one in ids))
    asked = allocate(rules(5), people)
    assert asked.lots_required == (LotDemand(tuple(ids), "seat"),)
    order = tuple(reversed(ids))
    answer = allocate(rules(5), people, [Lot(tuple(ids), order)])
    assert tuple(seats_of(answer)) == tuple(sorted(order[:5]))
    assert tuple(line_of(answer)) == order[5:]


def test_as_many_candidates_as_seats_needs_no_lot(rules, counts):
    """Five people with equal votes for five seats are all elected at rank 1."""
    answer = allocate(rules(5), counts("a:2 b:2 c:2 d:2 e:2"))
    assert (answer.status, answer.vacant, [row.rank for row in answer.elected]) == ("complete", 0, [1] * 5)


@pytest.mark.parametrize("number", [5, 6, 9, 15, 100])
def test_every_size_deals_two_each(rules, counts, number):
    """In the paired model with 5 seats, up to ten of the others are dealt, none twice, no member more than two."""
    people = counts(" ".join(f"c{place}:{number - place}" for place in range(number)))
    answer = allocate(rules(5, model="paired"), people)
    dealt = [member for _, member in pairs_of(answer)]
    assert len(dealt) == min(10, number - 5)
    assert all(dealt.count(member.id) <= 2 for member in answer.elected)


def test_numbers_of_any_size_are_exact(rules, counts):
    """Two counts that differ by one far beyond a float's digits are not a tie, and seats need not be listed."""
    answer = allocate(rules(10**30), counts(f"a:{10**40} b:{10**40 + 1}"))
    assert [row.id for row in answer.elected] == ["b", "a"]
    assert answer.vacant == 10**30 - 2


def test_a_group_unknown_to_the_rules_is_seen(rules, counts):
    """A group without reserved seats competes for the open ones, and a step names whom that concerns."""
    answer = allocate(rules(2, reserved={"nord": 1}), counts("a/nrod:9 b/nord:2 c:1"))
    assert seats_of(answer) == {"a": "open", "b": "nord"}
    assert any("nrod" in step and "Navn a (a" in step for step in answer.steps)


def test_groups_without_meaning_are_no_remark(rules, counts):
    """Where no seats are reserved, groups change neither the seats nor the steps."""
    with_group = allocate(rules(1), counts("a/nord:9 b:2"))
    without = allocate(rules(1), counts("a:9 b:2"))
    assert (with_group.elected, with_group.steps) == (without.elected, without.steps)


def test_no_vote_held_elects_all_in_ballot_order(rules, counts):
    """With no more candidates than seats and no vote, all are elected as they stand on the ballot."""
    answer = allocate(rules(5), counts("b:- a:- c:-"))
    assert answer.status == "uncontested"
    assert [(row.rank, row.id, row.votes) for row in answer.elected] == [(1, "b", None), (2, "a", None), (3, "c", None)]
    assert (answer.vacant, answer.substitutes, answer.lots_required) == (2, (), ())


def test_nobody_stood(rules, counts):
    """An election without candidates leaves every seat vacant."""
    answer = allocate(rules(5), counts(""))
    assert (answer.status, answer.elected, answer.vacant) == ("uncontested", (), 5)


def test_too_many_candidates_need_a_vote(rules, counts):
    """More candidates than seats without a vote cannot be counted."""
    with pytest.raises(BadInput, match="a vote must be held") as refused:
        allocate(rules(2), counts("a:- b:- c:-"))
    assert refused.value.field == "candidates"


def test_reserved_seats_can_make_few_candidates_too_many(rules, counts):
    """Two of one group cannot be elected unopposed where one of the two seats is kept for another group."""
    people = counts("a/nord:- b/nord:-")
    with pytest.raises(BadInput, match="a vote must be held"):
        allocate(rules(2, reserved={"nord": 1, "syd": 1}), people)
    opened = allocate(rules(2, reserved={"nord": 1, "syd": 1}, unfilled="open"), people)
    assert seats_of(opened) == {"a": "nord", "b": "open"}


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("a b", "not tied"),
        ("b x", "'x' is no candidate"),
        ("b c d", "not tied"),
        ("b c", "no lot is asked for"),
    ],
)
def test_a_lot_nobody_asked_for_is_refused(rules, counts, order, message):
    """A lot among people who are not tied, not candidates, or tied to no consequence is bad input."""
    with pytest.raises(BadInput, match=message) as refused:
        allocate(rules(3), counts("a:9 b:3 c:3 d:1"), [lot(order)])
    assert refused.value.field == "lots[0] among"


def test_half_a_lot_is_refused(rules, counts):
    """A lot among two of three tied people leaves out one who has the same right."""
    with pytest.raises(BadInput, match=r"^lots\[0\] among: no lot is asked for among these candidates$"):
        allocate(rules(1), counts("a:3 b:3 c:3"), [lot("b a")])


def test_a_lot_without_a_vote_is_refused(rules, counts):
    """Where no vote was held there is no tie to draw for."""
    with pytest.raises(BadInput, match=r"^lots\[0\] among: no lot is asked for among these candidates$"):
        allocate(rules(2), counts("a:- b:-"), [lot("b a")])


@pytest.mark.parametrize(
    "broken",
    [
        [Lot(("a", "b"), ("a", "a"))],
        [Lot(("a", "b"), ("a",))],
        [Lot(("a", "b"), ("a", "b", "a"))],
        [Lot(("a", "b"), ("a", "c"))],
        [Lot(("a", "a"), ("a", "a"))],
        [Lot(("a",), ("a",))],
        [Lot((), ())],
        [Lot(("a", "b"), ("a", "b")), Lot(("b", "a"), ("b", "a"))],
    ],
)
def test_a_lot_must_be_a_permutation_and_drawn_once(rules, counts, broken):
    """A lot names at least two, orders exactly those, and is given once; the error names the lot."""
    with pytest.raises(BadInput) as refused:
        allocate(rules(1), counts("a:3 b:3"), broken)
    assert refused.value.field.startswith("lots[")


def test_the_steps_tell_the_course_in_danish(rules, counts):
    """Each step names its rule, a lot says how it fell, and the end reserves the council's approval."""
    answer = allocate(rules(2, reserved={"nord": 1}), counts("a/nord:5 b:1 c:1"), [lot("c b")])
    assert answer.steps == (
        "1 plads reserveret til gruppen »nord« ([[seats.reserved]]), flest stemmer i gruppen: Navn a (a): 5 stemmer.",
        "Stemmelighed: lodtrækning om en plads mellem Navn b (b): 1 stemme, Navn c (c): 1 stemme; udtrukket i rækkefølgen Navn c (c), Navn b (b).",
        "1 åben plads ([seats] total), flest stemmer blandt de øvrige: Navn c (c): 1 stemme.",
        '1 suppleant på én liste, flest stemmer først ([substitutes] model = "ranked").',
        "Valget er forbeholdt Byrådets godkendelse (integrationsloven § 42).",
    )


def test_the_steps_say_what_waits(rules, counts):
    """While a lot is wanted the steps say between whom, and name nobody as elected whom it may unseat."""
    answer = allocate(rules(3, minimum=1), counts("a:5 b:1 c:1 d:1 e:0"))
    assert answer.steps == (
        "Mindst 1 stemme kræves ([substitutes] minimum_votes); hverken plads eller suppleantpost til: Navn e (e): 0 stemmer.",
        "Stemmelighed: der skal trækkes lod om en plads mellem Navn b (b): 1 stemme, Navn c (c): 1 stemme, Navn d (d): 1 stemme.",
        "3 åbne pladser ([seats] total), flest stemmer blandt de øvrige: Navn a (a): 5 stemmer; 2 pladser afventer lodtrækning.",
        "Valget er forbeholdt Byrådets godkendelse (integrationsloven § 42).",
    )
