"""Each proposer counts once, the candidate never, and what the register does not tell leaves open only what it could tip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.proposers import Proposer, Weighed, weigh

PROPOSERS = st.lists(
    st.builds(Proposer, st.sampled_from("abcde"), st.sampled_from([True, False, None]), st.just(value=False)),
    max_size=10,
)


def test_nobody_is_needed_where_no_rule_asks():
    """With none needed, none suffices."""
    assert weigh((), 0) == Weighed(0, 0, satisfied=True)


@pytest.mark.parametrize(
    ("answers", "weighed"),
    [
        ((True, True), Weighed(1, 0, satisfied=False)),
        ((True, None), Weighed(1, 0, satisfied=False)),
        ((None, True), Weighed(1, 0, satisfied=False)),
        ((None, None), Weighed(0, 1, satisfied=False)),
        ((False, True), Weighed(1, 0, satisfied=False)),
    ],
)
def test_one_person_counts_once(answers, weighed):
    """Whoever confirms twice counts once, as what is known of her says."""
    assert weigh([Proposer("a", answer) for answer in answers], 2) == weighed


@pytest.mark.parametrize("eligible", [True, False, None])
def test_the_candidate_never_counts(eligible):
    """She does not back herself, be she eligible or not known."""
    assert weigh([Proposer("a", eligible, is_candidate=True)], 1) == Weighed(0, 0, satisfied=False)


@pytest.mark.parametrize(("needed", "satisfied"), [(2, True), (3, None), (4, None), (5, False)])
def test_the_unknown_leave_open_what_they_could_tip(needed, satisfied):
    """Two sure and two unknown are enough for two, may be for three and four, and never for five."""
    backed = [Proposer("a", eligible=True), Proposer("b", eligible=True), Proposer("c", None), Proposer("d", None)]
    assert weigh(backed, needed) == Weighed(2, 2, satisfied)


@given(PROPOSERS, st.integers(0, 6), st.randoms())
def test_order_and_repetition_have_no_influence(backed, needed, chance):
    """The same confirmations in another order, or twice over, weigh the same."""
    shuffled = backed * 2
    chance.shuffle(shuffled)
    assert weigh(shuffled, needed) == weigh(backed, needed)


@given(PROPOSERS, st.integers(0, 6))
def test_the_unknown_are_settled_between_the_best_and_the_worst(backed, needed):
    """It is open exactly where finding out about the unknown can still make the difference."""

    def as_if(*, answer: bool) -> bool | None:
        settled = (Proposer(one.key, answer if one.eligible is None else one.eligible) for one in backed)
        return weigh(settled, needed).satisfied

    best, worst = as_if(answer=True), as_if(answer=False)
    assert weigh(backed, needed).satisfied is (best if best == worst else None)
