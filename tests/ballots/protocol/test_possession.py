"""Only who holds a slip may ask about it."""

import secrets

import pytest

from ballots.protocol.credentials import derive_public, generate_credential
from ballots.protocol.possession import prove_possession, shows_possession

UUID, OTHER = "aaaaaaaaaaaaaa", "bbbbbbbbbbbbbb"
IDENTITY = "0" * 63 + "1"


@pytest.fixture(scope="module")
def private():
    return generate_credential(UUID, secrets.token_bytes)


@pytest.fixture(scope="module")
def proof(private):
    return prove_possession(UUID, private, secrets.token_bytes).to_json()


def test_the_holder_is_believed(private, proof):
    """The proof made with the slip's code holds for its public half."""
    assert shows_possession(UUID, derive_public(UUID, private), proof)


def test_a_proof_holds_for_one_slip_and_one_election(private, proof):
    """The same proof opens neither another slip nor the same slip in another election."""
    other = generate_credential(UUID, secrets.token_bytes)
    assert not shows_possession(UUID, derive_public(UUID, other), proof)
    assert not shows_possession(OTHER, derive_public(UUID, private), proof)
    assert not shows_possession(OTHER, derive_public(OTHER, private), proof)


@pytest.mark.parametrize("member", ["challenge", "response"])
@pytest.mark.parametrize("value", ["0", "1", "-1", "x", "", 1, None, "9" * 400])
def test_an_altered_proof_is_not_believed(private, proof, member, value):
    """Any other number, or no number, is no proof."""
    assert not shows_possession(UUID, derive_public(UUID, private), proof | {member: value})


@pytest.mark.parametrize("broken", [None, [], "proof", {}, {"challenge": "1"}, {"response": "1", "challenge": "1"}])
def test_what_is_no_proof_is_not_believed(private, broken):
    """A broken proof is refused like a false one."""
    assert not shows_possession(UUID, derive_public(UUID, private), broken)


@pytest.mark.parametrize("credential", [IDENTITY, "f" * 64, "0" * 64, "", "x"])
def test_no_proof_holds_for_a_point_that_is_none(proof, credential):
    """The identity and what is no point at all can be nobody's slip."""
    assert not shows_possession(UUID, credential, proof)
