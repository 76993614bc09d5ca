"""A part that is wrong although its proof holds is found by the others, and whose it is told."""

import pytest
from small_elections import seeded, small_election
from wrong_parts import wrongly_decrypt

from tally.decryption import TooFewDecryptions, check_partial_decryption, combine_factors, partially_decrypt
from tally.opening import Opened, open_sum
from tally.result import ResultRejected, compute_result

CAST = ((0, 1, 0), (0, 1, 0), (1, 0, 0))
RESULT = (1, 2, 0)


class Urn:
    """A sum, and what its trustees make of it."""

    def __init__(self, small, secrets):
        self.election, self.trustees, self.secrets = small.election, small.trustees, secrets
        self.tally = small.tally(tuple(small.seal(voter, marks) for voter, marks in enumerate(CAST)))

    def parts(self, *owners, wrong=(), place=0):
        """The factors of these owners, each found right by its proof; those of `wrong` are not."""
        made = {}
        for owner in owners:
            decrypt = wrongly_decrypt if owner in wrong else partially_decrypt
            more = (place,) if owner in wrong else ()
            raw = decrypt(self.election, self.tally, self.secrets[owner - 1], seeded((owner, wrong)), *more)
            key = self.trustees.keys[owner - 1].public_key
            made[owner] = check_partial_decryption(self.election, self.tally, key, raw)
        return made

    def open(self, *owners, wrong=(), place=0):
        return open_sum(self.trustees, self.tally, self.parts(*owners, wrong=wrong, place=place))


@pytest.fixture(scope="module")
def two_of_three():
    small = small_election(threshold=True)
    return Urn(small, small.secrets)


def test_right_parts_open_the_sum_and_nobody_is_blamed(two_of_three):
    """Two or three of them, whoever they are."""
    for owners in ((1, 2), (1, 3), (2, 3), (1, 2, 3)):
        assert two_of_three.open(*owners) == Opened(RESULT, ())


@pytest.mark.parametrize("place", range(3))
def test_one_wrong_part_of_three_is_named(two_of_three, place):
    """Whoever it is and whatever place of the ballot it spoils; the proof told nothing, and the parts as they come open nothing."""
    for wrong in (1, 2, 3):
        assert two_of_three.open(1, 2, 3, wrong=(wrong,), place=place) == Opened(RESULT, (wrong,))
    parts = two_of_three.parts(1, 2, 3, wrong=(1,), place=place)
    with pytest.raises(ResultRejected):
        compute_result(two_of_three.tally, combine_factors(two_of_three.trustees, parts))


def test_without_a_third_part_nobody_is_named(two_of_three):
    """Two parts, one of them wrong: nothing is opened, and it may be either's; two wrong ones of three are the same."""
    for owners, wrong in (((1, 2), (1,)), ((1, 2), (2,)), ((1, 2, 3), (1, 3)), ((1, 2, 3), (1, 2, 3))):
        with pytest.raises(ResultRejected) as refused:
            two_of_three.open(*owners, wrong=wrong)
        assert refused.value.reason == "undecodable"
        assert refused.value.message == "no choice of enough parts opens the sum"


def test_too_few_parts_are_no_wrong_parts(two_of_three):
    """One of two is told as that."""
    with pytest.raises(TooFewDecryptions):
        two_of_three.open(2)


def test_where_all_are_needed_nobody_can_be_named():
    """Two trustees without a threshold: each part is needed, so a wrong one is not told from the other."""
    small = small_election()
    urn = Urn(small, small.secrets)
    assert urn.open(1, 2) == Opened(RESULT, ())
    with pytest.raises(ResultRejected):
        urn.open(1, 2, wrong=(2,))


def test_two_wrong_parts_of_five_are_both_named():
    """Three of five are needed; with two wrong among five the other three open the sum, with two among four nobody is named."""
    small = small_election(threshold=True, holders=(5, 3))
    urn = Urn(small, small.secrets)
    for wrong in ((1, 2), (1, 5), (4, 5)):
        assert urn.open(1, 2, 3, 4, 5, wrong=wrong) == Opened(RESULT, wrong)
    assert urn.open(1, 2, 4, 5, wrong=(2,)) == Opened(RESULT, (2,))
    with pytest.raises(ResultRejected):
        urn.open(1, 2, 3, 4, wrong=(1, 4))
