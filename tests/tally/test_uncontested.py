"""No vote is held only where everybody who stands can be given a seat, and every obstacle to that is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.rules import BallotRules
from tally.rules import CountingRules, ReservedSeats, SeatRules, SubstituteRules
from tally.uncontested import UncontestedFacts, UncontestedObstacle, has_seat_for_each, may_decide

RULES = CountingRules(
    BallotRules(votes_per_voter=1, blank=True, order="alphabetical"),
    SeatRules(3, "vacant", ()),
    SubstituteRules("ranked", 0, 0),
)
READY = UncontestedFacts(
    ballot_fixed=False,
    nominations_over=True,
    undecided=0,
    groups=(None, None, None),
    names_alike=False,
    order_settled=True,
)
FAULTS = {
    "ballot_fixed": (True, UncontestedObstacle.BALLOT_FIXED),
    "nominations_over": (False, UncontestedObstacle.NOMINATIONS_OPEN),
    "undecided": (1, UncontestedObstacle.UNDECIDED),
    "groups": ((None,) * 4, UncontestedObstacle.TOO_MANY),
    "names_alike": (True, UncontestedObstacle.NAMES_ALIKE),
    "order_settled": (False, UncontestedObstacle.LOT_NOT_DRAWN),
}


def seats(total: int, unfilled: str, **reserved: int) -> CountingRules:
    rows = tuple(ReservedSeats(group, number) for group, number in reserved.items())
    return replace(RULES, seats=SeatRules(total, unfilled, rows))


@given(st.sets(st.sampled_from(sorted(FAULTS))))
def test_every_obstacle_is_named(faults):
    """Whatever stands in the way in whatever combination, exactly that is named."""
    facts = replace(READY, **{name: FAULTS[name][0] for name in faults})
    assert set(may_decide(RULES, facts)) == {FAULTS[name][1] for name in faults}


@pytest.mark.parametrize("candidates", [0, 1])
def test_fewer_than_two_need_no_lot(candidates):
    """Where nobody could come before another there is nothing to draw."""
    facts = replace(READY, groups=(None,) * candidates, order_settled=False)
    assert may_decide(RULES, facts) == ()
    two = replace(READY, groups=(None,) * 2, order_settled=False)
    assert may_decide(RULES, two) == (UncontestedObstacle.LOT_NOT_DRAWN,)


@pytest.mark.parametrize(
    ("rules", "groups", "enough"),
    [
        (seats(3, "vacant"), (), True),
        (seats(3, "vacant"), (None,) * 3, True),
        (seats(3, "vacant"), (None,) * 4, False),
        (seats(3, "vacant", unge=1), (None, None), True),
        (seats(3, "vacant", unge=1), (None, None, None), False),
        (seats(3, "open", unge=1), (None, None, None), True),
        (seats(3, "vacant", unge=1), ("unge", "unge", "unge"), True),
        (seats(3, "vacant", unge=1), ("unge", "unge", None), True),
        (seats(3, "vacant", unge=1), ("unge", "unge", "unge", None), False),
        (seats(3, "vacant", unge=3), ("gamle",), False),
        (seats(3, "open", unge=3), ("gamle",), True),
    ],
)
def test_reserved_seats_are_for_their_group(rules, groups, enough):
    """A seat that only others can take is none, unless the rules open it."""
    assert has_seat_for_each(rules, groups) is enough
