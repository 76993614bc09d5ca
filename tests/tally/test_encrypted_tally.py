"""The encrypted sum is the sum, whoever takes it."""

import json

import pytest
from json_changes import changes
from small_elections import read_story, small_election
from vector_elections import NAMES, vector_election

from ballots.archive import EventType
from ballots.protocol import canonical
from ballots.protocol.ballot import check_ballot
from ballots.protocol.elgamal import NOTHING
from ballots.protocol.errors import FormatError
from tally.encrypted_tally import Accumulator, parse_encrypted_tally


@pytest.mark.parametrize("name", NAMES)
def test_the_vector_tallies_are_reproduced_byte_for_byte(name):
    """Adding up the 20 ballots must give the original tool's tally and its record of counts."""
    vector = vector_election(name)
    story = read_story(vector.archive_path.read_bytes())
    accumulator = Accumulator(vector.election)
    for kind, data in story:
        if kind is EventType.BALLOT:
            accumulator.add(check_ballot(vector.election, data[0]))
    tally = accumulator.tally()
    published = dict(story)[EventType.ENCRYPTED_TALLY]
    assert (tally.to_bytes(), tally.sized_record()) == published
    assert parse_encrypted_tally(vector.election, *published) == tally


def test_the_order_of_the_ballots_does_not_matter():
    """The urn is a set: every order must give the same sum."""
    small = small_election()
    ballots = (small.seal(0, (0, 1, 0)), small.seal(1, (1, 0, 0)), small.seal(2, (0, 0, 1)))
    assert small.tally(ballots) == small.tally(ballots[::-1]) == small.tally((ballots[1], ballots[0], ballots[2]))


def test_an_empty_urn_has_an_empty_sum():
    """Without ballots every place must hold the empty sum, and the records must still be read back."""
    small = small_election()
    tally = small.tally(())
    assert tally.ciphertexts == (NOTHING,) * 3
    assert tally.ballots == 0
    assert parse_encrypted_tally(small.election, tally.to_bytes(), tally.sized_record()) == tally


def test_every_change_of_the_counts_is_refused():
    """Whatever one place of the record of counts is changed to, it must not pass for this tally's own."""
    small = small_election()
    tally = small.tally((small.seal(0, (0, 1, 0)),))
    passed = []
    for what, changed in changes(json.loads(tally.sized_record())):
        try:
            parsed = parse_encrypted_tally(small.election, tally.to_bytes(), canonical.write(changed))
        except FormatError:
            continue
        passed.append((what, parsed))
    assert passed == []


def test_every_change_of_the_sums_is_refused():
    """Whatever one place of the tally is changed to, it must not fit the record of counts."""
    small = small_election()
    tally = small.tally((small.seal(0, (0, 1, 0)),))
    for what, changed in changes(json.loads(tally.to_bytes())):
        with pytest.raises(FormatError):
            pytest.fail(
                f"{what}: {parse_encrypted_tally(small.election, canonical.write(changed), tally.sized_record())}"
            )


def test_sums_of_another_ballot_are_refused_though_their_counts_belong_to_them():
    """The sums of an election with one answer more or less are none of this one."""
    small = small_election()
    for answers in (1, 3):
        other = small_election(answers=answers).tally(())
        with pytest.raises(FormatError) as refusal:
            parse_encrypted_tally(small.election, other.to_bytes(), other.sized_record())
        assert (refusal.value.reason, refusal.value.message) == ("shape", "an array of 3 was expected")


def test_it_is_said_that_the_two_records_do_not_belong_together():
    """The reason is a code that programs know; the message is for people."""
    small = small_election()
    tally, empty = small.tally((small.seal(0, (0, 1, 0)),)), small.tally(())
    with pytest.raises(FormatError) as refusal:
        parse_encrypted_tally(small.election, tally.to_bytes(), empty.sized_record())
    assert refusal.value.reason == "sized_tally"
    assert refusal.value.message == "the record of the counts does not belong to this tally"


def test_a_ballot_of_another_election_leaves_the_sum_as_it_was():
    """A ballot with more or fewer places than the sum is a mistake of the caller: it is not added, nor counted."""
    small = small_election()
    for answers in (1, 3):
        other = small_election(answers=answers)
        ballot = check_ballot(other.election, other.seal(0, (1,) + (0,) * answers))
        accumulator = Accumulator(small.election)
        with pytest.raises(ValueError, match="zip"):
            accumulator.add(ballot)
        assert accumulator.tally() == small.tally(())
