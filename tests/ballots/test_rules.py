"""What the rules say of the ballot and of admission is read strictly."""

import pytest

from ballots.rules import read_admission, read_ballot
from candidates.clauses import Clause, RuleError


def ballot(**table):
    return read_ballot(Clause("[ballot]", table))


def test_the_ballot_is_read_as_written():
    """All three keys have their say."""
    rules = ballot(votes_per_voter=5, blank=False, order="lot")
    assert (rules.votes_per_voter, rules.blank, rules.order) == (5, False, "lot")


def test_silence_means_blank_allowed_and_alphabetical():
    """Only the number of votes has no default."""
    assert (ballot(votes_per_voter=1).blank, ballot(votes_per_voter=1).order) == (True, "alphabetical")
    with pytest.raises(RuleError, match=r"\[ballot\] votes_per_voter: is missing"):
        ballot()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("votes_per_voter", 0),
        ("votes_per_voter", True),
        ("votes_per_voter", 1.0),
        ("votes_per_voter", "1"),
        ("blank", 1),
        ("order", "random"),
        ("order", "Lot"),
        ("order", 1),
        ("weight", 2),
    ],
)
def test_an_unfit_ballot_names_its_field(key, value):
    """No votes, a bool for a number, an unknown order and an unknown key are refused by field."""
    with pytest.raises(RuleError) as refused:
        ballot(**({"votes_per_voter": 1} | {key: value}))
    assert refused.value.field == f"[ballot] {key}"


@pytest.mark.parametrize("roll", ["closed", "open"])
def test_the_roll_is_closed_or_open(roll):
    """The two kinds of roll are known."""
    assert read_admission(Clause("[admission]", {"roll": roll})).roll == roll


@pytest.mark.parametrize("table", [{}, {"roll": "half"}, {"roll": True}, {"roll": ["open"]}])
def test_an_unfit_roll_is_refused(table):
    """Whom to admit is never guessed."""
    with pytest.raises(RuleError) as refused:
        read_admission(Clause("[admission]", table))
    assert refused.value.field == "[admission] roll"
