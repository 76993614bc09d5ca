"""Each account of the evening is drawn up from its own figures, to the last slip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tally.reconciliation import reconcile
from tally.record import Candidate, PaperAccount, Reconciliation, Turnout

TURNOUT = Turnout(
    roll=None,
    admissions=110,
    slips_printed=200,
    slips_issued=100,
    slips_exchanged=7,
    slips_returned=3,
    slips_void=11,
    slips_left_over=82,
    ballots=90,
    blank=5,
    invalid=0,
    on_paper=10,
)
PAPER = PaperAccount(printed=50, issued=10, exchanged=2, returned=1, void=4, left_over=34)


def candidates(*votes):
    return tuple(Candidate(number, f"c{number}", "Åse Ærø", received) for number, received in enumerate(votes, 1))


def accounts(turnout, *votes, each=1):
    return {one.account: one for one in reconcile(turnout, candidates(*votes), each)}


def test_every_account_in_its_order():
    """Slips, admissions, ballots, the ballots of paper, votes: each expected from the figures of its own."""
    both = replace(TURNOUT, paper=PAPER, paper_ballots=8, invalid=1)
    assert reconcile(both, candidates(60, 32), 1) == (
        Reconciliation("slips", 200, 200),
        Reconciliation("admissions", 100, 100),
        Reconciliation("ballots", 97, 90, at_most=True),
        Reconciliation("paper", 50, 50),
        Reconciliation("paper_ballots", 9, 8, at_most=True),
        Reconciliation("votes", 92, 92),
    )


@pytest.mark.parametrize(
    ("counted", "difference", "equal", "at_most"),
    [(90, 0, True, True), (89, -1, False, True), (91, 1, False, False)],
)
def test_what_comes_out(counted, difference, equal, at_most):
    """Where the figure expected is the most there may be, fewer is nothing to explain; else only the same is."""
    plain = Reconciliation("slips", 90, counted)
    assert (plain.difference, plain.comes_out) == (difference, equal)
    assert replace(plain, at_most=True).comes_out is at_most


def test_slips_that_were_not_cast():
    """Issued and not given back, less those in the urn, and never fewer than none."""
    assert (TURNOUT.slips_usable, TURNOUT.slips_not_cast) == (97, 7)
    assert replace(TURNOUT, ballots=97).slips_not_cast == 0
    assert replace(TURNOUT, ballots=98).slips_not_cast == 0


def test_what_is_not_counted_yet_is_no_account():
    """Boxes that nobody counted, and paper that nobody used, are left out."""
    uncounted = replace(TURNOUT, slips_left_over=None, paper=replace(PAPER, left_over=None), paper_ballots=8)
    assert list(accounts(uncounted, 93)) == ["admissions", "ballots", "paper_ballots", "votes"]
    assert list(accounts(TURNOUT, 85)) == ["slips", "admissions", "ballots", "votes"]


@pytest.mark.parametrize(
    ("votes", "each", "expected"),
    [
        ((85,), 1, 85),
        ((84,), 1, 85),
        ((86,), 1, 85),
        ((100, 70), 2, 170),
        ((100, 71), 2, 170),
        ((40, 44), 2, 85),
        ((None,), 1, 85),
    ],
)
def test_the_nearest_lawful_sum_of_votes(votes, each, expected):
    """85 valid ballots bear from one vote to as many as each voter has; votes that are unknown count as none."""
    assert accounts(TURNOUT, *votes, each=each)["votes"] == Reconciliation(
        "votes", expected, sum(number or 0 for number in votes)
    )
