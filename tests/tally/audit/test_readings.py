"""What is read on the drawn papers confirms the seats, or does not; order and lost papers do not help a claim."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from math import comb

import pytest
from audited_papers import counts, rules, sample
from hypothesis import given
from hypothesis import strategies as st

from tally.allocation import allocate
from tally.audit.assertions import Claim, ClaimKind, find_claims
from tally.audit.readings import (
    Marks,
    follow,
    marks_document,
    progress_document,
    read_marks,
    read_progress,
    twice_x,
)
from tally.audit.statistic import Evidence, Score, measure

W, L, BLANK, LOST = Marks(frozenset({"c1"})), Marks(frozenset({"c2"})), Marks(), Marks(lost=True)
MORE = Claim(ClaimKind.MORE, "c1", "c2")
PLAIN = Evidence(100, 100, 0, {"c1": 60, "c2": 40}, {})
RUNS = 400


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        (MORE, (2, 0, 1, 1, 0)),
        (Claim(ClaimKind.LEAST, "c1"), (2, 0, 0, 2, 0)),
        (Claim(ClaimKind.BELOW, "c1"), (0, 2, 2, 0, 0)),
    ],
    ids=lambda one: one.kind if isinstance(one, Claim) else "",
)
def test_a_paper_speaks_for_a_claim_or_against_it(claim, values):
    """With her, with the other, blank, with both, lost; what nobody can read or find is always the worst."""
    both = Marks(frozenset({"c1", "c2"}))
    assert tuple(twice_x(claim, one) for one in (W, L, BLANK, both, LOST)) == values


def test_what_cannot_be_read_names_nobody():
    """A paper is either read or lost."""
    with pytest.raises(ValueError, match=r"^a paper that cannot be read names nobody$"):
        Marks(frozenset({"c1"}), lost=True)


def test_readings_and_totals_are_kept_as_they_were():
    """What is written as JSON is read again."""
    for marks in (W, BLANK, LOST, Marks(frozenset({"c1", "c12"}))):
        assert read_marks(json.dumps(marks_document(marks))) == marks
    ended = follow([MORE], [measure(MORE, PLAIN)], [W, L, BLANK], 100)
    assert read_progress(json.dumps(progress_document(ended))) == ended


@given(st.lists(st.sampled_from([W, L, BLANK, LOST]), max_size=40))
def test_the_evidence_rests_on_counts_alone(read):
    """Multiplied paper by paper, in whatever order, it is what the counts of the papers give."""
    found, evidence = measure(MORE, PLAIN), Fraction(1)
    for marks in read:
        evidence *= found.factor(Fraction(twice_x(MORE, marks), 2))
    assert found.value(Score(read.count(W), read.count(BLANK), read.count(L) + read.count(LOST))) == evidence


def test_each_paper_is_counted_once_for_each_claim():
    """One that speaks for it, one that says nothing, and two against, of which one is lost."""
    ended = follow([MORE], [measure(MORE, PLAIN)], [W, BLANK, L, LOST], 100)
    assert (ended.draws, ended.scores) == (4, (Score(ones=1, halves=1, zeros=2),))


@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_the_hardest_claim_ends_the_audit_wherever_it_stands(places):
    """A clear claim beside it neither ends the audit nor holds it up."""
    clear = Claim(ClaimKind.MORE, "c1", "c3")
    known = Evidence(100, 100, 0, {"c1": 60, "c2": 40, "c3": 1}, {})
    claims = [(MORE, clear)[place] for place in places]
    ended = follow(claims, [measure(one, known) for one in claims], [W] * 30, 100)
    assert (ended.draws, ended.is_over) == (13, True)


def test_an_audit_ends_at_the_first_draw_at_which_all_is_confirmed():
    """13 papers with her at ten per cent (1.2^13 > 10); what was read beyond is not held against the claim."""
    over = follow([MORE], [measure(MORE, PLAIN)], [W] * 13 + [L] * 50, 100)
    assert (over.draws, over.scores, over.is_over) == (13, (Score(ones=13),), True)
    short = follow([MORE], [measure(MORE, PLAIN)], [W] * 12, 100)
    assert (short.draws, short.confirmed, short.is_over) == (12, (False,), False)


def test_all_claims_are_confirmed_at_the_same_draw():
    """A claim that was confirmed falls back while another waits; the audit goes on until both stand."""
    other = Claim(ClaimKind.MORE, "c1", "c3")
    known = Evidence(100, 100, 0, {"c1": 60, "c2": 30, "c3": 30}, {})
    read = [W] * 3 + [L] * 3 + [Marks(frozenset({"c3"}))] * 3 + [W] * 30
    claims = [MORE, other]
    measures = [measure(one, known) for one in claims]
    ends = [follow(claims, measures, read[:draws], 100) for draws in range(len(read) + 1)]
    first = next(draws for draws, one in enumerate(ends) if one.is_over)
    assert all(one.draws == min(draws, first) for draws, one in enumerate(ends))
    assert ends[first].scores == ends[-1].scores
    apart = [follow([one], [found], read, 100).draws for one, found in zip(claims, measures, strict=True)]
    assert first >= max(apart)


def test_without_a_claim_nothing_is_drawn():
    """Where no count could give other seats the audit is over at once."""
    assert follow([], [], [W, L], 50).draws == 0
    assert follow([], [], [], 50).is_over


def test_a_claim_without_its_measure_is_refused():
    """Left out, it would be confirmed by no paper at all."""
    with pytest.raises(ValueError, match="argument"):
        follow([MORE, Claim(ClaimKind.MORE, "c1", "c3")], [measure(MORE, PLAIN)], [W] * 30, 100)


def test_475_claims_are_followed_over_the_whole_box():
    """100 candidates, five seats and 300 draws: all claims have a score, and the clear ones are confirmed."""
    votes = (200, 180, 160, 140, 120, *range(95))
    found = counts(votes)
    claims = find_claims(rules(5), found, allocate(rules(5), found))
    total = sum(votes)
    known = Evidence(total, total, 0, {row.id: row.received for row in found.candidates}, {})
    box = [Marks(frozenset({row.id})) for row in found.candidates for _ in range(row.received)]
    read = random.Random(475).choices(box, k=300)
    ended = follow(claims, [measure(one, known) for one in claims], read, 100)
    assert ended.draws == 300
    assert all(one.ones + one.halves + one.zeros == 300 for one in ended.scores)
    confirmed = {claim.other for claim, done in zip(claims, ended.confirmed, strict=True) if done}
    assert "c6" in confirmed
    assert "c100" not in {claim.other for claim, done in zip(claims, ended.confirmed, strict=True) if done and
                          claim.candidate == "c5"}  # fmt: skip


def most_by_chance(runs, risk_limit):
    """So many of the runs, or fewer, end wrongly with a probability of 99.9 per cent, where each does at the limit."""
    share = risk_limit / 1000
    reached = 0.0
    for number in range(runs + 1):
        reached += comb(runs, number) * share**number * (1 - share) ** (runs - number)
        if reached >= 0.999:
            return number
    return runs


WRONG = {
    "tie": {"reported": (33, 27), "true": (30, 30)},
    "one_short": {"reported": (50, 40), "true": (44, 45)},
    "blanks": {"reported": (40, 24), "true": (24, 24), "blank": 60, "reported_blank": 44},
    "paper_offset": {"reported": (40, 40), "true": (30, 50), "paper": (20, 0)},
    "missing": {"reported": (50, 34), "true": (40, 40), "blank": 4, "missing": 6},
    "surplus": {"reported": (50, 34), "true": (42, 42), "surplus": 6},
    "lost": {"reported": (50, 34), "true": (42, 42), "lost": 8},
}
"""Of votes as reported and as they truly lie in the urn; papers missing are those of the loser, papers too many the winner's."""


@pytest.mark.parametrize(
    ("story", "risk_limit"), [*((story, 200) for story in WRONG), ("tie", 50), ("missing", 50), ("paper_offset", 50)]
)
def test_a_wrong_result_is_confirmed_no_more_often_than_the_limit(story, risk_limit):
    """The worst boxes that there are, 400 audits of each with dice of a fixed seed, up to as many draws as papers."""
    wrong = sum(sample(random.Random(seed), risk_limit=risk_limit, **WRONG[story]).is_over for seed in range(RUNS))
    assert wrong <= most_by_chance(RUNS, risk_limit)


def test_wrong_reserved_seats_are_confirmed_no_more_often_than_the_limit():
    """Two of a group are tied for its seat in truth; the open seats are clear. Every claim must hold at once."""
    story = {
        "rules": rules(3, ("a", 1)),
        "groups": ("a", "a", None, None, None),
        "reported": (40, 28, 60, 50, 10),
        "true": (34, 34, 60, 50, 10),
    }
    wrong = sum(sample(random.Random(seed), risk_limit=200, **story).is_over for seed in range(RUNS // 2))
    assert wrong <= most_by_chance(RUNS // 2, 200)


@pytest.mark.parametrize(
    ("story", "least"),
    [
        ({"reported": (130, 70), "true": (130, 70)}, 90),
        ({"reported": (130, 70), "true": (130, 70), "lost": 6}, 80),
        ({"reported": (100, 70), "true": (100, 70), "paper": (30, 0)}, 90),
        ({"reported": (130, 70), "true": (130, 70), "missing": 4}, 80),
    ],
    ids=["plain", "lost", "ahead_on_paper", "missing"],
)
def test_a_right_result_with_a_clear_lead_is_confirmed_in_most_audits(story, least):
    """A lead of 30 per cent at a limit of ten: so many of 100 audits end before as many draws as there are papers."""
    assert sum(sample(random.Random(seed), risk_limit=100, **story).is_over for seed in range(100)) >= least


@pytest.mark.parametrize("change", [{"missing": 4}, {"lost": 10}, {"surplus": 4}, {"doubted": 4}])
def test_what_is_wrong_with_the_box_makes_an_audit_longer_and_never_shorter(change):
    """A paper missing, too many, unreadable or in doubt is taken for the worst: fewer audits end, of the same dice."""
    story = {"reported": (60, 40), "true": (60, 40)}
    clean = sum(sample(random.Random(seed), risk_limit=100, **story).is_over for seed in range(100))
    wrong = sum(sample(random.Random(seed), risk_limit=100, **story, **change).is_over for seed in range(100))
    assert wrong < clean
