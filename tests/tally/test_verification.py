"""The verifier accepts the elections of the original tool, and nothing that is false."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_elections import read_story, seeded, small_election, write_story
from vector_elections import NAMES, VECTORS, vector_election

from ballots.archive import read_records, setup_hash
from ballots.protocol import canonical
from ballots.protocol.ballot import judge_ballot
from ballots.protocol.hashing import digest_hex
from ballots.urn import seal_urn
from tally.verification import Accepted, Rejected, SoundSoFar, Unreadable, check_serially, verify_archive

NEGATIVE = {
    "dropped-ballots-complete": ("ballot_after_end", "event 21 (Ballot)"),
    "overvote-complete": ("individual_proof", None),
    "replay-before-tally": ("duplicate_ballot", "event 21 (Ballot)"),
    "stuffed-complete": ("signature", "event 21 (Ballot)"),
}


def verify(raw: bytes):
    return verify_archive(BytesIO(raw))


@pytest.fixture(scope="module", params=[False, True], ids=["single", "threshold"])
def archive(request) -> bytes:
    """A whole small archive with three ballots, one of them blank."""
    small = small_election(threshold=request.param)
    ballots = (small.seal(0, (0, 1, 0)), small.seal(1, (0, 0, 1)), small.seal(2, (1, 0, 0)))
    return write_story(small.story(ballots, owners=(1, 3) if request.param else (1, 2)))


@pytest.mark.parametrize("name", NAMES)
def test_every_vector_election_is_accepted(name):
    """Each complete election of the original tool must be accepted with its published result."""
    vector = vector_election(name)
    with vector.archive_path.open("rb") as stream:
        verdict = verify_archive(stream)
    assert isinstance(verdict, Accepted)
    assert verdict.election == vector.election
    assert verdict.result == vector.result
    assert (verdict.credentials, verdict.ballots) == (20, 20)
    assert verdict.decryptions == (2 if name.startswith("threshold") else 3)
    records = list(read_records(BytesIO(vector.archive_path.read_bytes())))
    assert verdict.last_event == records[-1].digest
    assert verdict.setup_hash == setup_hash(*records[0].data[:3])


@pytest.mark.parametrize("name", NEGATIVE)
def test_every_negative_archive_is_refused(name):
    """Each false archive must be refused for its own reason, at its own place."""
    reason, place = NEGATIVE[name]
    verdict = verify((VECTORS / "negative" / f"{name}.bel").read_bytes())
    assert isinstance(verdict, Rejected)
    assert verdict.reason == reason
    assert place in (None, verdict.place)
    assert verdict.message


def test_our_own_election_is_accepted(archive):
    """An archive of ours, with single trustees or two of three, must be accepted."""
    verdict = verify(archive)
    assert isinstance(verdict, Accepted)
    assert verdict.result == (1, 1, 1)
    assert (verdict.credentials, verdict.ballots, verdict.decryptions) == (3, 3, 2)


def test_an_election_in_which_nobody_voted_is_accepted():
    """An empty urn must lead to a result of zeros that can be verified."""
    verdict = verify(write_story(small_election(threshold=True).story(())))
    assert isinstance(verdict, Accepted)
    assert verdict.result == (0, 0, 0)


def test_an_archive_cut_behind_an_event_is_sound_so_far_and_never_accepted(archive):
    """Behind every event but the last the archive must be sound so far, and say how far it has come."""
    records = list(read_records(BytesIO(archive)))
    for record in records[:-1]:
        verdict = verify(archive[: record.end])
        assert isinstance(verdict, SoundSoFar)
        assert (verdict.stage, verdict.last_event) == (record.event.type, record.digest)
        assert verdict.ballots == min(record.event.height, 3)


@pytest.mark.parametrize("chapters", [3, 8], ids=["to the second ballot", "to the result"])
def test_a_verdict_says_what_it_speaks_of(chapters):
    """With a result or without: the election, its set-up, how many slips and ballots there are, and the hash of the urn.

    So too of the opened ballots: how many there are, and the hash that the board signed beside that of the urn.
    """
    small = small_election()
    ballots = small.seal(0, (0, 1, 0)), small.seal(1, (0, 0, 1))
    opened = ["0" * 64, "1" * 64]
    names = {"election": small.election.uuid, "fingerprint": small.election.fingerprint, "challenged": opened}
    raw = write_story(small.story(ballots)[:chapters])
    plain, listed = verify(raw), verify_archive(BytesIO(raw), challenges=canonical.write(names))
    assert (plain.election, plain.setup_hash) == (small.election, setup_hash(*small.setup[1][:3]))
    assert (plain.credentials, plain.ballots) == (3, 2)
    assert plain.urn_sha256 == seal_urn(map(digest_hex, ballots))
    assert (plain.opened, plain.opened_sha256) == (None, None)
    assert listed == replace(plain, opened=2, opened_sha256=seal_urn(opened))


def test_an_archive_cut_inside_an_event_is_unreadable(archive):
    """A cut anywhere else must be called unreadable."""
    ends = {record.end for record in read_records(BytesIO(archive))}
    for cut in range(0, len(archive), 512):
        for place in {cut, cut + 100} - ends:
            if place < len(archive) and place > max(ends) - 6000:
                assert isinstance(verify(archive[:place]), Unreadable)
    assert isinstance(verify(b""), Unreadable)
    assert isinstance(verify(seeded("noise")(2000)), Unreadable)
    assert isinstance(verify(write_story(())), Unreadable)


@settings(derandomize=True, deadline=None, max_examples=120)
@given(st.data())
def test_any_changed_byte_is_found(archive, data):
    """An archive with any one byte replaced must not be accepted, nor called sound."""
    raw = bytearray(archive)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    assert isinstance(verify(bytes(raw)), Rejected | Unreadable)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.data())
def test_any_rearrangement_is_found(archive, data):
    """Chapters taken out, doubled or moved, with the chain made anew, must never give another accepted election."""
    story = read_story(archive)
    chosen = data.draw(st.lists(st.sampled_from(range(len(story))), min_size=1, max_size=len(story) + 1))
    verdict = verify(write_story(tuple(story[index] for index in chosen)))
    if isinstance(verdict, Accepted):
        assert verdict.result == (1, 1, 1)
        assert sorted(chosen) == list(range(len(story)))


def test_progress_is_told_after_each_event(archive):
    """A caller must be told how far the verifier has read, to the end of the file."""
    told: list[tuple[int, int]] = []
    verify_archive(BytesIO(archive), lambda read, ballots: told.append((read, ballots)))
    assert [read for read, _ in told] == [record.end for record in read_records(BytesIO(archive))]
    assert told[-1] == (len(archive), 3)


def test_ballots_may_be_judged_by_several_workers():
    """A pool of workers must come to the same verdicts as one, on good archives and on false ones."""
    with ThreadPoolExecutor(2) as pool:

        def check_many(election, ballots):
            return pool.map(partial(judge_ballot, election), ballots)

        for path in (vector_election("single-max1").archive_path, *(VECTORS / "negative").glob("*.bel")):
            raw = path.read_bytes()
            assert verify_archive(BytesIO(raw), check_many=check_many) == verify(raw)


def test_a_long_poll_is_judged_batch_by_batch():
    """More ballots than one batch must be judged in several, none of them left out."""
    small = small_election(answers=1, voters=70)
    ballots = tuple(small.seal(voter, (0, 1)) for voter in range(70))
    sizes: list[int] = []

    def check_many(election, batch):
        sizes.append(len(batch))
        return check_serially(election, batch)

    verdict = verify_archive(BytesIO(write_story(small.story(ballots))), check_many=check_many)
    assert isinstance(verdict, Accepted)
    assert verdict.result == (0, 70)
    assert [size for size in sizes if size] == [64, 6]
