"""Casting at the booth's door: taken once, answered the same again, refused in one word."""

from __future__ import annotations

import json

import pytest
from joined import make_booth
from polling import prepare_poll
from sqlalchemy import select, update

from ballots.protocol.hashing import digest_base64, digest_hex
from votingapp.store.tables.audit import audit_entry
from votingapp.store.tables.urn import ballot, urn


def rows(store):
    with store.reading() as connection:
        return connection.execute(select(ballot)).all()


def set_urn(store, **values):
    def change(work):
        work.connection.execute(update(urn).values(**values))
        work.keep_unrecorded()

    store.write(change)


def test_a_ballot_is_kept_as_its_bytes_and_answered_with_its_hash(store, poll, cast):
    """What lies in the urn is exactly what came, and the receipt is the tracker of those bytes."""
    raw = poll.seal(poll.slips[0], chosen=1)
    answer = cast(raw)
    assert (answer.status_code, answer.json) == (201, {"status": "accepted", "receipt": digest_base64(raw)})
    assert [tuple(row) for row in rows(store)] == [
        (digest_hex(raw), poll.election.urn_uuid, poll.public(poll.slips[0]), raw)
    ]


def test_the_same_ballot_again_gets_the_same_receipt(store, poll, cast):
    """A tablet that lost the line sends again and learns that the ballot lies safely, once."""
    raw = poll.seal(poll.slips[0])
    first, again = cast(raw), cast(raw)
    assert again.status_code == 200
    assert again.json == first.json
    assert len(rows(store)) == 1


def test_the_same_ballot_after_the_close_still_gets_its_receipt(store, poll, cast):
    """The close does not take back what was accepted."""
    raw = poll.seal(poll.slips[0])
    first = cast(raw)
    set_urn(store, state="closed")
    assert cast(raw).json == first.json


def test_a_spent_slip_casts_no_second_ballot(store, poll, cast):
    """Another ballot on the same credential is refused and the first one stays."""
    first = poll.seal(poll.slips[0], chosen=0)
    cast(first)
    answer = cast(poll.seal(poll.slips[0], chosen=1))
    assert (answer.status_code, answer.json) == (409, {"status": "spent"})
    assert [row.body for row in rows(store)] == [first]


def test_a_slip_of_nobody_is_unknown(store, poll, cast):
    """A well-made ballot on a credential that was never printed is refused."""
    stranger = "11111-111111-11111-111111"
    answer = cast(poll.seal(stranger))
    assert (answer.status_code, answer.json) == (403, {"status": "unknown"})
    assert not rows(store)


def test_the_urn_never_holds_more_ballots_than_slips_issued(store, poll, cast):
    """A printed slip that no desk handed out is not taken, even if its credential is right."""
    set_urn(store, slips_issued=1)
    assert cast(poll.seal(poll.slips[0])).status_code == 201
    answer = cast(poll.seal(poll.slips[1]))
    assert (answer.status_code, answer.json) == (409, {"status": "full"})
    assert len(rows(store)) == 1


@pytest.mark.parametrize("state", ["not_open", "closed"])
def test_outside_the_poll_nothing_is_taken(store, poll, cast, state):
    """Before the opening and after the close a good ballot is refused with the reason."""
    set_urn(store, state=state)
    answer = cast(poll.seal(poll.slips[0]))
    assert (answer.status_code, answer.json) == (409, {"status": state})
    assert not rows(store)


def test_before_the_freeze_there_is_nothing_to_cast_into(store, found_election, booth):
    """An election without a ballot paper refuses as not open."""
    election = found_election(store)
    tablet = make_booth(booth, store, election)
    answer = tablet.post(f"/{election.slug}/ballots", data=b"{}", content_type="application/json")
    assert (answer.status_code, answer.json) == (409, {"status": "not_open"})


def test_a_ballot_for_another_election_is_rejected(store, poll, cast, found_election):
    """The same slip and choice under another election's key are no ballot here."""
    other = prepare_poll(store, found_election(store, slug="anden"), issued=3)
    answer = cast(other.seal(poll.slips[0]))
    assert (answer.status_code, answer.json) == (422, {"status": "rejected", "reason": "wrong_election"})
    assert not rows(store)


def test_a_ballot_with_a_changed_proof_is_rejected_by_name(store, poll, cast):
    """The answer names what does not hold, in the protocol's word."""
    record = json.loads(poll.seal(poll.slips[0]))
    record["signature"]["proof"]["challenge"] = "1"
    answer = cast(json.dumps(record, separators=(",", ":")).encode())
    assert (answer.status_code, answer.json) == (422, {"status": "rejected", "reason": "signature"})
    assert not rows(store)


def test_a_blank_ballot_is_taken_like_any_other(store, poll, cast):
    """One may vote blank deliberately."""
    assert cast(poll.seal(poll.slips[0], chosen=-1)).status_code == 201
    assert len(rows(store)) == 1


def test_casting_leaves_no_entry_in_the_log(store, poll, cast):
    """Promise 7: a time beside a ballot would lead to the voter, so the log does not grow."""
    with store.reading() as connection:
        before = connection.execute(select(audit_entry)).all()
    cast(poll.seal(poll.slips[0]))
    cast(poll.seal(poll.slips[0]))
    with store.reading() as connection:
        assert connection.execute(select(audit_entry)).all() == before


def test_a_ballot_of_a_hundred_candidates_fits_through_the_door(store, settings, found_election, koege_rules):
    """The largest body leaves room for 100 candidates when each of them may get a vote."""
    from votingapp.booth import LARGEST_BODY, create_booth  # noqa: PLC0415 - this test builds its own

    rules = koege_rules.replace("votes_per_voter = 1 ", "votes_per_voter = 100 ")
    names = tuple(f"Kandidat {number:03d}" for number in range(100))
    poll = prepare_poll(store, found_election(store, rules_text=rules), issued=1, candidates=names)
    assert poll.question.maximum == 100
    raw = poll.seal(poll.slips[0])
    assert len(raw) * 2 < LARGEST_BODY
    tablet = make_booth(create_booth(settings, store), store, poll.election)
    answer = tablet.post(f"/{poll.election.slug}/ballots", data=raw, content_type="application/json")
    assert answer.status_code == 201
