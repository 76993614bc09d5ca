"""The count on both databases: the result is what was cast, everything wrong is refused by name."""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from recorded import draft
from sqlalchemy import delete, insert, select, update

from ballots.poll import Obstacle, ObstacleCode
from ballots.protocol.ballot import seal_ballot
from ballots.protocol.credentials import derive_public, generate_credential
from tally.encrypted_tally import EncryptedTally
from tally.verification import Accepted, SoundSoFar, verify_archive
from votingapp.desks.count import decrypting, judged, tallying
from votingapp.desks.count.wrong_parts import Overtaken
from votingapp.store import audit, counts, publication, urns
from votingapp.store.staff import Role
from votingapp.store.tables.urn import ballot, public_credential

CAST = ((2,), (1,), (2,), (), (2,))


def archive(store, election) -> bytes:
    stream = io.BytesIO()
    with store.reading() as connection:
        urns.write_archive(connection, election, stream)
    return stream.getvalue()


def verdict(store, election):
    return verify_archive(io.BytesIO(archive(store, election)))


def outcome(store, election):
    with store.reading() as connection:
        return counts.outcome(connection, election)


def published(store, election):
    with store.reading() as connection:
        return publication.published(connection, election)


@pytest.fixture
def counted(any_store, board):
    """A small election that was counted: its board."""
    seated = board(any_store)
    seated.prepare()
    seated.vote(*CAST)
    seated.count()
    return seated


def test_the_result_is_what_was_cast(any_store, counted):
    """Three for the second, one for the first, one blank: neither more nor less, and only the sum was opened."""
    found = outcome(any_store, counted.election)
    assert [candidate.votes for candidate in found.counts.candidates] == [1, 3, 0]
    assert (found.counts.blank, found.counts.invalid) == (1, 0)
    assert [candidate.id for candidate in found.counts.candidates] == ["c1", "c2", "c3"]


def test_the_archive_is_accepted_and_tied_to_the_record(any_store, counted):
    """Everybody's verifier accepts the very bytes whose hash stands in the record, and finds the same numbers."""
    raw = archive(any_store, counted.now())
    found = verify_archive(io.BytesIO(raw))
    assert isinstance(found, Accepted)
    assert (found.ballots, found.decryptions, found.result) == (5, 2, (1, 1, 3, 0))
    record = draft(counted)
    assert record.verification.archive_sha256 == hashlib.sha256(raw).hexdigest()
    assert record.verification.last_event == found.last_event
    assert record.verification.election_fingerprint == found.election.fingerprint


def test_the_record_tells_who_opened_the_sum(any_store, counted):
    """Two of three took part, and the record says which."""
    record = draft(counted)
    assert [(one.name, one.decrypted) for one in record.verification.trustees] == [
        ("Anne", True),
        ("Birk", True),
        ("Cilla", False),
    ]
    assert record.turnout.ballots == 5
    assert record.candidates[1].votes == 3


def test_every_stage_of_the_archive_is_sound(store, board):
    """Closed, added up, opened by one: each is a sound archive that waits for more."""
    seated = board(store)
    seated.prepare()
    seated.vote(*CAST)
    stages = [verdict(store, seated.now())]
    tallying.compute_tally(store, seated.chair, seated.election)
    stages.append(verdict(store, seated.now()))
    seated.decrypt(seated.members[2])
    stages.append(verdict(store, seated.now()))
    assert all(isinstance(one, SoundSoFar) for one in stages)
    assert [one.stage for one in stages] == ["EndBallots", "EncryptedTally", "PartialDecryption"]


def test_nothing_is_added_up_before_the_close(store, board):
    """Neither the board nor anybody else has a way to a partial result."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    seated.open()
    seated.issue_slips(1)
    seated.cast(seated.slips[0], 1)
    assert tallying.compute_tally(store, seated.chair, seated.election) == tallying.NotClosed()
    assert seated.decrypt(seated.chair, b"{}") == decrypting.NotTallied()
    assert decrypting.compute_result(store, seated.chair, seated.election) == decrypting.NotTallied()
    assert outcome(store, seated.now()) is None
    assert published(store, seated.now()) is None


def test_adding_up_again_changes_nothing(any_store, board):
    """Whoever presses twice gets the same sum, and the log one entry."""
    seated = board(any_store)
    seated.prepare()
    seated.vote(*CAST)
    assert tallying.compute_tally(any_store, seated.chair, seated.election) == tallying.Tallied(5)
    before = archive(any_store, seated.now())
    assert tallying.compute_tally(any_store, seated.chair, seated.election) == tallying.AlreadyTallied()
    assert archive(any_store, seated.now()) == before
    with any_store.reading() as connection:
        acts = [one.act for one in audit.entries(connection, seated.election.id)]
    assert acts.count("tally_computed") == 1


def test_an_urn_without_ballots_is_counted(store, board):
    """Nobody came: every candidate has nought, and the archive is accepted all the same."""
    seated = board(store)
    seated.prepare()
    seated.vote()
    seated.count()
    assert [one.votes for one in outcome(store, seated.election).counts.candidates] == [0, 0, 0]
    assert isinstance(verdict(store, seated.now()), Accepted)


def test_a_changed_ballot_stops_the_count(store, board):
    """A ballot that somebody changed in the database is named, and nothing is added up."""
    seated = board(store)
    seated.prepare()
    seated.vote(*CAST)

    def change(work):
        (raw,) = work.connection.execute(ballot.select().limit(1)).mappings().all()
        changed = raw["body"].replace(b'"overall_proof":[{"challenge":"', b'"overall_proof":[{"challenge":"1', 1)
        work.connection.execute(update(ballot).where(ballot.c.hash == raw["hash"]).values(body=changed))
        work.keep_unrecorded()

    store.write(change)
    found = tallying.compute_tally(store, seated.chair, seated.election)
    assert isinstance(found, tallying.BallotBroken)
    with store.reading() as connection:
        assert counts.count_of(connection, seated.election.id) is None


def test_a_stuffed_ballot_stops_the_count(store, board):
    """A ballot that is well made, but signed by a credential that stands on no slip, is found out."""
    seated = board(store)
    seated.prepare()
    seated.freeze()
    seated.open()
    seated.issue_slips(1)
    stranger = generate_credential(seated.election.urn_uuid, lambda length: b"\x07" * length)
    raw = seal_ballot(seated.question(), stranger, [0, 1, 0, 0], lambda length: b"\x09" * length)
    seated.put(raw, derive_public(seated.election.urn_uuid, stranger), hashlib.sha256(raw).hexdigest())
    seated.close()
    seated.seal()
    found = tallying.compute_tally(store, seated.chair, seated.election)
    assert found == tallying.BallotBroken(hashlib.sha256(raw).hexdigest(), "unknown_credential")


def test_an_urn_that_is_not_the_one_that_was_closed_is_not_counted(any_store, board):
    """A ballot taken out after the close, and another put in its place: the hash that was signed tells of it."""
    seated = board(any_store)
    seated.prepare()
    seated.vote((1,), (2,))
    with any_store.reading() as connection:
        taken = connection.scalars(select(ballot.c.hash)).first()

    def take_out(work) -> None:
        work.connection.execute(delete(ballot).where(ballot.c.hash == taken))
        work.keep_unrecorded()

    any_store.write(take_out)
    seated.cast(seated.slips[2], 3)
    found = tallying.compute_tally(any_store, seated.chair, seated.election)
    assert found == tallying.NotSettled((Obstacle(ObstacleCode.URN_CHANGED),))


def test_another_ballot_under_the_old_name_is_found_out(store, board):
    """Whoever changes what is stored, and leaves the hash beside it, is betrayed by the ballots themselves."""
    seated = board(store)
    seated.prepare()
    seated.vote((1,), (2,))
    other = seal_ballot(seated.question(), seated.slips[0], [0, 0, 0, 1], lambda length: b"\x09" * length)
    credential = derive_public(seated.election.urn_uuid, seated.slips[0])

    def swap(work) -> None:
        work.connection.execute(update(ballot).where(ballot.c.credential == credential).values(body=other))
        work.keep_unrecorded()

    store.write(swap)
    found = tallying.compute_tally(store, seated.chair, seated.election)
    assert found == tallying.NotSettled((Obstacle(ObstacleCode.URN_CHANGED),))


def test_a_decryption_is_checked_and_refused_by_name(any_store, board):
    """Another member's decryption, a changed proof, or no decryption at all: each is refused to who sent it."""
    seated = board(any_store)
    seated.prepare()
    seated.vote(*CAST)
    tallying.compute_tally(any_store, seated.chair, seated.election)
    others, own = seated.decryption(seated.members[1]), seated.decryption(seated.chair)
    spoilt = json.loads(own)
    factors = spoilt["decryption_factors"][0]
    factors[0], factors[1] = factors[1], factors[0]
    for raw in (others, json.dumps(spoilt, separators=(",", ":")).encode(), b"{}", b"\xff", own + b" "):
        refused = seated.decrypt(seated.chair, raw)
        assert isinstance(refused, decrypting.Refused), raw
        assert refused.name == "Anne"
    with any_store.reading() as connection:
        assert counts.decryptions(connection, seated.election.id) == ()
    assert seated.decrypt(seated.chair, own) == decrypting.Decrypted(missing=1)
    assert seated.decrypt(seated.chair) == decrypting.AlreadyDecrypted()


def test_only_key_holders_decrypt(store, board, add_staff):
    """A board member without a part of the key has nothing to open."""
    seated = board(store)
    seated.prepare()
    seated.vote((1,))
    tallying.compute_tally(store, seated.chair, seated.election)
    other = add_staff(store, seated.election, "dorte", Role.BOARD)
    assert seated.decrypt(other, b"{}") == decrypting.NotTrustee()


def test_one_of_two_opens_nothing(store, board):
    """Below the threshold there is no result."""
    seated = board(store)
    seated.prepare()
    seated.vote(*CAST)
    tallying.compute_tally(store, seated.chair, seated.election)
    seated.decrypt(seated.members[2])
    assert decrypting.compute_result(store, seated.chair, seated.election) == decrypting.TooFew(1)
    assert outcome(store, seated.election) is None


def test_the_result_closes_the_archive(store, board):
    """A decryption after the result is turned away, and the archive keeps the hash that the record names."""
    seated = board(store)
    seated.prepare()
    seated.vote(*CAST)
    seated.count()
    before = archive(store, seated.now())
    assert seated.decrypt(seated.members[2]) == decrypting.AlreadyCounted()
    assert decrypting.compute_result(store, seated.chair, seated.election) == decrypting.AlreadyCounted()
    assert archive(store, seated.now()) == before


def test_three_decryptions_give_the_same_result(store, board, monkeypatch):
    """More than are needed may open the sum; one that comes in while the result is verified is not overlooked."""
    seated = board(store)
    seated.prepare()
    seated.vote(*CAST)
    tallying.compute_tally(store, seated.chair, seated.election)
    for member in seated.members[:2]:
        seated.decrypt(member)

    def verify(*asked, **more):
        assert seated.decrypt(seated.members[2]) == decrypting.Decrypted(missing=0)
        return verify_archive(*asked, **more)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(decrypting, "verify_archive", verify)
        assert decrypting.compute_result(store, seated.chair, seated.election) == Overtaken()
    assert outcome(store, seated.election) is None
    assert isinstance(decrypting.compute_result(store, seated.chair, seated.election), decrypting.Counted)
    assert [one.votes for one in outcome(store, seated.election).counts.candidates] == [1, 3, 0]


def test_a_list_of_slips_changed_after_the_tally_is_refused(store, board):
    """The verifier has the last word: an archive it does not accept gives no result."""
    seated = board(store)
    seated.prepare()
    seated.vote(*CAST)
    tallying.compute_tally(store, seated.chair, seated.election)
    seated.decrypt(seated.members[0])
    seated.decrypt(seated.members[1])

    def take_off(work):
        voted = derive_public(seated.election.urn_uuid, seated.slips[0])
        spare = derive_public(seated.election.urn_uuid, "11111-111111-11111-111111")
        work.connection.execute(public_credential.delete().where(public_credential.c.credential == voted))
        work.connection.execute(insert(public_credential).values(urn_uuid=seated.election.urn_uuid, credential=spare))
        work.keep_unrecorded()

    store.write(take_off)
    refused = decrypting.compute_result(store, seated.chair, seated.election)
    assert isinstance(refused, decrypting.ArchiveRefused)
    assert outcome(store, seated.election) is None


def never(*_asked):
    raise AssertionError("every ballot was judged when the sum was taken")


def test_a_ballot_is_judged_once_and_a_changed_one_is_found(any_store, board, monkeypatch):
    """What was judged for the sum is known again by its hash; a ballot changed since has another, and is told by its place."""
    seated = board(any_store)
    seated.prepare()
    seated.vote(*CAST)
    tallying.compute_tally(any_store, seated.chair, seated.election)
    for member in seated.members[:2]:
        seated.decrypt(member)
    with any_store.reading() as connection:
        name, true = connection.execute(select(ballot.c.hash, ballot.c.body).order_by(ballot.c.hash).limit(1)).one()

    def put(body):
        def change(work):
            work.connection.execute(update(ballot).where(ballot.c.hash == name).values(body=body))
            work.keep_unrecorded()

        any_store.write(change)

    put(true.replace(b'"overall_proof":[{"challenge":"', b'"overall_proof":[{"challenge":"1', 1))
    refused = decrypting.compute_result(any_store, seated.chair, seated.election)
    assert isinstance(refused, decrypting.ArchiveRefused)
    assert "event 1 (Ballot)" in refused.message
    with any_store.reading() as connection:
        assert counts.count_of(connection, seated.election.id).result is None
    put(true)
    with monkeypatch.context() as patched:
        patched.setattr(decrypting, "checkers", never)
        assert isinstance(decrypting.compute_result(any_store, seated.chair, seated.election), decrypting.Counted)
    assert isinstance(verdict(any_store, seated.now()), Accepted)


def test_a_log_that_says_otherwise_is_not_believed(store, board, monkeypatch):
    """Where the entry names another sum, or the chain of the log is broken, every ballot is judged anew."""
    seated = board(store)
    seated.prepare()
    seated.vote((1,), (2,))
    tallying.compute_tally(store, seated.chair, seated.election)
    with store.reading() as connection:
        kept = counts.count_of(connection, seated.election.id).tally(seated.question())
        assert judged.recorded(connection, seated.election.id, kept).tally == kept
        other = EncryptedTally(kept.ciphertexts[::-1], kept.ballots)
        assert judged.recorded(connection, seated.election.id, other) is None
        monkeypatch.setattr(audit, "first_broken_link", lambda *_asked: 3)
        assert judged.recorded(connection, seated.election.id, kept) is None


def test_two_elections_are_counted_apart(store, board, add_staff, found_election):
    """A ballot, a decryption and a result of one election say nothing in another."""
    first = board(store)
    first.prepare()
    first.vote((1,), (1,))
    first.count()
    other = found_election(store, slug="en-anden")
    assert outcome(store, other) is None
    assert tallying.compute_tally(store, first.chair, other) == tallying.NotClosed()
    with store.reading() as connection:
        assert urns.count(connection, other.urn_uuid) == 0
        assert counts.decryptions(connection, other.id) == ()


def test_the_chain_of_the_log_holds_through_the_whole_election(any_store, counted):
    """From founding to result every act has its entry, in a chain without a break, and nothing of a vote in it."""
    with any_store.reading() as connection:
        entries = list(audit.entries(connection, counted.election.id))
        assert audit.first_broken_link(connection, counted.election.id) is None
    acts = [entry.act for entry in entries]
    ordered = ["ceremony_started", "poll_frozen", "poll_opened", "poll_closed", "tally_computed", "result_found"]
    assert [act for act in acts if act in ordered] == ordered
    details = "".join(entry.details for entry in entries)
    assert not [slip for slip in counted.slips if slip in details]
    assert not [one for one in counted.seeds.values() if one in details]
