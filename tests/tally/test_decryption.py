"""The board opens the sum only together, and each member's part is proved."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from json_changes import changes
from small_elections import read_story, seeded, small_election
from vector_elections import NAMES, vector_election

from ballots.archive import EventType, parse_owned
from ballots.protocol import canonical
from ballots.protocol.group import multiply_generator, scalar
from ballots.protocol.threshold.share import open_decryption_key
from ballots.protocol.trustee_key import read_private_key
from tally.decryption import (
    DecryptionRejected,
    TooFewDecryptions,
    check_partial_decryption,
    combine_factors,
    partially_decrypt,
)
from tally.encrypted_tally import parse_encrypted_tally
from tally.result import DiscreteLogarithms, ResultRejected, check_result, compute_result, write_result


@pytest.fixture(scope="module")
def counted():
    """A threshold election with three ballots, its tally and what each member decrypted."""
    small = small_election(threshold=True)
    tally = small.tally((small.seal(0, (0, 1, 0)), small.seal(1, (0, 1, 0)), small.seal(2, (1, 0, 0))))
    raws = {owner: small.decrypt(tally, owner) for owner in (1, 2, 3)}
    factors = {owner: check_partial_decryption(small.election, tally, key(small, owner), raws[owner]) for owner in raws}
    return small, tally, raws, factors


def key(small, owner: int):
    return small.trustees.keys[owner - 1].public_key


def secret_of(vector, owner: int):
    label = vector.trustee_ids[owner - 1]
    if vector.folder.name.startswith("single"):
        return read_private_key(vector.line(f"{label}.privkey"))
    return open_decryption_key(vector.line(f"{label}.key").decode(), vector.line(f"{label}.voutput"))


@pytest.mark.parametrize("name", NAMES)
def test_the_vector_decryptions_lead_to_the_vector_result(name):
    """The published decryptions must hold, ours must have the same factors, and the result must be the votes' sum."""
    vector = vector_election(name)
    story = read_story(vector.archive_path.read_bytes())
    tally = parse_encrypted_tally(vector.election, *dict(story)[EventType.ENCRYPTED_TALLY])
    decrypted = {}
    for kind, data in story:
        if kind is EventType.PARTIAL_DECRYPTION:
            owner = parse_owned(data[1]).owner
            public_key = vector.trustees.keys[owner - 1].public_key
            decrypted[owner] = check_partial_decryption(vector.election, tally, public_key, data[0])
            ours = partially_decrypt(vector.election, tally, secret_of(vector, owner), seeded(owner))
            assert check_partial_decryption(vector.election, tally, public_key, ours) == decrypted[owner]
    result = compute_result(tally, combine_factors(vector.trustees, decrypted))
    assert result == vector.result == tuple(map(sum, zip(*(choice for _, choice in vector.votes), strict=True)))
    assert write_result(result) == dict(story)[EventType.RESULT][0]


@pytest.mark.parametrize("owners", [(1, 2), (1, 3), (2, 3), (3, 1), (1, 2, 3)])
def test_any_two_of_three_members_open_the_same_sum(counted, owners):
    """Every sufficient group of members must come to the same result."""
    small, tally, _, factors = counted
    combined = combine_factors(small.trustees, {owner: factors[owner] for owner in owners})
    assert compute_result(tally, combined) == (1, 2, 0)


@pytest.mark.parametrize("owners", [(), (1,), (2,), (3,)])
def test_fewer_members_than_needed_open_nothing(counted, owners):
    """Below the threshold there must be no result, and the caller is told so."""
    small, _, _, factors = counted
    with pytest.raises(TooFewDecryptions) as refusal:
        combine_factors(small.trustees, {owner: factors[owner] for owner in owners})
    assert refusal.value.reason == "too_few_decryptions"
    assert f"{len(owners)} of the 2 trustees who must decrypt together have done so" in str(refusal.value)


def test_all_single_trustees_are_needed():
    """Where trustees are single, one missing must leave the sum closed."""
    small = small_election()
    tally = small.tally((small.seal(0, (0, 1, 0)),))
    factors = {
        owner: check_partial_decryption(small.election, tally, key(small, owner), small.decrypt(tally, owner))
        for owner in (1, 2)
    }
    assert compute_result(tally, combine_factors(small.trustees, factors)) == (0, 1, 0)
    for owner in (1, 2):
        with pytest.raises(TooFewDecryptions):
            combine_factors(small.trustees, {owner: factors[owner]})


def test_parts_that_are_not_of_one_sum_are_not_put_together(counted):
    """A part with fewer or more places than the others is a mistake of the caller, never a sum that is shorter."""
    small, _, _, factors = counted
    for whole, other in itertools.permutations((factors[1], factors[1][:-1])):
        with pytest.raises(ValueError, match="zip"):
            combine_factors(small.trustees, {1: whole, 2: other})


def test_an_empty_urn_is_opened_too():
    """With no ballot at all the decryption must hold and every number must be 0."""
    small = small_election(threshold=True)
    tally = small.tally(())
    factors = {
        owner: check_partial_decryption(small.election, tally, key(small, owner), small.decrypt(tally, owner))
        for owner in (2, 3)
    }
    combined = combine_factors(small.trustees, factors)
    assert compute_result(tally, combined) == (0, 0, 0)
    assert check_result(tally, combined, write_result((0, 0, 0))) == (0, 0, 0)


def test_another_member_s_decryption_is_refused(counted):
    """A decryption must hold for its own owner's key only."""
    small, tally, raws, _ = counted
    for owner, other in itertools.permutations(raws, 2):
        with pytest.raises(DecryptionRejected) as refusal:
            check_partial_decryption(small.election, tally, key(small, owner), raws[other])
        assert refusal.value.reason == "decryption_proof"


def test_a_decryption_of_another_tally_is_refused(counted):
    """A decryption must not be usable for other ballots."""
    small, tally, raws, _ = counted
    other = small.tally((small.seal(0, (0, 1, 0)),))
    assert other != tally
    with pytest.raises(DecryptionRejected) as refusal:
        check_partial_decryption(small.election, other, key(small, 1), raws[1])
    assert refusal.value.reason == "decryption_proof"
    assert "place 0 is not proved to be decrypted rightly" in str(refusal.value)


def test_a_decryption_that_is_no_decryption_is_refused_by_what_is_wrong_with_it(counted):
    """Whoever sent it must be told what cannot be read, in the parser's own words."""
    small, tally, _, _ = counted
    with pytest.raises(DecryptionRejected) as refusal:
        check_partial_decryption(small.election, tally, key(small, 1), b"[]")
    assert refusal.value.reason == "shape"
    assert str(refusal.value).startswith("partial decryption: an object with decryption_factors")


def test_every_change_of_a_decryption_is_refused(counted):
    """Whatever one place of a partial decryption is changed to, it must be refused."""
    small, tally, raws, _ = counted
    tried = list(changes(json.loads(raws[2])))
    assert len(tried) > 80
    passed = []
    for what, changed in tried:
        try:
            check_partial_decryption(small.election, tally, key(small, 2), canonical.write(changed))
        except DecryptionRejected:
            continue
        passed.append(what)
    assert passed == []


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.data())
def test_any_changed_byte_of_a_decryption_is_refused(counted, data):
    """A partial decryption with any one byte replaced must be refused."""
    small, tally, raws, _ = counted
    raw = bytearray(raws[1])
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(DecryptionRejected):
        check_partial_decryption(small.election, tally, key(small, 1), bytes(raw))


def test_every_change_of_a_result_is_refused(counted):
    """Whatever one place of the result is changed to, it must be refused."""
    small, tally, _, factors = counted
    combined = combine_factors(small.trustees, factors)
    raw = write_result((1, 2, 0))
    assert check_result(tally, combined, raw) == (1, 2, 0)
    tried = list(changes(json.loads(raw)))
    assert len(tried) > 20
    for what, changed in tried:
        with pytest.raises(ResultRejected):
            pytest.fail(f"{what}: {check_result(tally, combined, canonical.write(changed))}")


def test_why_a_result_is_refused_is_said(counted):
    """The reason is a code that programs know, the message says which place of the result it is."""
    small, tally, _, factors = counted
    combined = combine_factors(small.trustees, factors)

    def refused(raw):
        with pytest.raises(ResultRejected) as found:
            check_result(tally, combined, raw)
        return found.value.reason, found.value.message

    assert refused(write_result((1, 2, 1))) == (
        "result",
        "the number at place 2 is not what the ballots add up to",
    )
    reason, message = refused(write_result((1, 2)))
    assert (reason, message.partition(": ")[0]) == ("shape", "result")
    assert len(message) > len("result: ")
    with pytest.raises(ResultRejected) as found:
        DiscreteLogarithms(3).find(multiply_generator(scalar(4)))
    assert (found.value.reason, found.value.message) == ("undecodable", "the decrypted sum is no number of votes")
    with pytest.raises(ValueError, match="zip"):
        compute_result(tally, combined[:-1])


@settings(derandomize=True, deadline=None, max_examples=80)
@given(numbers=st.tuples(*[st.integers(0, 4)] * 3))
def test_any_other_numbers_are_refused(counted, numbers):
    """Only the true numbers must pass as the result."""
    small, tally, _, factors = counted
    combined = combine_factors(small.trustees, factors)
    if numbers == (1, 2, 0):
        assert check_result(tally, combined, write_result(numbers)) == numbers
    else:
        with pytest.raises(ResultRejected):
            check_result(tally, combined, write_result(numbers))


@pytest.mark.parametrize("bound", [0, 1, 2, 3, 8, 9, 10, 99, 100, 101])
def test_every_number_up_to_the_bound_is_found_and_none_beyond(bound):
    """The search must find each number of votes from 0 to the number of ballots, and refuse what lies outside."""
    logarithms = DiscreteLogarithms(bound)
    for number in {0, 1, bound // 2, bound - 1, bound} - {-1}:
        if number <= bound:
            assert logarithms.find(multiply_generator(scalar(number))) == number
    for number in (bound + 1, -1, bound + 2, 10**12):
        with pytest.raises(ResultRejected):
            logarithms.find(multiply_generator(scalar(number)))
