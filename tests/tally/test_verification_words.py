"""Whoever reads a refusal learns in one word and one sentence what is false, and where in the archive it stands."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from small_elections import small_election, tally_chapter, write_story

from ballots.archive import EventType, write_owned, write_setup
from ballots.protocol import canonical
from ballots.protocol.hashing import digest_hex
from ballots.protocol.trustees import build_trustees
from tally.verification import Judged, Rejected, Unreadable, verify_archive

SMALL = small_election()
BALLOTS = SMALL.seal(0, (0, 1, 0)), SMALL.seal(1, (0, 1, 0))
STORY = SMALL.story(BALLOTS)
SETUP, FIRST, SECOND, END, TALLY, DECRYPTION, OTHER, RESULT = STORY
RECORDS = SETUP[1][:3]
COUNTS = {**json.loads(TALLY[1][1]), "num_tallied": 3, "total_weight": 4}
STRANGER = replace(SMALL, credentials=("Gus2h-XVCA8Q-K8u7b-qrgxG6",)).seal(0, (0, 1, 0))
OTHER_KEY = (RECORDS[0], build_trustees(SMALL.trustees.items[:1]).raw, RECORDS[2])
OWN = DECRYPTION[1][0]


def cast(ballot: bytes):
    """A chapter with one ballot."""
    return EventType.BALLOT, (ballot,)


def decrypted(owner: int, payload: bytes = OWN):
    """The first trustee's decryption with another record of its owner."""
    return EventType.PARTIAL_DECRYPTION, (OWN, write_owned(payload, owner))


@pytest.mark.parametrize(
    ("story", "refusal"),
    [
        ([(EventType.SETUP, (*OTHER_KEY, SETUP[1][3]))],
         ("setup", "the set-up names other records than those before it", "event 0 (Setup)")),
        ([(EventType.SETUP, (*OTHER_KEY, write_setup(*OTHER_KEY)))],
         ("public_key", "the election's key is not the one its trustees hold", "event 0 (Setup)")),
        ([FIRST], ("event_order", "Ballot cannot follow nothing", "event 0 (Ballot)")),
        ([SETUP, FIRST, SETUP], ("event_order", "Setup cannot follow Ballot", "event 2 (Setup)")),
        ([*STORY, OTHER], ("event_order", "PartialDecryption cannot follow Result", "event 8 (PartialDecryption)")),
        ([SETUP, FIRST, RESULT],
         ("no_end_of_ballots", "Result stands before the end of the poll", "event 2 (Result)")),
        ([SETUP, RESULT], ("no_end_of_ballots", "Result stands before the end of the poll", "event 1 (Result)")),
        ([SETUP, END, FIRST],
         ("ballot_after_end", "a ballot stands behind the end of the poll", "event 2 (Ballot)")),
        ([SETUP, FIRST, FIRST, END], ("duplicate_ballot", "the same ballot stands here again", "event 2 (Ballot)")),
        ([SETUP, FIRST, cast(SMALL.seal(0, (0, 0, 1))), END],
         ("second_ballot", "this credential has already cast a ballot", "event 2 (Ballot)")),
        ([SETUP, cast(STRANGER), END],
         ("unknown_credential", "the ballot's credential is not on the public list", "event 1 (Ballot)")),
        ([SETUP, cast(b"{"), END], ("json", "this is not JSON that the protocol can read", "event 1 (Ballot)")),
        ([*STORY[:4], tally_chapter(SMALL.tally(BALLOTS[:1]))],
         ("encrypted_tally", "the encrypted tally is not the sum of the ballots", "event 4 (EncryptedTally)")),
        ([*STORY[:4], (EventType.ENCRYPTED_TALLY, (TALLY[1][0], canonical.write(COUNTS)))],
         ("tally_counts", "the record says 3 ballots of weight 4, the urn holds 2", "event 4 (EncryptedTally)")),
        ([*STORY[:5], decrypted(1, b"another")],
         ("owned_record", "the owner's record names another decryption", "event 5 (PartialDecryption)")),
        ([*STORY[:5], decrypted(3)], ("owner", "there is no trustee number 3", "event 5 (PartialDecryption)")),
        ([*STORY[:6], DECRYPTION],
         ("second_decryption", "trustee 1 has already decrypted", "event 6 (PartialDecryption)")),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_false_and_where(story, refusal):
    """The code, the sentence and the event that somebody reads who looks for what is wrong."""
    assert verify_archive(BytesIO(write_story(story))) == Rejected(*refusal)


@pytest.mark.parametrize(
    ("changed", "reason", "said"),
    [
        ({"more": 1}, "form", "the list is not written as it must be"),
        ({"election": "another"}, "election", "the list is that of another election"),
        ({"challenged": [0]}, "form", "the list has something else than hashes"),
        ({"challenged": ["1" * 64, "0" * 64]}, "form", "the hashes are not sorted, or not each there once"),
    ],
)
def test_a_refused_list_of_opened_ballots_is_called_by_its_name(changed, reason, said):
    """The fault is in the second file, and the refusal must say so."""
    names = {"election": SMALL.election.uuid, "fingerprint": SMALL.election.fingerprint, "challenged": []}
    verdict = verify_archive(BytesIO(write_story(STORY)), challenges=canonical.write(names | changed))
    assert verdict == Rejected(f"challenges_{reason}", said, "the list of opened ballots")


@pytest.mark.parametrize("known", [False, True], ids=["judged now", "judged before"])
def test_an_opened_ballot_that_was_cast_is_named(known):
    """It is refused where it stands, also by whoever judged the urn before he had the list."""
    names = {"election": SMALL.election.uuid, "fingerprint": SMALL.election.fingerprint}
    listed = canonical.write({**names, "challenged": [digest_hex(BALLOTS[1])]})
    judged = Judged(SMALL.election.fingerprint, "", SMALL.tally(BALLOTS)) if known else None
    verdict = verify_archive(BytesIO(write_story(STORY)), challenges=listed, judged=judged)
    said = "a ballot that was opened to check a tablet was cast all the same"
    assert verdict == Rejected("opened_and_cast", said, "event 2 (Ballot)")


def test_what_stands_in_a_known_urn_is_refused_in_the_same_words():
    """Other ballots are the fault of the whole urn; a text that is no ballot has its place, and its own sentence."""
    judged = Judged(SMALL.election.fingerprint, "0" * 64, SMALL.tally(BALLOTS))
    for story, refusal in (
        (STORY, ("other_ballots", "these are not the ballots that were judged before", "the urn")),
        ([SETUP, cast(b"{")], ("json", "this is not JSON that the protocol can read", "event 1 (Ballot)")),
    ):
        assert verify_archive(BytesIO(write_story(story)), judged=judged) == Rejected(*refusal)


def test_what_is_no_archive_says_so_itself():
    """A file of another kind, one that was cut, and one with a broken block: the reader's own words are handed on."""
    raw = write_story(STORY)
    assert verify_archive(BytesIO(b"PK" + bytes(600))) == Unreadable(
        "not_an_archive", "this file is not an election archive"
    )
    assert verify_archive(BytesIO(raw[:-100])) == Unreadable(
        "truncated", f"the archive ends inside a member, at byte {len(raw) - 100}"
    )
    broken = Rejected("header", "the first block of the archive has another header", "the file itself")
    assert verify_archive(BytesIO(raw[:100] + b"x" + raw[101:])) == broken
