"""No place of a ballot can be changed without being noticed."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from json_changes import changes
from small_elections import small_election
from vector_elections import vector_election

from ballots.protocol import canonical
from ballots.protocol.ballot import BallotRejected, CheckedBallot, check_ballot, judge_ballot


def accepted(small, raw: bytes) -> bool:
    return isinstance(judge_ballot(small.election, raw), CheckedBallot)


def test_every_change_of_every_place_is_refused():
    """Whatever one place of a cast ballot is changed to, the ballot must be refused."""
    small = small_election(answers=1)
    raw = small.seal(0, (0, 1))
    assert accepted(small, raw)
    tried = [(what, canonical.write(changed)) for what, changed in changes(json.loads(raw))]
    assert len(tried) > 300
    assert [what for what, changed in tried if accepted(small, changed)] == []


def test_every_change_of_an_answer_is_refused_though_its_voter_signs_it():
    """A dishonest voter who changes one place of her own answer and signs it must be refused by the proofs."""
    small = small_election(answers=1)
    ballot = json.loads(small.seal(0, (0, 1)))
    assert accepted(small, small.sign(ballot, 0))
    tried = [(what, small.sign({**ballot, "answers": answers}, 0)) for what, answers in changes(ballot["answers"])]
    assert len(tried) > 200
    assert [what for what, changed in tried if accepted(small, changed)] == []


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.data())
def test_any_changed_byte_is_refused(data):
    """A vector ballot with any one byte replaced must be refused."""
    vector = vector_election("single-max1")
    raw = bytearray(vector.line("ballot0.json"))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BallotRejected):
        check_ballot(vector.election, bytes(raw))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.data())
def test_any_scalar_in_the_place_of_another_is_refused(data):
    """Any other challenge or response, in any proof of a signed ballot, must be refused."""
    small = small_election()
    ballot = json.loads(small.seal(0, (0, 0, 1)))
    answer = ballot["answers"][0]
    proofs = [*answer["individual_proofs"], answer["overall_proof"], answer["blank_proof"]]
    entry = data.draw(st.sampled_from([entry for proof in proofs for entry in proof]))
    member = data.draw(st.sampled_from(["challenge", "response"]))
    number = str(data.draw(st.integers(0, 2**253)))
    if number != entry[member]:
        entry[member] = number
        assert not accepted(small, small.sign(ballot, 0))


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_refused(raw):
    """Whatever is sent instead of a ballot must be refused with a reason."""
    assert isinstance(judge_ballot(small_election().election, raw), BallotRejected)
