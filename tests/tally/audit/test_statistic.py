"""The evidence for a claim: BRAVO's in the plain case, never growing on average under what is false, and found again by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from audited_papers import box_of, chance_to_confirm
from hypothesis import given
from hypothesis import strategies as st

from tally.audit.assertions import Claim, ClaimKind
from tally.audit.readings import Marks, twice_x
from tally.audit.statistic import LEAST_STAKE, MOST_STAKE, Evidence, Measure, Score, measure

MORE = Claim(ClaimKind.MORE, "w", "l")
LEAST = Claim(ClaimKind.LEAST, "w")
BELOW = Claim(ClaimKind.BELOW, "w")
FIGURE = st.integers(0, 300)


def evidence(w, other=0, *, papers=None, ballots=None, doubted=None, paper=(0, 0), least=0):
    """What is known of an election of two with so many votes in the urn; as many papers as ballots where not said."""
    ballots = w + other if ballots is None else ballots
    papers = ballots if papers is None else papers
    doubted = abs(papers - ballots) if doubted is None else doubted
    return Evidence(papers, ballots, doubted, {"w": w, "l": other}, dict(zip("wl", paper, strict=True)), least)


@pytest.mark.parametrize(("w", "other"), [(51, 49), (60, 40), (75, 25), (98, 2), (7, 3), (611, 389)])
def test_where_all_voted_on_tablets_it_is_bravo(w, other):
    """Threshold one half, and each paper multiplies by 2s, by 1 or by 2(1 - s), digit for digit."""
    share = Fraction(w, w + other)
    for ballots in (w + other, 3 * (w + other)):  # the rest for others, or blank
        found = measure(MORE, evidence(w, other, ballots=ballots))
        assert (found.threshold, found.alternative) == (Fraction(1, 2), share)
        assert [found.factor(Fraction(x, 2)) for x in range(3)] == [2 * (1 - share), 1, 2 * share]
        assert found.value(Score(9, 20, 4)) == (2 * share) ** 9 * (2 * (1 - share)) ** 4


def test_bravo_is_found_by_hand():
    """60 against 40 of 100: 1.2 for each paper with her, 0.8 for each with the other; 13 draws confirm at ten per cent."""
    found = measure(MORE, evidence(60, 40))
    assert found.value(Score(ones=2, zeros=1)) == Fraction(1152, 1000)
    assert found.confirms(Score(ones=13), 100)
    assert not found.confirms(Score(ones=12), 100)
    assert not found.confirms(Score(ones=13, zeros=1), 100)


@pytest.mark.parametrize(
    ("claim", "known", "threshold", "stake"),
    [
        (MORE, evidence(40, 20, ballots=100, paper=(0, 10)), Fraction(11, 20), Fraction(11, 57)),
        (MORE, evidence(80, 60, ballots=100, paper=(0, 10)), Fraction(11, 20), Fraction(11, 229)),
        (MORE, evidence(60, 40, paper=(0, 5), doubted=1), Fraction(53, 100), None),
        (MORE, Evidence(100, 100, 0, {"w": 60, "l": 40}, {"w": 3}), Fraction(97, 200), None),
        (MORE, Evidence(100, 100, 0, {"w": 60, "l": 40}, {"l": 3}), Fraction(103, 200), None),
        (LEAST, evidence(40, 20, ballots=100, least=20), Fraction(19, 100), Fraction(133, 947)),
        (LEAST, evidence(40, 60, paper=(3, 0), doubted=1, least=20), Fraction(17, 100), None),
        (LEAST, Evidence(10, 10, 0, {"w": 10}, {}, 3), Fraction(1, 5), Fraction(1, 4)),
        (BELOW, evidence(10, 20, ballots=100, least=20), Fraction(4, 5), Fraction(4, 5)),
        (BELOW, evidence(10, 90, paper=(3, 0), doubted=1, least=20), Fraction(84, 100), None),
    ],
)
def test_threshold_and_stake_are_found_by_hand(claim, known, threshold, stake):
    """Votes on ballots of paper, where there are any, and papers in doubt move the threshold; the stake is what was reckoned on paper."""
    found = measure(claim, known)
    assert found.threshold == threshold
    assert stake is None or found.stake == stake


@given(
    st.sampled_from([MORE, LEAST, BELOW]),
    st.tuples(FIGURE, FIGURE, FIGURE),
    st.tuples(FIGURE, FIGURE),
    st.integers(1, 400),
    st.integers(0, 9),
    st.integers(0, 300),
)
def test_the_mean_of_a_factor_is_one_at_the_threshold(claim, urn, paper, papers, doubted, least):
    """Whatever is reported: where papers have just that mean, two values apart, the evidence neither grows nor falls."""
    ballots = sum(urn)
    found = measure(
        claim,
        evidence(urn[0], urn[1], papers=papers, ballots=ballots, doubted=abs(papers - ballots) + doubted, paper=paper,
                 least=least),
    )  # fmt: skip
    assert LEAST_STAKE <= found.stake <= MOST_STAKE
    if not 0 < found.threshold < 1:
        assert (found.value(Score()), found.stake) == (None, LEAST_STAKE)
        return
    assert found.threshold < found.alternative < 1
    for low, high in ((Fraction(0), Fraction(1)), (Fraction(0), Fraction(1, 2)), (Fraction(1, 2), Fraction(1))):
        if low <= found.threshold <= high:
            share = (found.threshold - low) / (high - low)
            assert share * found.factor(high) + (1 - share) * found.factor(low) == 1
    assert 0 < found.factor(Fraction(0)) < found.factor(Fraction(1, 2)) < found.factor(Fraction(1))


@pytest.mark.parametrize(("claim", "least"), [(MORE, 0), (LEAST, 2), (LEAST, 1), (BELOW, 2), (BELOW, 3)])
def test_a_false_claim_passes_the_threshold_in_no_box(claim, least):
    """All boxes of up to five papers, with ballots of paper, papers lost and one put in: false means a mean at most the threshold."""
    said = [Marks(frozenset()), Marks(frozenset("w")), Marks(frozenset("l")), Marks(frozenset("wl"))]
    seen = 0
    for ballots in product(said, repeat=3):
        for paper in product((0, 1, 2), repeat=2):
            totals = [
                sum(one in ballot.named for ballot in ballots) + extra for one, extra in zip("wl", paper, strict=True)
            ]
            true = {
                ClaimKind.MORE: totals[0] > totals[1],
                ClaimKind.LEAST: totals[0] >= least,
                ClaimKind.BELOW: totals[0] < least,
            }[claim.kind]
            if true:
                continue
            for box in (ballots, ballots[1:], (*ballots, said[1]), (*ballots, said[2])):
                known = evidence(3, papers=len(box), ballots=3, paper=paper, least=least)
                mean = Fraction(sum(twice_x(claim, marks) for marks in box), 2 * len(box))
                assert mean <= measure(claim, known).threshold
                seen += 1
    assert seen > 90


@pytest.mark.parametrize("risk_limit", [50, 200])
@pytest.mark.parametrize(
    "reported",
    [
        evidence(4, 2),
        evidence(6, 0),
        evidence(3, 1, ballots=6),
        evidence(5, 1, papers=5),
        evidence(4, 1, papers=6, ballots=5),
        evidence(2, 3, ballots=6, paper=(3, 0)),
        evidence(5, 1, paper=(0, 2)),
        evidence(4, 2, doubted=1),
    ],
    ids=["plain", "all", "blanks", "missing", "surplus", "ahead_on_paper", "behind_on_paper", "doubted"],
)
def test_a_false_claim_is_confirmed_within_the_limit_exactly(reported, risk_limit):
    """Every box of so many papers for which the claim is false, every sequence of seven draws: the chance, in fractions."""
    found = measure(MORE, reported)
    highest = Fraction(0)
    for box in box_of(reported.papers):
        mean = (box.ones + Fraction(box.halves, 2)) / reported.papers
        if mean <= found.threshold:
            highest = max(highest, chance_to_confirm(found, box, draws=7, risk_limit=risk_limit))
    assert highest <= Fraction(risk_limit, 1000)


@pytest.mark.parametrize(
    ("claim", "reported"),
    [
        (LEAST, evidence(4, 2, least=3)),
        (LEAST, evidence(3, 3, least=2, doubted=1)),
        (BELOW, evidence(1, 5, least=3)),
        (BELOW, evidence(0, 6, least=3, paper=(1, 0))),
    ],
)
def test_a_false_claim_of_the_fewest_votes_is_too(claim, reported):
    """As above, where each paper names the candidate or does not."""
    found = measure(claim, reported)
    false = [box for box in box_of(6) if not box.halves and Fraction(box.ones, 6) <= found.threshold]
    assert false
    highest = max(chance_to_confirm(found, box, draws=7, risk_limit=200) for box in false)
    assert highest <= Fraction(200, 1000)


def test_what_is_counted_on_paper_needs_no_draw():
    """More of a lead on ballots of paper than there are papers in the box: true below 0, and shown by one paper at 0."""
    without = measure(MORE, evidence(2, 3, paper=(9, 0)))
    assert without.threshold < 0
    assert without.confirms(Score(), 50)
    edge = measure(MORE, evidence(2, 3, paper=(5, 0)))
    assert (edge.threshold, edge.value(Score())) == (0, None)
    assert not edge.confirms(Score(zeros=40), 50)
    assert edge.confirms(Score(halves=1, zeros=40), 50)
    one_vote = measure(LEAST, evidence(2, 3, least=1))
    assert (one_vote.threshold, one_vote.confirms(Score(ones=1, zeros=9), 50)) == (0, True)


@pytest.mark.parametrize(
    ("claim", "known"),
    [
        (MORE, evidence(5, 5)),
        (MORE, evidence(0, 0, ballots=9)),
        (MORE, evidence(6, 5, papers=10)),
        (MORE, evidence(5, 0, papers=1, ballots=5)),
        (MORE, evidence(5, 0, papers=3, ballots=5, paper=(0, 1))),
        (MORE, evidence(9, 1, paper=(0, 20))),
        (LEAST, evidence(2, 3, least=3)),
        (LEAST, evidence(4, 3, least=3, doubted=2)),
        (LEAST, Evidence(9, 9, 0, {"w": 5, "l": 4}, {}, 6)),
        (BELOW, evidence(3, 3, least=3)),
        (BELOW, evidence(1, 5, least=3, doubted=2)),
    ],
    ids=[
        "equal",
        "nobody_named_either",
        "within_the_missing",
        "threshold_beyond_one",
        "threshold_of_one",
        "behind",
        "too_few",
        "too_few_in_doubt",
        "too_few_without_paper",
        "enough",
        "enough_in_doubt",
    ],
)
def test_what_is_not_so_as_reported_is_never_confirmed(claim, known):
    """Equal votes, which a lot settled, or a lead of no more than the papers in doubt: only a full count helps."""
    found = measure(claim, known)
    assert not found.confirmable
    assert known.margin(claim) <= 0 or found.threshold >= 1
    assert not found.confirms(Score(ones=10_000), 200)


@pytest.mark.parametrize(
    ("claim", "known"), [(MORE, evidence(5, 4)), (LEAST, evidence(3, 6, least=3)), (BELOW, evidence(2, 7, least=3))]
)
def test_what_holds_by_a_single_vote_can_be_confirmed(claim, known):
    """The narrowest result there is: it takes many draws, and is not sent to a full count beforehand."""
    assert known.margin(claim) == 1
    assert measure(claim, known).confirmable


def test_a_candidate_whom_nobody_opposed_can_lose_a_paper():
    """One contrary paper never ends an audit: its factor is above 0, also where the other one has no vote at all."""
    found = measure(MORE, evidence(100, 0))
    assert found.factor(Fraction(0)) == Fraction(1, 50)
    assert found.confirms(Score(ones=20, zeros=1), 50)


def test_the_closest_result_still_costs_a_contrary_paper_something():
    """A lead of two in a thousand is tested as if it were one of twenty: a smaller stake would draw for ever."""
    assert measure(MORE, evidence(501, 499)).factor(Fraction(0)) == Fraction(49, 50)


def test_evidence_of_no_paper_is_refused():
    """Nothing can be drawn from an empty box, and a missing paper is always in doubt."""
    with pytest.raises(ValueError, match=r"^where there is no paper none is drawn$"):
        evidence(3, papers=0)
    with pytest.raises(ValueError, match=r"^a paper that is missing or too many is in doubt$"):
        evidence(3, papers=2, ballots=3, doubted=0)


def test_evidence_of_just_the_limit_confirms():
    """Five is one in 200 per mille: at least that, and not a hair below."""
    found = Measure(Fraction(1, 6), Fraction(4, 5), confirmable=True)
    assert found.value(Score(ones=1)) == 5
    assert found.confirms(Score(ones=1), 200)
    assert not found.confirms(Score(ones=1), 199)


def test_what_is_compared_is_what_is_shown():
    """The comparison with the limit is made in whole numbers, and is that of the factors multiplied one by one."""
    found = Measure(Fraction(3, 7), Fraction(1, 5), confirmable=True)
    for ones, halves, zeros in product(range(0, 21, 5), repeat=3):
        now = Score(ones, halves, zeros)
        by_hand = (
            found.factor(Fraction(1)) ** ones
            * found.factor(Fraction(1, 2)) ** halves
            * found.factor(Fraction(0)) ** zeros
        )
        assert found.value(now) == by_hand
        assert found.confirms(now, 50) == (by_hand >= 20)
