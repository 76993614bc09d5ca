"""Everybody of the board signs the very version that is in force, with her own key where she has one, or two say why not."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from recorded import ask, draw_up, newest, sign, signature, signatures, state_all, take_key

from ballots.protocol.threshold.certificate import check_certificates
from tally.deadlines import ends_at
from tally.signing import is_signature, record_message
from votingapp.desks.record import drawing_up, signing
from votingapp.store import audit, record_signatures, settled
from votingapp.store.certified import certified
from votingapp.store.keys import Step
from votingapp.store.record_signatures import Way


def drawn_in(store, board):
    seated = board(store)
    seated.prepare()
    seated.vote((1,), (2,), ())
    seated.count()
    draw_up(seated)
    return seated


def is_certified(seated, **later: int) -> bool:
    with seated.store.reading() as connection:
        now = ends_at(seated.now().complaints_end) + timedelta(**later)
        return certified(connection, seated.now(), now)


def test_both_sign_with_their_keys_and_the_election_is_certified_after_the_deadline(any_store, board):
    """A signature is checked by the certificate that the archive publishes; all of them and the last day make it final."""
    drawn = drawn_in(any_store, board)
    anne, birk, cilla = drawn.members
    found = newest(drawn)
    assert not is_certified(drawn)
    assert sign(drawn, anne) == signing.Signed(remaining=1)
    assert sign(drawn, anne) == signing.SignedBefore()
    with drawn.store.reading() as connection:
        assert not settled.is_signed(connection, drawn.now())
    assert signing.sign_with_password(drawn.store, birk, drawn.election, 1) == signing.HoldsKey()
    assert sign(drawn, birk) == signing.Signed(remaining=0)
    with drawn.store.reading() as connection:
        assert settled.is_signed(connection, drawn.now())
    assert is_certified(drawn)
    assert not is_certified(drawn, microseconds=-1), "the last day is in time to its end"
    assert sign(drawn, cilla) == signing.NoSigner(), "she opened and closed nothing"
    kept = signatures(drawn)
    published = check_certificates(drawn.ceremony().messages(Step.CERTIFICATE))
    message = record_message(drawn.election.urn_uuid, 1, found.content_sha256, found.pdf_sha256)
    assert [(kept[one].way, kept[one].position) for one in ("Anne", "Birk")] == [(Way.KEY, 1), (Way.KEY, 2)]
    assert [signer.key for signer in found.signers] == [
        json.loads(one.signed.message)["verification"] for one in published[:2]
    ]
    assert all(is_signature(message, one.key, kept[one.name].proof.encode()) for one in found.signers)


def test_what_is_not_her_signature_of_this_version_is_not_kept(drawn):
    """Another's key, another election, version or hash, another spelling, and a signature out of the key ceremony."""
    anne, birk, _ = drawn.members
    found = newest(drawn)
    hashes = (found.content_sha256, found.pdf_sha256)
    wrong = [
        signature(drawn, birk),
        *(
            signature(drawn, anne, text)
            for text in (
                record_message("1" * 14, 1, *hashes),
                record_message(drawn.election.urn_uuid, 2, *hashes),
                record_message(drawn.election.urn_uuid, 1, *reversed(hashes)),
                record_message(drawn.election.urn_uuid, 1, *hashes) + "|",
            )
        ),
        signature(drawn, anne) + b"\n",
        json.dumps(json.loads(drawn.ceremony().member(anne.id).certificate)["signature"]).encode(),
        b"",
        b"{}",
        b"\xff",
        b"[" * 400,
        b" " * 600,
    ]
    assert [sign(drawn, anne, raw=raw) for raw in wrong] == [signing.NotHers()] * len(wrong)
    assert signatures(drawn) == {}


def test_a_version_that_another_took_the_place_of_is_signed_no_more(drawn):
    """Whoever had the first version open is told to look again; its signatures stay with it and count for nothing."""
    anne, birk, _ = drawn.members
    assert sign(drawn, anne) == signing.Signed(remaining=1)
    late = signature(drawn, birk)
    assert ask(drawn, version=2, reason="Et navn var galt.") == drawing_up.DrawnUp(2)
    assert sign(drawn, birk, 1, late) == signing.OtherVersion()
    assert sign(drawn, birk, 2, late) == signing.NotHers()
    assert set(signatures(drawn, 1)) == {"Anne"}
    with drawn.store.reading() as connection:
        assert [one.name for one in record_signatures.unsigned(connection, drawn.election)] == ["Anne", "Birk"]
    assert sign(drawn, anne, 2) == signing.Signed(remaining=1)


def test_two_others_say_why_a_member_cannot_sign_and_she_still_may(drawn):
    """Neither she nor one alone says it; it completes the signatures, and her own takes its place when she comes."""
    anne, birk, cilla = drawn.members
    assert signing.excuse(drawn.store, (birk, cilla), drawn.election, 1, anne.id, "Rejst.") == signing.Signed(1)
    for_all = signing.excuse(drawn.store, (anne, cilla), drawn.election, 1, birk.id, "Rejst.")
    assert for_all == signing.TooManyAbsent(), "a record that nobody signed would be final"
    assert sign(drawn, anne) == signing.Signed(remaining=1)
    for pair in ((birk, cilla), (anne, birk), (anne, anne)):
        with pytest.raises(ValueError, match="two others"):
            signing.excuse(drawn.store, pair, drawn.election, 1, birk.id, "Syg.")
    said = signing.excuse(drawn.store, (anne, cilla), drawn.election, 1, birk.id, "Syg, har skrevet under på papir.")
    assert said == signing.Signed(remaining=0)
    assert signing.excuse(drawn.store, (anne, cilla), drawn.election, 1, birk.id, "x") == signing.SignedBefore()
    assert signing.excuse(drawn.store, (birk, cilla), drawn.election, 1, anne.id, "x") == signing.SignedBefore()
    assert json.loads(signatures(drawn)["Birk"].proof) == {
        "reason": "Syg, har skrevet under på papir.",
        "by": ["Anne", "Cilla"],
    }
    with drawn.store.reading() as connection:
        told = "".join(one.details for one in audit.entries(connection, drawn.election.id))
    assert "på papir" not in told, "it may be of her health"
    assert sign(drawn, birk) == signing.Signed(remaining=0)
    assert signatures(drawn)["Birk"].way is Way.KEY


def test_who_holds_no_key_signs_with_her_password(counted, monkeypatch):
    """A board may have more members than holders: a key is not asked of who has none, and not taken from her."""
    state_all(counted)
    take_key(monkeypatch, "Birk")
    assert ask(counted) == drawing_up.DrawnUp(1)
    anne, birk, cilla = counted.members
    assert sign(counted, birk) == signing.HoldsNoKey()
    assert signing.sign_with_password(counted.store, cilla, counted.election, 1) == signing.NoSigner()
    assert signing.sign_with_password(counted.store, birk, counted.election, 2) == signing.OtherVersion()
    assert signing.sign_with_password(counted.store, birk, counted.election, 1) == signing.Signed(remaining=1)
    assert signing.sign_with_password(counted.store, birk, counted.election, 1) == signing.SignedBefore()
    assert sign(counted, anne) == signing.Signed(remaining=0)
    kept = signatures(counted)["Birk"]
    assert (kept.way, kept.position, kept.proof) == (Way.PASSWORD, None, "")
