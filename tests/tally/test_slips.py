"""What the verifier remembers of ballots does not grow with them, and still tells a replay from a second ballot."""

import tracemalloc
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from small_elections import small_election, write_story

from ballots.archive import EventType
from ballots.protocol.ballot import CheckedBallot, judge_ballot
from ballots.protocol.elgamal import NOTHING
from ballots.urn import seal_urn
from tally.verification import Accepted, Judged, Rejected, SoundSoFar, verify_archive
from tally.verification.judging import BATCH, Judging
from tally.verification.setup import OpenedSetup
from tally.verification.slips import Slips, Spending, SpentSlips
from tally.verification.urn import UrnCheck


def name(kind: str, number: int) -> str:
    """Sixty-four hexadecimal digits, in no order."""
    return sha256(f"{kind} {number}".encode()).hexdigest()


def test_a_slip_is_spent_once_and_each_refusal_has_its_own_name():
    """The first ballot spends it; the same again is a replay, another a second ballot; and who is not listed has no slip."""
    spent = SpentSlips(Slips(name("slip", number) for number in range(9)))
    assert [spent.spend(name("slip", number), name("ballot", number)) for number in range(9)] == [Spending.FIRST] * 9
    assert spent.spend(name("slip", 4), name("ballot", 4)) is Spending.SAME_AGAIN
    assert spent.spend(name("slip", 4), name("ballot", 5)) is Spending.SECOND
    for credential in (name("slip", 9), "00" * 32, "ff" * 32):
        assert spent.spend(credential, name("ballot", 9)) is Spending.UNKNOWN
    assert len(spent) == 9
    assert spent.seal() == seal_urn([name("ballot", number) for number in range(9)])


def test_no_slips_at_all():
    """An empty list knows nobody, and its urn has the hash of an empty one."""
    spent = SpentSlips(Slips([]))
    assert spent.spend(name("slip", 1), name("ballot", 1)) is Spending.UNKNOWN
    assert (len(spent), spent.seal()) == (0, seal_urn([]))


def test_ballots_take_sixty_four_bytes_each():
    """So a hundred thousand take six megabytes and a half; the list and the hashes as texts took five times that."""
    number = 10_000
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        spent = SpentSlips(Slips(name("slip", one) for one in range(number)))
        tracemalloc.reset_peak()
        held = tracemalloc.get_traced_memory()[0]
        for one in range(number):
            spent.spend(name("slip", one), name("ballot", one))
        grown = tracemalloc.get_traced_memory()[1] - held
        spent.seal()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(spent) == number
    assert held - before < 65 * number
    assert grown < 10_000
    assert peak - before < 200 * number


def test_the_check_of_an_urn_does_not_grow_with_its_ballots():
    """Ten times the ballots, and no more memory: only the sum, the slips and two batches are kept."""
    small, number = small_election(), 3000
    slips = Slips(name("slip", one) for one in range(number))
    nothing = (NOTHING,) * small.election.positions

    def judge(_election, ballots):
        numbers = [int(ballot[:8]) for ballot in ballots]
        return [CheckedBallot(name("slip", one), nothing, name("ballot", one), "") for one in numbers]

    urn = UrnCheck(OpenedSetup(small.election, small.trustees, slips, ""), judge)
    tracemalloc.start()
    try:
        for one in range(number):
            if one == number // 10:
                tracemalloc.reset_peak()
                held = tracemalloc.get_traced_memory()[0]
            urn.add(one + 1, b"%08d" % one + bytes(200))
        urn.finish()
        grown = tracemalloc.get_traced_memory()[1] - held
    finally:
        tracemalloc.stop()
    assert urn.ballots == number
    assert grown < 200_000


def test_judgements_come_in_order_with_two_batches_in_hand():
    """Whoever judges on several cores is asked for the next batch before the last is taken, and nothing is lost or mixed."""
    asked, taken, came = [], [], []

    def judge(_election, ballots):
        asked.append(len(ballots))
        taken.append(len(came))
        return [ballot[::-1] for ballot in ballots]

    judging = Judging(small_election().election, judge)
    for one in range(3 * BATCH + 5):
        came += judging.put(one, b"%06d" % one)
        assert len(asked) * BATCH - len(came) <= 2 * BATCH
    came += judging.finish()
    assert came == [(one, (b"%06d" % one)[::-1]) for one in range(3 * BATCH + 5)]
    assert asked == [BATCH, BATCH, BATCH, 5]
    assert taken == [0, 0, BATCH, 2 * BATCH]
    assert judging.finish() == []


@pytest.mark.parametrize("change", [-1, 1], ids=["one lost", "one more"])
def test_as_many_judgements_come_as_there_are_ballots(change):
    """Whoever judges on other cores may lose a ballot on the way: that must be no verdict, for the ballot would not count."""
    judging = Judging(small_election().election, lambda _, ballots: ["judged"] * (len(ballots) + change))
    for one in range(3):
        judging.put(one, b"a ballot")
    with pytest.raises(ValueError, match="zip"):
        judging.finish()


@pytest.fixture(scope="module")
def small():
    return small_election()


@pytest.fixture(scope="module")
def ballots(small):
    return small.seal(0, (0, 1, 0)), small.seal(1, (0, 0, 1))


@pytest.fixture(scope="module")
def judged(small, ballots):
    hashes = [judge_ballot(small.election, one).hash_hex for one in ballots]
    return Judged(small.election.fingerprint, seal_urn(hashes), small.tally(ballots))


def again(story, judged):
    def judge(*_asked):
        raise AssertionError("nothing is judged twice")

    return verify_archive(BytesIO(write_story(story)), check_many=judge, judged=judged)


def test_an_urn_that_was_judged_is_known_again(small, ballots, judged):
    """The very same ballots are not judged once more, whatever their order; all else is checked as ever."""
    for cast in (ballots, ballots[::-1]):
        story = small.story(cast)
        verdict = again(story, judged)
        assert isinstance(verdict, Accepted)
        assert verdict == verify_archive(BytesIO(write_story(story)))
    assert isinstance(again(small.story(ballots)[:4], judged), SoundSoFar)


def test_one_other_ballot_is_no_urn_that_was_judged(small, ballots, judged):
    """Changed, left out, added or exchanged: the hash is another, and nothing is said of what was judged."""
    other, third = small.seal(0, (0, 1, 0), "again"), small.seal(2, (0, 1, 0))
    spoilt = ballots[0].replace(b'"challenge":"', b'"challenge":"1', 1)
    changed = ((other, ballots[1]), (ballots[0],), (*ballots, third), (spoilt, ballots[1]), ())
    for cast in changed:
        story = (small.setup, *((EventType.BALLOT, (one,)) for one in cast), (EventType.END_BALLOTS, ()))
        verdict = again(story, judged)
        assert isinstance(verdict, Rejected), cast
        assert verdict.reason == "other_ballots"


def test_what_was_judged_was_judged_for_one_election(small, ballots, judged):
    """The same bytes say nothing under another question or key."""
    verdict = again(small.story(ballots), replace(judged, fingerprint="another"))
    assert isinstance(verdict, Rejected)
    assert verdict.reason == "other_ballots"


def test_slips_and_sums_are_checked_of_a_known_urn_too(small, ballots, judged):
    """A replay, a second ballot, a stranger, a text that is no ballot, and another sum: each by the reason it always has."""
    stranger = replace(small, credentials=("Gus2h-XVCA8Q-K8u7b-qrgxG6",)).seal(0, (0, 1, 0))
    for ballot, reason in (
        (ballots[0], "duplicate_ballot"),
        (small.seal(0, (0, 0, 1)), "second_ballot"),
        (stranger, "unknown_credential"),
        (b"{}", "shape"),
        (b"no json", "json"),
    ):
        story = (*small.story(ballots)[:3], (EventType.BALLOT, (ballot,)), (EventType.END_BALLOTS, ()))
        verdict = again(story, judged)
        assert isinstance(verdict, Rejected), reason
        assert (verdict.reason, verdict.place) == (reason, "event 3 (Ballot)")
    other_sum = replace(judged, tally=small.tally(ballots[:1]))
    verdict = again(small.story(ballots), other_sum)
    assert isinstance(verdict, Rejected)
    assert verdict.reason == "encrypted_tally"
