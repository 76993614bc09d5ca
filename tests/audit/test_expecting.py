"""The board is told about how many draws to expect: a sample longer than all papers is no help."""

from __future__ import annotations

import random
from statistics import mean

import pytest

from tally.audit.announcement import Announcement
from tally.audit.assertions import Claim, ClaimKind
from tally.audit.readings import Marks, follow
from tally.audit.statistic import Evidence
from votingapp.desks.audit.expecting import expected_draws

MORE = Claim(ClaimKind.MORE, "c1", "c2")
LEAST = Claim(ClaimKind.LEAST, "c1")
BELOW = Claim(ClaimKind.BELOW, "c2")


def announced(claims, votes, *, ballots, paper=None, least=0, doubted=0, risk_limit=50):
    urn = {f"c{number}": received for number, received in enumerate(votes, 1)}
    known = Evidence(ballots, ballots, doubted, urn, paper or {}, least)
    return Announcement(risk_limit, ballots, known, claims)


def test_a_close_result_takes_more_draws_than_there_are_papers():
    """1,500 ballots, and 120 against 90 votes for the last seat: some 2,100 draws at five per cent."""
    assert 2000 < expected_draws(announced((MORE,), (120, 90), ballots=1500)) < 2300


def test_the_hardest_claim_says_how_many():
    """A clear claim beside it changes nothing."""
    easy = Claim(ClaimKind.MORE, "c1", "c3")
    alone = expected_draws(announced((MORE,), (60, 40, 0), ballots=100))
    assert expected_draws(announced((easy, MORE), (60, 40, 0), ballots=100)) == alone
    assert expected_draws(announced((easy,), (60, 40, 0), ballots=100)) < alone


@pytest.mark.parametrize("claim", [LEAST, BELOW])
def test_the_fewest_votes_have_an_expectation_too(claim):
    """A candidate far above the fewest is shown in few draws, and one far below."""
    found = expected_draws(announced((claim,), (60, 2), ballots=100, least=20))
    assert 0 < found < 100


def test_what_needs_no_draw_or_cannot_be_shown():
    """A lead on ballots of paper larger than the box; one paper at its edge; and equal votes."""
    assert expected_draws(announced((MORE,), (5, 5), ballots=10, paper={"c1": 20})) == 0
    assert expected_draws(announced((MORE,), (5, 5), ballots=10, paper={"c1": 10})) == 1
    assert expected_draws(announced((MORE,), (5, 5), ballots=10)) is None
    assert expected_draws(announced((), (5, 5), ballots=10)) == 0


def test_it_is_about_what_samples_take():
    """The mean of 60 seeded samples of 65 against 35 per cent lies around it."""
    plan = announced((MORE,), (650, 350), ballots=1000, risk_limit=100)
    box = [Marks(frozenset({"c1"}))] * 650 + [Marks(frozenset({"c2"}))] * 350
    taken = [
        follow(plan.claims, plan.measures, random.Random(seed).choices(box, k=1000), 100).draws for seed in range(60)
    ]
    assert 0.7 < mean(taken) / expected_draws(plan) < 1.3
