"""The claims of an audit carry the seats: whatever counts they hold for give the same seats, and each of them is needed."""

from __future__ import annotations

from functools import cache

import pytest
from audited_papers import counts, every_count, holds, rules
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.allocation import Lot, allocate
from tally.audit.assertions import Claim, ClaimKind, find_claims

A, B = "a", "b"
ELECTIONS = [
    (rules(2), (None,) * 4),
    (rules(1), (None,) * 4),
    (rules(2, minimum=2), (None,) * 4),
    (rules(3, minimum=2), (None,) * 4),
    (rules(3, (A, 1)), (A, A, None, None)),
    (rules(3, (A, 2)), (A, None, None, None)),
    (rules(3, (A, 2), unfilled="open"), (A, None, None, None)),
    (rules(3, (A, 2), unfilled="open", minimum=2), (A, A, None, None)),
    (rules(3, (A, 2), minimum=2), (A, A, A, None)),
    (rules(2, (A, 1), (B, 1)), (A, A, B, B)),
    (rules(3, (A, 1), (B, 1), minimum=2), (A, A, B, None)),
    (rules(2, (A, 1)), ("other", A, None, A)),
]
"""Reserved seats that are filled and not, open ones that are and not, a fewest number of votes, and a group nobody knows."""


def seats_of(rule_set, found):
    """Who has which seat; None where a lot for a seat must be drawn."""
    answer = allocate(rule_set, found)
    if any(one.decides == "seat" for one in answer.lots_required):
        return None
    return {(one.id, one.seat) for one in answer.elected}


@cache
def up_to_three(rule_set, groups):
    """All 256 counts of four candidates with 0 to 3 votes each: the votes by id, the seats and the count."""
    return [
        ({row.id: row.received for row in found.candidates}, seats_of(rule_set, found), found)
        for found in every_count(counts((0, 0, 0, 0), groups), 3)
    ]


@pytest.mark.parametrize(("rule_set", "groups"), ELECTIONS)
def test_counts_for_which_every_claim_holds_give_the_same_seats(rule_set, groups):
    """All counts of four candidates as reported against all of them as true."""
    least = rule_set.substitutes.minimum_votes
    everything = up_to_three(rule_set, groups)
    compared = 0
    for _votes, reported, found in everything:
        if reported is None:
            continue
        claims = find_claims(rule_set, found, allocate(rule_set, found))
        for received, true, _found in everything:
            if all(holds(claim, received, least) for claim in claims):
                compared += 1
                assert true == reported
    assert compared >= sum(reported is not None for _votes, reported, _found in everything)  # each holds for itself


@pytest.mark.parametrize(("rule_set", "groups"), ELECTIONS)
def test_no_claim_is_idle(rule_set, groups):
    """For each claim there are counts for which it alone is false, and which give other seats or ask for a lot."""
    least = rule_set.substitutes.minimum_votes
    everything = up_to_three(rule_set, groups)
    needed, asked = set(), set()
    for received, reported, found in everything:
        if reported is None or len(set(received.values())) < len(received):
            continue  # votes that are all different: the others lie on the borders and leave claims no room
        claims = find_claims(rule_set, found, allocate(rule_set, found))
        for claim in claims:
            asked.add(claim)
            rest = [one for one in claims if one != claim]
            if any(
                true != reported and not holds(claim, votes, least) and all(holds(one, votes, least) for one in rest)
                for votes, true, _found in everything
            ):
                needed.add(claim)
    assert needed == asked


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=4, max_size=9), st.data())
def test_larger_counts_that_keep_the_claims_keep_the_seats(votes, data):
    """As above, with more candidates and rules drawn at random."""
    groups = [data.draw(st.sampled_from([None, A, B])) for _ in votes]
    shares = data.draw(st.lists(st.integers(0, 2), min_size=2, max_size=2))
    reserved = [(name, share) for name, share in zip((A, B), shares, strict=True) if share]
    rule_set = rules(
        sum(shares) + data.draw(st.integers(1, 3)),
        *reserved,
        unfilled=data.draw(st.sampled_from(["vacant", "open"])),
        minimum=data.draw(st.integers(0, 3)),
    )
    found, least = counts(votes, groups), rule_set.substitutes.minimum_votes
    reported = seats_of(rule_set, found)
    if reported is None:
        return
    claims = find_claims(rule_set, found, allocate(rule_set, found))
    moved = [max(0, received + data.draw(st.integers(-6, 6))) for received in votes]
    received = {f"c{number}": one for number, one in enumerate(moved, 1)}
    if all(holds(claim, received, least) for claim in claims):
        assert seats_of(rule_set, counts(moved, groups)) == reported


def test_a_reserved_seat_is_claimed_against_the_group_alone():
    """Of two of one group, who sits on an open seat is compared too: the kind of seat decides who follows."""
    found = counts((9, 7, 8, 2), (A, A, None, None))
    rule_set = rules(3, (A, 1))
    claims = find_claims(rule_set, found, allocate(rule_set, found))
    more = {(one.candidate, one.other) for one in claims}
    assert more == {("c1", "c2"), ("c2", "c4"), ("c3", "c4")}


@pytest.mark.parametrize(
    ("rule_set", "votes", "groups", "claimed"),
    [
        (rules(1, minimum=2), (3, 1), (), {(ClaimKind.MORE, "c1", "c2"), (ClaimKind.LEAST, "c1", "")}),
        (rules(2, minimum=2), (3, 1), (), {(ClaimKind.BELOW, "c2", ""), (ClaimKind.LEAST, "c1", "")}),
        (
            rules(2, (A, 1), minimum=2),
            (3, 1, 4),
            (A, A, None),
            {
                (ClaimKind.MORE, "c1", "c2"),
                (ClaimKind.MORE, "c3", "c2"),
                (ClaimKind.LEAST, "c1", ""),
                (ClaimKind.LEAST, "c3", ""),
            },
        ),
    ],
    ids=["full", "free", "reserved_and_full"],
)
def test_who_has_too_few_votes_is_compared_where_no_seat_is_free_for_her(rule_set, votes, groups, claimed):
    """That she stays below the fewest is claimed only where nothing else keeps her from a seat."""
    found = counts(votes, groups)
    claims = find_claims(rule_set, found, allocate(rule_set, found))
    assert {(one.kind, one.candidate, one.other) for one in claims} == claimed


def test_100_candidates_and_five_seats_make_475_claims():
    """Each of the five against each of the others, and nothing more."""
    found = counts(tuple(range(100, 0, -1)))
    claims = find_claims(rules(5), found, allocate(rules(5), found))
    assert len(claims) == len(set(claims)) == 475
    assert {one.kind for one in claims} == {ClaimKind.MORE}


def test_where_everybody_has_a_seat_nothing_is_claimed():
    """More seats than candidates, and no fewest number of votes: no count could give other seats."""
    found = counts((3, 0))
    assert find_claims(rules(5), found, allocate(rules(5), found)) == ()


def test_seats_that_no_vote_gave_are_not_audited():
    """No vote was held, or a lot for a seat is still to be drawn; one that was drawn is a claim like another."""
    unheld = counts((None, None))
    with pytest.raises(ValueError, match=r"^only seats that a vote has given can be audited$"):
        find_claims(rules(2), unheld, allocate(rules(2), unheld))
    tied = counts((3, 2, 2))
    with pytest.raises(ValueError, match="a vote has given"):
        find_claims(rules(2), tied, allocate(rules(2), tied))
    drawn = allocate(rules(2), tied, [Lot(("c2", "c3"), ("c3", "c2"))])
    assert Claim(ClaimKind.MORE, "c3", "c2") in find_claims(rules(2), tied, drawn)
