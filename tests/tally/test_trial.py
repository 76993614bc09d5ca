"""The trial sum gives its number to as many as are enough, and tells whose loss that rehearsed."""

from __future__ import annotations

import pytest
from small_elections import small_election

from ballots.protocol.group import multiply
from ballots.protocol.threshold.trial import TrialSum
from tally.decryption import TooFewDecryptions
from tally.trial import open_trial, spared

ELECTION = small_election(threshold=True)
TRUSTEES = ELECTION.trustees
TRIAL = TrialSum(ELECTION.election.uuid, TRUSTEES.combined_public_key)
PARTS = {position: multiply(secret, TRIAL.alpha) for position, secret in enumerate(ELECTION.secrets, 1)}


def given(*positions):
    """The parts of these trustees."""
    return {position: PARTS[position] for position in positions}


@pytest.mark.parametrize(
    ("positions", "others"), [((1, 2), {3}), ((1, 3), {2}), ((2, 3), {1}), ((1, 2, 3), {1, 2, 3}), ((2,), set())]
)
def test_who_gave_no_part_is_spared_and_who_did_only_where_the_rest_is_enough(positions, others):
    """Two of three open the sum: of two parts neither can be lost, of three any one, of one nothing opens."""
    assert spared(TRIAL, TRUSTEES, given(*positions)) == others


@pytest.mark.parametrize("positions", [(1, 2), (1, 3), (2, 3), (1, 2, 3)])
def test_as_many_as_are_enough_find_the_number(positions):
    """Whoever they are: it is the number that was laid into the sum."""
    assert open_trial(TRIAL, TRUSTEES, given(*positions)) == TRIAL.number


def test_one_alone_finds_nothing():
    """Fewer than are needed are told so, and not that the sum holds something else."""
    with pytest.raises(TooFewDecryptions):
        open_trial(TRIAL, TRUSTEES, given(3))


def test_a_wrong_part_finds_no_number_and_spares_only_its_own_trustee():
    """Where another's part lies in the third place, two right ones open the sum and nothing opens with it."""
    wrong = PARTS | {3: PARTS[1]}
    assert open_trial(TRIAL, TRUSTEES, {1: wrong[1], 3: wrong[3]}) is None
    assert spared(TRIAL, TRUSTEES, wrong) == {3}
