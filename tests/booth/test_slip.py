"""A slip is looked at before the voter chooses, so that nobody chooses in vain."""

from __future__ import annotations

import secrets

import pytest
from sqlalchemy import select, update

from ballots.protocol.credentials import generate_credential
from ballots.protocol.possession import prove_possession
from votingapp.store.tables.urn import ballot, urn


@pytest.fixture
def look(tablet, poll):
    """Ask about a slip as its holder's tablet does: `look(private credential)`."""

    def ask(private: str, of=poll):
        return tablet.post(f"/{poll.election.slug}/slip", json=question(of, private))

    return ask


def question(poll, private: str) -> dict:
    """What a tablet sends about a slip."""
    proof = prove_possession(poll.election.urn_uuid, private, secrets.token_bytes)
    return {"credential": poll.public(private), "proof": proof.to_json()}


def change_urn(store, **values):
    def change(work):
        work.connection.execute(update(urn).values(**values))
        work.keep_unrecorded()

    store.write(change)


def test_a_fresh_slip_is_ready(poll, look):
    """A printed, unspent slip of an open poll may go on."""
    answer = look(poll.slips[0])
    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_looking_keeps_nothing(store, poll, look):
    """Looking at a slip any number of times spends nothing."""
    for _ in range(3):
        assert look(poll.slips[0]).json == {"status": "ready"}
    with store.reading() as connection:
        assert not connection.execute(select(ballot)).all()


def test_a_spent_slip_is_told(poll, look, cast):
    """After its ballot a slip is spent, and only that slip."""
    cast(poll.seal(poll.slips[0]))
    assert look(poll.slips[0]).json == {"status": "spent"}
    assert look(poll.slips[1]).json == {"status": "ready"}


def test_an_unprinted_slip_is_unknown(poll, look):
    """A well-formed credential of nobody is unknown."""
    assert look(generate_credential(poll.election.urn_uuid, secrets.token_bytes)).json == {"status": "unknown"}


@pytest.mark.parametrize("state", ["not_open", "closed"])
def test_outside_the_poll_the_state_is_told(store, poll, look, state):
    """Before and after the poll a slip is answered with the poll's state."""
    change_urn(store, state=state)
    assert look(poll.slips[0]).json == {"status": state}


def test_a_slip_of_another_election_is_unknown_here(store, poll, look, found_election):
    """Elections are sealed off from one another: the other election's slip does not open this booth."""
    from polling import prepare_poll  # noqa: PLC0415 - only this test needs a second poll

    other = prepare_poll(store, found_election(store, slug="anden"), issued=3)
    assert look(other.slips[0]).json == {"status": "unknown"}
    assert look(other.slips[0], of=other).json == {"status": "unknown"}


def test_nobody_learns_of_a_slip_she_does_not_hold(store, poll, tablet, cast):
    """With the public list alone a spent slip and a fresh one look the same: unknown, whatever proof is tried."""
    cast(poll.seal(poll.slips[0]))
    stolen = question(poll, poll.slips[2])["proof"]
    for slip in poll.slips[:2]:
        for proof in (stolen, {"challenge": "0", "response": "0"}, {"challenge": "1"}, {}):
            asked = {"credential": poll.public(slip), "proof": proof}
            assert tablet.post(f"/{poll.election.slug}/slip", json=asked).json == {"status": "unknown"}


@pytest.mark.parametrize("credential", ["", "0" * 63, "A" * 64, "0" * 64 + "\n", 7, None, ["0" * 64]])
def test_what_is_no_credential_is_refused(poll, tablet, credential):
    """Anything but 64 lower-case hex digits is a broken request, not a slip."""
    answer = tablet.post(f"/{poll.election.slug}/slip", json=question(poll, poll.slips[0]) | {"credential": credential})
    assert (answer.status_code, answer.json) == (400, {"status": "error"})


@pytest.mark.parametrize("proof", [None, "proof", 7, []])
def test_a_question_without_a_proof_is_refused(poll, tablet, proof):
    """A slip's public half alone is a broken request."""
    asked = {"credential": poll.public(poll.slips[0])}
    for sent in (asked, asked | {"proof": proof}, asked | {"proof": {}, "more": 1}):
        answer = tablet.post(f"/{poll.election.slug}/slip", json=sent)
        assert (answer.status_code, answer.json) == (400, {"status": "error"})
