"""Too few, as many or too many candidates are seen early, with what can be done about it."""

import re
from datetime import timedelta

import pytest
from board import seat_board
from filed import NUMBERS, file_nomination, set_state
from standing import DURING

from candidates.nomination import NominationState
from votingapp.desks.secretariat.overview.outlook import Demand, GroupOutlook, outlook
from votingapp.store import elections

PAGE = "/koege-2021/secretariat"
RESERVED = """
[[seats.reserved]]
group = "Unge"
seats = 2

[substitutes]
"""


def look(store, election):
    with store.reading() as connection:
        return outlook(connection, elections.by_id(connection, election.id), store.clock())


@pytest.mark.parametrize(
    ("states", "accepted", "waiting", "demand"),
    [
        ("", 0, 0, Demand.FEWER),
        ("asr", 1, 2, Demand.FEWER),
        ("aaaas", 4, 1, Demand.AS_MANY),
        ("aaaasr", 4, 2, Demand.MORE),
        ("aaaafw", 4, 0, Demand.FEWER),
    ],
)
def test_those_who_wait_count_and_those_who_are_out_do_not(store, board, clock, states, accepted, waiting, demand):
    """Accepted, submitted and returned stand against the seats; refused and withdrawn do not."""
    seated = board(store)
    clock.move_to(DURING)
    named = {
        "a": NominationState.ACCEPTED,
        "s": NominationState.SUBMITTED,
        "r": NominationState.RETURNED,
        "f": NominationState.REFUSED,
        "w": NominationState.WITHDRAWN,
    }
    for place, letter in enumerate(states):
        filed = file_nomination(store, seated.election, f"Navn {'ABCDEF'[place]}", NUMBERS[place])
        set_state(store, seated.election, filed, named[letter], seated.secretary)
    found = look(store, seated.election)
    assert (found.accepted, found.waiting, found.demand, found.seats) == (accepted, waiting, demand, 5)


def test_each_group_is_counted_for_its_own_seats(store, found_election, koege_rules, clock):
    """Four who belong to no group are too many where two of five seats are kept for the young."""
    election = found_election(store, rules_text=koege_rules.replace("[substitutes]\n", RESERVED))
    clock.move_to(DURING)
    for place in range(4):
        file_nomination(store, election, f"Navn {'ABCD'[place]}", NUMBERS[place], group="Unge" if place == 0 else None)
    assert look(store, election).demand is Demand.FEWER
    assert look(store, election).groups == (GroupOutlook("Unge", 2, 0, 1),)
    file_nomination(store, election, "Navn E", NUMBERS[4])
    assert look(store, election).demand is Demand.MORE


@pytest.mark.parametrize(
    ("before", "days"),
    [
        (timedelta(days=6), 6),
        (timedelta(hours=13), 1),
        (timedelta(hours=11), 0),
        (-timedelta(microseconds=999_999), 0),
        (-timedelta(seconds=1), None),
    ],
)
def test_days_are_those_of_the_calendar(store, board, clock, before, days):
    """On the day before it is one day, on the day itself none, and after the last second it is over."""
    seated = board(store)
    clock.move_to(seated.election.rules.nomination.closes - before)
    assert look(store, seated.election).days_left == days


def test_the_page_says_what_it_means_and_what_can_be_decided(desk, store, election, clerk):
    """With too few the page leads to more time and to the decision; with too many to neither."""
    page = desk.get(PAGE).text
    for words in ("5 pladser bliver vakante", "6 dage til fristen", "Giv alle mere tid"):
        assert words in page
    for place, name in enumerate(("Mohammad Ali", "Mohamad Ali", "Bo Ek", "Zia Dam", "Ugo Å", "Ida Ø")):
        file_nomination(store, election, name, NUMBERS[place])
    page = desk.get(PAGE).text
    assert "flere kandidater end pladser" in page
    assert "Giv alle mere tid" not in page
    assert "2 kandidater har navne, der kan forveksles" in page


def test_where_no_vote_is_held_only_what_follows_a_vote_is_left(
    store, found_election, add_staff, clock, office, sign_in
):
    """The overview points to the decision, and to record and complaints alone of what would still have to be done."""
    from votingapp.desks.secretariat.uncontested import service  # noqa: PLC0415 - decided here only

    seated = seat_board(store, found_election(store), add_staff)
    clock.move_to(seated.election.rules.nomination.cure_until + timedelta(seconds=1))
    seen = service.examine(store, seated.secretary, seated.election).fingerprint
    assert service.decide(store, seated.secretary, seated.election, seen, "Byrådet", "Ingen", {}) == service.Decided()
    page = sign_in(office.test_client(), seated.secretary.login).get(PAGE).text
    assert "Der holdes ingen afstemning." in page
    now = re.findall(r'aria-current="step">\s*<h2>(\d+)', page)
    assert now == ["10", "11"]
