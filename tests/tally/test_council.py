"""The whole council must be what the count, the rules and the appointing bodies say together, and nothing may fill a seat by itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.allocation import CandidateCount, Counts, Lot, allocate
from tally.council import (
    ELECTED_CATEGORY,
    CategoryLine,
    Early,
    Fault,
    Finding,
    Place,
    SeatKind,
    elected_places,
    examine_council,
    first_day,
    lines_by_category,
    warnings_of,
)
from tally.rules import parse_counting_rules
from tally.rules_after import CouncilCategory, CouncilRules

BASIC = '[ballot]\nvotes_per_voter = 1\nblank = true\norder = "alphabetical"\n[substitutes]\nmodel = "ranked"\n'


def counted(seats, *votes, lots=()):
    """The places after a count of candidates c1, c2 and so on, given as votes or as (group, votes)."""
    rules = parse_counting_rules(BASIC + seats)
    people = [(None, one) if isinstance(one, int) else one for one in votes]
    candidates = tuple(CandidateCount(f"c{n}", f"Navn {n}", group, got) for n, (group, got) in enumerate(people, 1))
    allocation = allocate(rules, Counts(candidates, blank=0, invalid=0), list(lots))
    return elected_places(rules.seats, allocation, {one.id: one.name for one in candidates})


def some(number, kind=SeatKind.APPOINTED, category="Foreninger", *, vacant=0, first=1):
    return tuple(
        Place(first + n, category, kind, name="" if n >= number - vacant else f"Navn {n}") for n in range(number)
    )


def test_the_elected_come_first_in_the_order_of_the_answer():
    """Seats 1 and on must be those of the elected, by rank, each with the count's id and the label, never found by name."""
    first, second = counted("[seats]\ntotal = 2\n", 4, 9, 7)
    assert (first.number, first.candidate, first.name) == (1, "c2", "Navn 2")
    assert (second.number, second.candidate, second.kind, second.group) == (2, "c3", SeatKind.ELECTED, None)


def test_a_seat_that_nobody_won_is_vacant():
    """With fewer candidates than seats the rest must stand there, empty."""
    places = counted("[seats]\ntotal = 3\n", 4)
    assert [place.is_vacant for place in places] == [False, True, True]
    assert [place.number for place in places] == [1, 2, 3]


def test_a_reserved_seat_stays_its_group_s_when_it_is_vacant():
    """A vacant seat must keep the group that it is reserved for, unless the rules open it."""
    seats = '[seats]\ntotal = 4\nunfilled = "{}"\n[[seats.reserved]]\ngroup = "Unge"\nseats = 2\n'
    kept = counted(seats.format("vacant"), ("Unge", 3), 5)
    assert [(place.group, place.is_vacant) for place in kept] == [
        (None, False), ("Unge", False), ("Unge", True), (None, True)
    ]  # fmt: skip
    opened = counted(seats.format("open"), ("Unge", 3), 5)
    assert [(place.group, place.is_vacant) for place in opened][2:] == [(None, True), (None, True)]


def test_no_council_is_put_together_before_the_lot():
    """While a lot is to be drawn nobody may be proposed."""
    with pytest.raises(ValueError, match=r"^a lot is still to be drawn$"):
        counted("[seats]\ntotal = 1\n", 4, 4)
    (only,) = counted("[seats]\ntotal = 1\n", 4, 4, lots=[Lot(("c1", "c2"), ("c2", "c1"))])
    assert only.candidate == "c2"


@given(
    st.lists(st.tuples(st.sampled_from([None, "A", "B"]), st.integers(0, 40)), max_size=8, unique_by=lambda one: one[1]),
    st.integers(0, 2), st.integers(0, 2), st.integers(0, 3), st.sampled_from(["vacant", "open"]),
)  # fmt: skip
def test_there_are_always_as_many_seats_as_the_rules_say(people, for_a, for_b, free, unfilled):
    """Filled or vacant, every seat must stand there once, and no group may have more or fewer than are its own."""
    total = for_a + for_b + free
    if not total:
        return
    reserved = "".join(
        f'[[seats.reserved]]\ngroup = "{g}"\nseats = {n}\n' for g, n in (("A", for_a), ("B", for_b)) if n
    )
    places = counted(f'[seats]\ntotal = {total}\nunfilled = "{unfilled}"\n{reserved}', *people)
    assert [place.number for place in places] == list(range(1, total + 1))
    assert len({place.candidate for place in places if place.candidate}) == sum(not one.is_vacant for one in places)
    for group, number in (("A", for_a), ("B", for_b)):
        there = sum(place.group == group for place in places)
        assert there == number if unfilled == "vacant" else there <= number


def test_fifteen_members_are_the_most_in_koege():
    """One seat more than the most must be refused, and a seat that stands empty is a seat."""
    rules = CouncilRules(total_max=15)
    full = (
        *counted("[seats]\ntotal = 5\n", 5, 4, 3, 2, 1),
        *some(9, first=6),
        *some(1, SeatKind.BYRAAD, "Byrådet", first=15),
    )
    assert examine_council(rules, full) == ()
    (found,) = examine_council(rules, (*full, Place(16, "Skoler", SeatKind.APPOINTED)))
    assert found == Finding(Fault.TOO_MANY_SEATS, 16, 15)
    assert found.fault.forbids


def test_seven_are_the_fewest_and_a_vacant_seat_is_no_member():
    """Fewer than seven seats, or seven of which one is empty, must be told to those who decide, and forbids nothing."""
    rules = CouncilRules()
    assert examine_council(rules, some(7)) == ()
    assert examine_council(rules, some(6)) == (Finding(Fault.TOO_FEW_SEATS, 6, 7),)
    assert examine_council(rules, some(7, vacant=1)) == (Finding(Fault.TOO_FEW_MEMBERS, 6, 7),)
    assert [fault for fault in Fault if fault.forbids] == [Fault.TOO_MANY_SEATS, Fault.CATEGORY_DIFFERS]
    assert examine_council(CouncilRules(least=5), some(5)) == ()


def test_named_categories_are_neither_more_nor_fewer():
    """Where the rules name the categories, each must have its seats, filled in its way, and no other may be made up."""
    rules = CouncilRules(None, 1, (CouncilCategory("Skoler", 2, "appointed"), CouncilCategory("Byrådet", 1, "byraad")))
    byraad = some(1, SeatKind.BYRAAD, "Byrådet")
    elected = counted("[seats]\ntotal = 1\n", 3)
    assert examine_council(rules, (*elected, *some(2, category="Skoler", vacant=2), *byraad)) == ()
    assert examine_council(rules, (*some(3, category="Skoler"), *byraad)) == (
        Finding(Fault.CATEGORY_DIFFERS, 3, 2, "Skoler"),
    )
    assert examine_council(rules, (*some(2, category="Skoler"), *byraad, *some(1, category="Kirker"))) == (
        Finding(Fault.CATEGORY_DIFFERS, 1, 0, "Kirker"),
    )
    assert examine_council(rules, some(2, category="Skoler")) == (Finding(Fault.CATEGORY_DIFFERS, 0, 1, "Byrådet"),)
    assert {one.category for one in examine_council(rules, some(2, SeatKind.BYRAAD, "Skoler"))} == {"Skoler", "Byrådet"}


def test_the_table_has_each_category_once_with_its_vacant_seats():
    """As in Hvidovre: categories, seats, vacant; a reserved group is a line of its own, and all lines add up to the council."""
    seats = '[seats]\ntotal = 3\nunfilled = "vacant"\n[[seats.reserved]]\ngroup = "Unge"\nseats = 1\n'
    places = (
        *counted(seats, 5, 4),
        *some(4, category="Foreninger", vacant=3, first=4),
        *some(1, SeatKind.BYRAAD, "Byrådet", first=8),
    )
    assert lines_by_category(places) == (
        CategoryLine(ELECTED_CATEGORY, SeatKind.ELECTED, 2, 0),
        CategoryLine(f"{ELECTED_CATEGORY}, Unge", SeatKind.ELECTED, 1, 1),
        CategoryLine("Foreninger", SeatKind.APPOINTED, 4, 3),
        CategoryLine("Byrådet", SeatKind.BYRAAD, 1, 0),
    )


LAST = date(2021, 11, 30)


@pytest.mark.parametrize(
    ("met_on", "signed", "open_complaint", "said"),
    [
        (date(2021, 12, 1), True, False, ()),
        (LAST, True, False, (Early.COMPLAINTS_RUNNING,)),
        (date(2021, 12, 1), False, False, (Early.RECORD_UNSIGNED,)),
        (date(2021, 12, 1), True, True, (Early.COMPLAINT_OPEN,)),
        (date(2021, 11, 23), False, True, tuple(Early)),
    ],
)
def test_an_early_ruling_is_told_why_it_is_early(met_on, signed, open_complaint, said):
    """Each reason to wait must be said by itself, and on the day after the last day of complaints there is none left."""
    assert warnings_of(met_on=met_on, complaints_end=LAST, signed=signed, open_complaint=open_complaint) == said


def test_nobody_sits_before_the_term_or_before_the_byraad_met():
    """A member's first day must be the term's, or that of a meeting held later."""
    start = date(2022, 1, 1)
    assert first_day(start, date(2021, 12, 14)) == start
    assert first_day(start, date(2022, 1, 25)) == date(2022, 1, 25)
