"""A slip's credential is typed, scanned and derived the same way everywhere."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_elections import seeded
from vector_elections import NAMES, vector_election

from ballots.protocol.credentials import (
    BASE58,
    CredentialError,
    derive_public,
    generate_base58,
    generate_credential,
    generate_uuid,
    normalise_credential,
)
from ballots.protocol.hashing import digest_base64
from ballots.protocol.public_credentials import (
    PublicCredentialsRejected,
    parse_public_credentials,
    write_public_credentials,
)

CREDENTIAL = "Gus2h-XVCA8Q-K8u7b-qrgxG6"


@pytest.mark.parametrize("name", NAMES)
def test_each_private_credential_of_the_vectors_derives_its_public_half(name):
    """All 20 credentials of each vector election must derive the published keys."""
    vector = vector_election(name)
    derived = {voter: derive_public(vector.election.uuid, private) for voter, private in vector.private.items()}
    assert derived == vector.public
    assert len(derived) == 20


@pytest.mark.parametrize("name", NAMES)
def test_the_public_list_has_the_fingerprint_the_tool_printed(name):
    """The public list must be sorted so that its fingerprint is the one shown by the original tool."""
    vector = vector_election(name)
    raw = write_public_credentials(reversed(vector.public.values()))
    assert digest_base64(raw) == vector.line("generate-credentials.out").decode().split()[-1]
    assert set(parse_public_credentials(raw)) == set(vector.public.values())


@pytest.mark.parametrize(
    "typed",
    [
        "Gus2hXVCA8QK8u7bqrgxG6",
        " Gus2h XVCA8Q K8u7b qrgxG6\n",
        "Gus2hX-VCA8Q-K8u7b-qrgxG6",
        "Gus2h–XVCA8Q—K8u7b‑qrgxG6",
        "Gus2h\u00a0-\u00a0XVCA8Q\tK8u7b\r\nqrgxG6\u200b",
    ],
)
def test_spaces_and_hyphens_are_forgiven(typed):
    """A credential typed without hyphens, with others or with spaces must be understood."""
    assert normalise_credential(typed) == CREDENTIAL
    assert derive_public("nJvvcuf9f93jHq", typed) == derive_public("nJvvcuf9f93jHq", CREDENTIAL)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "credential_length"),
        ("Gus2h-XVCA8Q-K8u7b-qrgxG", "credential_length"),
        ("Gus2h-XVCA8Q-K8u7b-qrgxG66", "credential_length"),
        ("Gus2h-XVCA8Q-K8u7b-qrgxG0", "credential_alphabet"),
        ("Gus2h-XVCA8Q-K8u7b-qrgxGO", "credential_alphabet"),
        ("Gus2h-XVCA8Q-K8u7b-qrgxGl", "credential_alphabet"),
        ("Gus2h-XVCA8Q-K8u7b-qrgxGæ", "credential_alphabet"),
        ("Gus2h-XVCA8Q-K8u7b-qrgxG６", "credential_alphabet"),
    ],
)
def test_what_cannot_be_a_credential_is_refused_with_its_reason(typed, reason):
    """A wrong length and a letter outside the alphabet must be told apart."""
    with pytest.raises(CredentialError) as refusal:
        normalise_credential(typed)
    assert refusal.value.reason == reason


def test_upper_and_lower_case_are_different_credentials():
    """Case must be preserved, for it is part of the secret."""
    assert normalise_credential(CREDENTIAL.swapcase().replace("l", "L").replace("O", "o").replace("I", "i"))
    assert derive_public("nJvvcuf9f93jHq", CREDENTIAL) != derive_public("nJvvcuf9f93jHq", "g" + CREDENTIAL[1:])


def test_the_same_credential_has_another_key_in_another_election():
    """The derivation must depend on the election."""
    assert derive_public("nJvvcuf9f93jHq", CREDENTIAL) != derive_public("nJvvcuf9f93jHr", CREDENTIAL)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(st.integers())
def test_generated_credentials_and_identifiers_have_the_written_form(seed):
    """What is generated must be in the form 5-6-5-6, and 14 characters, of the alphabet."""
    uuid = generate_uuid(seeded(seed))
    credential = generate_credential(uuid, seeded(seed))
    assert len(uuid) == 14
    assert set(uuid) <= set(BASE58)
    assert [len(part) for part in credential.split("-")] == [5, 6, 5, 6]
    assert normalise_credential(credential) == credential


def test_each_character_is_drawn_from_a_masked_byte_and_drawn_again_beyond_the_alphabet():
    """Bytes must be masked to 6 bits and those from 58 thrown away, so that no character is likelier than another."""
    assert generate_base58(
        58, lambda length: bytes(range(256 - length, 256)) if length > 6 else bytes(range(length))
    ) == (BASE58[6:] + BASE58[:6])


def test_a_public_list_in_another_order_is_refused():
    """An order other than that of the points would tell something, so it must be refused."""
    listed = json.loads(write_public_credentials(vector_election("single-max1").public.values()))
    turned = json.dumps(listed[::-1], separators=(",", ":")).encode()
    with pytest.raises(PublicCredentialsRejected) as refusal:
        parse_public_credentials(turned)
    assert refusal.value.reason == "credential_order"


def test_a_credential_listed_twice_is_refused():
    """One credential must not be listed twice."""
    public = next(iter(vector_election("single-max1").public.values()))
    with pytest.raises(PublicCredentialsRejected) as refusal:
        write_public_credentials([public, public])
    assert refusal.value.reason == "credential_twice"


def test_a_credential_with_a_weight_is_refused():
    """Nobody's vote may weigh more than another's."""
    public = next(iter(vector_election("single-max1").public.values()))
    with pytest.raises(PublicCredentialsRejected) as refusal:
        parse_public_credentials(f'["{public},7"]'.encode())
    assert refusal.value.reason == "unsupported"
