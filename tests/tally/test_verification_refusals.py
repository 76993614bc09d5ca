"""What the original tool lets pass is refused here, each thing by its own reason."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from json_changes import changes
from small_elections import SmallElection, seeded, small_election, tally_chapter, write_story

from ballots.archive import EventType, write_owned, write_setup
from ballots.protocol import canonical
from ballots.protocol.hashing import digest_hex
from ballots.protocol.trustee_key import generate_trustee_key
from ballots.protocol.trustees import SingleTrustee, build_trustees
from ballots.urn import seal_urn
from tally.encrypted_tally import EncryptedTally
from tally.result import write_result
from tally.verification import Accepted, Rejected, SoundSoFar, verify_archive


@pytest.fixture(scope="module")
def small() -> SmallElection:
    """An election with three credentials and two trustees who are both needed."""
    return small_election()


@pytest.fixture(scope="module")
def ballots(small) -> tuple[bytes, ...]:
    """Two votes for the first answer."""
    return small.seal(0, (0, 1, 0)), small.seal(1, (0, 1, 0))


@pytest.fixture(scope="module")
def story(small, ballots):
    """The whole true story: setup, two ballots, end, tally, two decryptions, result."""
    return small.story(ballots)


SETUP, FIRST, SECOND, END, TALLY, DECRYPTION, OTHER, RESULT = range(8)


def verdict_of(story):
    return verify_archive(BytesIO(write_story(story)))


def refusal(story) -> tuple[str, str]:
    """The reason and place of a refusal."""
    verdict = verdict_of(story)
    assert isinstance(verdict, Rejected), verdict
    return verdict.reason, verdict.place


def spoilt(story, chapter: int, *data: bytes):
    """The story with other data in one chapter."""
    return (*story[:chapter], (story[chapter][0], data), *story[chapter + 1 :])


def test_the_true_story_is_accepted(story):
    """What the refusals below are changes of must itself be accepted."""
    assert isinstance(verdict_of(story), Accepted)


def test_a_second_ballot_on_one_credential_is_refused(small, ballots, story):
    """One credential must cast one ballot, though Belenios lets the last one count."""
    again = small.seal(0, (0, 0, 1))
    assert refusal((*story[:END], (EventType.BALLOT, (again,)))) == ("second_ballot", "event 3 (Ballot)")
    assert refusal(small.story((*ballots, again))) == ("second_ballot", "event 3 (Ballot)")


def test_a_byte_identical_replay_is_refused(story):
    """The same ballot must not stand there twice, before a tally or with one."""
    replay = (*story[:END], story[FIRST])
    assert refusal(replay) == ("duplicate_ballot", "event 3 (Ballot)")
    assert refusal((*replay, *story[END:])) == ("duplicate_ballot", "event 3 (Ballot)")


def test_a_credential_that_is_not_listed_is_refused(small, story):
    """A well-signed ballot must be refused if its credential was never issued."""
    stranger = replace(small, credentials=("Gus2h-XVCA8Q-K8u7b-qrgxG6",))
    chapter = (EventType.BALLOT, (stranger.seal(0, (0, 1, 0)),))
    assert refusal((*story[:END], chapter)) == ("unknown_credential", "event 3 (Ballot)")


def test_a_ballot_signed_by_somebody_else_is_refused(small, story):
    """A ballot stuffed in without its private credential must be refused."""
    ballot = json.loads(small.seal(2, (0, 0, 1)))
    forged = {**ballot, "signature": json.loads(small.sign(ballot, 0))["signature"]}
    chapter = (EventType.BALLOT, (canonical.write(forged),))
    assert refusal((*story[:END], chapter)) == ("signature", "event 3 (Ballot)")


def test_a_ballot_after_the_end_is_refused(small, story):
    """Nothing may be cast after the poll is closed, before or after the tally."""
    late = (EventType.BALLOT, (small.seal(2, (0, 0, 1)),))
    for chapter in (END, TALLY, DECRYPTION, OTHER, RESULT):
        place = f"event {chapter + 1} (Ballot)"
        assert refusal((*story[: chapter + 1], late)) == ("ballot_after_end", place)


def test_a_poll_closed_twice_around_a_ballot_is_refused(small, story):
    """Closing the poll early and going on must be refused, with a tally of the late ballot alone."""
    late = small.seal(2, (0, 0, 1))
    tail = small.story((late,))[2:]
    assert refusal((*story[:END], (EventType.END_BALLOTS, ()), (EventType.BALLOT, (late,)), *tail)) == (
        "ballot_after_end",
        "event 4 (Ballot)",
    )


def test_an_archive_without_the_end_of_the_poll_is_refused(story):
    """A tally must not come before the poll is closed; without a tally the archive is only sound so far."""
    assert refusal((*story[:END], *story[TALLY:])) == ("no_end_of_ballots", "event 3 (EncryptedTally)")
    assert isinstance(verdict_of(story[:END]), SoundSoFar)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ((FIRST, SECOND), "event_order"),
        ((END,), "event_order"),
        ((SETUP, SETUP), "event_order"),
        ((SETUP, FIRST, SETUP), "event_order"),
        ((SETUP, FIRST, RESULT), "no_end_of_ballots"),
        ((SETUP, FIRST, SECOND, END, END), "event_order"),
        ((SETUP, FIRST, SECOND, END, DECRYPTION), "event_order"),
        ((SETUP, FIRST, SECOND, END, RESULT), "event_order"),
        ((SETUP, FIRST, SECOND, END, TALLY, TALLY), "event_order"),
        ((SETUP, FIRST, SECOND, END, TALLY, RESULT), "too_few_decryptions"),
        ((SETUP, FIRST, SECOND, END, TALLY, DECRYPTION, RESULT), "too_few_decryptions"),
        ((SETUP, FIRST, SECOND, END, TALLY, DECRYPTION, DECRYPTION), "second_decryption"),
        ((SETUP, FIRST, SECOND, END, TALLY, DECRYPTION, TALLY), "event_order"),
        ((SETUP, FIRST, SECOND, END, TALLY, DECRYPTION, OTHER, RESULT, RESULT), "event_order"),
        ((SETUP, FIRST, SECOND, END, TALLY, DECRYPTION, OTHER, RESULT, OTHER), "event_order"),
        ((SETUP, FIRST, END, TALLY), "encrypted_tally"),
    ],
)
def test_events_out_of_order_are_refused(story, order, reason):
    """Every order of events but the one of an election must be refused."""
    assert refusal(tuple(story[chapter] for chapter in order))[0] == reason


def test_decryptions_may_come_in_any_order(story):
    """Which trustee decrypts first must not matter."""
    swapped = (*story[:DECRYPTION], story[OTHER], story[DECRYPTION], story[RESULT])
    assert isinstance(verdict_of(swapped), Accepted)


def test_a_forged_tally_is_refused(small, ballots, story):
    """A tally of fewer, more or other ballots must be refused."""
    other = small.tally((ballots[0], small.seal(2, (0, 0, 1))))
    for forged in (small.tally(ballots[:1]), other, small.tally((*ballots, ballots[0]))):
        place = f"event {TALLY} (EncryptedTally)"
        assert refusal((*story[:TALLY], tally_chapter(forged))) == ("encrypted_tally", place)


@pytest.mark.parametrize("counts", [(3, 2), (2, 3), (1, 1), (0, 0), (2, 4)])
def test_forged_counts_are_refused(story, counts):
    """The numbers beside the tally must be the numbers of the urn, though the sums are right."""
    tally, sized = story[TALLY][1]
    record = json.loads(sized)
    forged = canonical.write({**record, "num_tallied": counts[0], "total_weight": counts[1]})
    assert refusal(spoilt(story, TALLY, tally, forged)) == ("tally_counts", f"event {TALLY} (EncryptedTally)")


def test_every_change_of_the_record_of_counts_is_refused(story):
    """Whatever one place of the record of counts is changed to, the archive must be refused."""
    tally, sized = story[TALLY][1]
    for what, changed in changes(json.loads(sized)):
        assert refusal(spoilt(story, TALLY, tally, canonical.write(changed)))[1] == "event 4 (EncryptedTally)", what


def test_every_change_of_a_decryption_is_refused_though_there_is_no_result(story):
    """A bad decryption must be found when it is published, not only when the result is."""
    decryption, _ = story[DECRYPTION][1]
    for what, changed in changes(json.loads(decryption)):
        raw = canonical.write(changed)
        chapter = (EventType.PARTIAL_DECRYPTION, (raw, write_owned(raw, 1)))
        verdict = verdict_of((*story[:DECRYPTION], chapter))
        assert isinstance(verdict, Rejected), what
        assert verdict.place == "event 5 (PartialDecryption)"


@pytest.mark.parametrize(
    ("owner", "reason"), [(2, "decryption_proof"), (3, "owner"), (0, "owner"), (10**30, "owner"), (-1, "shape")]
)
def test_a_decryption_under_another_s_name_is_refused(story, owner, reason):
    """A decryption must be its owner's, and the owner must be a trustee."""
    decryption, _ = story[DECRYPTION][1]
    forged = spoilt(story[: DECRYPTION + 1], DECRYPTION, decryption, write_owned(decryption, owner))
    assert refusal(forged) == (reason, "event 5 (PartialDecryption)")


def test_an_owner_s_record_of_another_decryption_is_refused(story):
    """The record of the owner must name the decryption that stands before it."""
    mixed = spoilt(story, DECRYPTION, story[DECRYPTION][1][0], write_owned(story[OTHER][1][0], 1))
    assert refusal(mixed) == ("owned_record", "event 5 (PartialDecryption)")


def test_every_change_of_the_result_is_refused(story):
    """Whatever one place of the result is changed to, the archive must be refused."""
    for what, changed in changes(json.loads(story[RESULT][1][0])):
        assert refusal(spoilt(story, RESULT, canonical.write(changed)))[1] == "event 7 (Result)", what


def test_a_result_that_wraps_around_the_group_order_is_refused(story):
    """A number of votes beyond the number of ballots must be refused, though it is equal modulo the group order."""
    order = 2**252 + 27742317777372353535851937790883648493
    assert refusal(spoilt(story, RESULT, write_result((order, 2, 0))))[0] == "result"


def test_every_change_of_the_set_up_record_is_refused(story):
    """The set-up must name exactly the records that stand before it."""
    *data, setup = story[SETUP][1]
    for what, changed in changes(json.loads(setup)):
        assert refusal(spoilt(story[:1], SETUP, *data, canonical.write(changed)))[1] == "event 0 (Setup)", what


def test_an_election_with_a_key_its_trustees_do_not_hold_is_refused(small):
    """The key votes are encrypted with must be the trustees' own, all of them and nobody else."""
    _, stranger = generate_trustee_key(seeded("stranger"))
    for items in (small.trustees.items[:1], (*small.trustees.items, SingleTrustee(stranger))):
        data = (small.election.raw, build_trustees(items).raw, small.public_credentials)
        chapter = (EventType.SETUP, (*data, write_setup(*data)))
        assert refusal((chapter,)) == ("public_key", "event 0 (Setup)")


@pytest.mark.parametrize(
    ("part", "raw", "reason"),
    [
        (0, b"{}", "shape"),
        (0, b"not json", "json"),
        (1, b"[]", "no_trustees"),
        (1, b"{}", "shape"),
        (2, b"{}", "shape"),
        (2, b'["00"]', "point"),
    ],
)
def test_a_set_up_that_cannot_be_read_is_refused(story, part, raw, reason):
    """Each record of the set-up must be one that can be read."""
    data = list(story[SETUP][1][:3])
    data[part] = raw
    chapter = (EventType.SETUP, (*data, write_setup(*data)))
    assert refusal((chapter,)) == (reason, "event 0 (Setup)")


def test_ballots_for_another_question_are_refused(small, story):
    """Ballots must not be counted in an election that asks something else under the same identifier."""
    other = small_election(limits=(1, 2))
    assert other.election.uuid == small.election.uuid
    assert refusal((other.setup, *story[FIRST:])) == ("wrong_election", "event 1 (Ballot)")


def test_a_tally_that_claims_more_ballots_than_the_urn_holds_cannot_be_decrypted_into_a_result(small, ballots, story):
    """Even with willing trustees, a tally with votes added by the server must be refused before its decryption."""
    true = small.tally(ballots)
    forged = EncryptedTally(tuple(sums.minus(-3) for sums in true.ciphertexts), true.ballots)
    decryptions = tuple(small.decryption_chapter(forged, owner) for owner in (1, 2))
    result = (EventType.RESULT, (write_result((3, 5, 3)),))
    assert refusal((*story[:TALLY], tally_chapter(forged), *decryptions, result))[0] == "encrypted_tally"


def listed(small, *hashes: str, **changed: object) -> bytes:
    """A `challenges.json` of the election, as the house writes it."""
    said = {"election": small.election.uuid, "fingerprint": small.election.fingerprint, "challenged": list(hashes)}
    return canonical.write(said | changed) + b"\n"


def with_list(story, raw: bytes):
    """The verdict on the story beside a list of opened ballots."""
    return verify_archive(BytesIO(write_story(story)), challenges=raw)


def test_a_ballot_that_was_opened_is_not_counted(small, ballots, story):
    """What a tablet was checked by lies in no urn: the ballot is named, and a list of others is counted."""
    cast, strange = digest_hex(ballots[1]), "0" * 64
    verdict = with_list(story, listed(small, *sorted((cast, strange))))
    assert isinstance(verdict, Rejected)
    assert (verdict.reason, verdict.place) == ("opened_and_cast", "event 2 (Ballot)")
    for hashes in ((), (strange,)):
        verdict = with_list(story, listed(small, *hashes))
        assert isinstance(verdict, Accepted)
        assert (verdict.opened, verdict.opened_sha256) == (len(hashes), seal_urn(hashes))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"election": "another"}, "challenges_election"),
        ({"fingerprint": "another"}, "challenges_election"),
        ({"challenged": ["1" * 64, "0" * 64]}, "challenges_form"),
        ({"challenged": ["0" * 64] * 2}, "challenges_form"),
        ({"challenged": ["A" * 64]}, "challenges_form"),
        ({"challenged": [0]}, "challenges_form"),
        ({"challenged": None}, "challenges_form"),
        ({"more": 1}, "challenges_form"),
    ],
)
def test_a_list_that_is_not_this_elections_is_refused(small, story, changed, reason):
    """Nothing is proven by a list that names other ballots, or that might name one twice."""
    verdict = with_list(story, listed(small, **changed))
    assert isinstance(verdict, Rejected)
    assert (verdict.reason, verdict.place) == (reason, "the list of opened ballots")
    assert isinstance(with_list(story, b"{"), Rejected)


@pytest.mark.parametrize("spelling", ["{raw} ", "\ufeff{raw}", "{twice}", "[{deep}"])
def test_a_list_has_one_spelling(small, story, spelling):
    """What two programs could read in two ways is refused, as in an archive; and no list is a fault of the program."""
    raw = listed(small).decode().rstrip()
    twice = raw.replace('"challenged":[]', f'"challenged":["{"0" * 64}"],"challenged":[]')
    made = spelling.format(raw=raw, twice=twice, deep="[" * 20_000)
    verdict = with_list(story, made.encode())
    assert isinstance(verdict, Rejected)
    assert verdict.reason == "challenges_form"
