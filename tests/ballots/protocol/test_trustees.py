"""The keys of the election board are proved, each and together."""

import json

import pytest
from json_changes import changes
from small_elections import seeded, small_election
from vector_elections import NAMES, vector_election

from ballots.protocol import canonical
from ballots.protocol.group import multiply_generator
from ballots.protocol.trustee_key import (
    TrusteesRejected,
    generate_trustee_key,
    parse_trustee_key,
    prove_trustee_key,
    read_private_key,
    write_private_key,
)
from ballots.protocol.trustees import SingleTrustee, build_trustees, parse_trustees


def refused(raw: bytes) -> bool:
    try:
        parse_trustees(raw)
    except TrusteesRejected:
        return True
    return False


@pytest.mark.parametrize("name", NAMES)
def test_the_trustees_of_the_vectors_hold_the_key_of_their_election(name):
    """The combined key must be the election's, and the record must be rebuilt byte for byte."""
    vector = vector_election(name)
    assert vector.trustees.combined_public_key == vector.election.public_key
    assert build_trustees(vector.trustees.items).raw == vector.line("trustees.json")


@pytest.mark.parametrize("name", ["single-max1", "single-max5"])
def test_each_private_key_of_the_vectors_reproduces_its_public_key_and_label(name):
    """A private key file must give the published key of the same label."""
    vector = vector_election(name)
    for label, key in zip(vector.trustee_ids, vector.trustees.keys, strict=True):
        raw = vector.line(f"{label}.privkey")
        secret = read_private_key(raw)
        assert multiply_generator(secret) == key.public_key
        assert key.label == label
        assert write_private_key(secret) == raw
        assert canonical.write(key.to_json()) == vector.line(f"{label}.pubkey")


def test_a_new_key_is_proved_and_carries_its_name():
    """A generated key must be read back with its proof, and with a name in Danish letters."""
    secret, key = generate_trustee_key(seeded("key"), name="Åse Bødker")
    assert multiply_generator(secret) == key.public_key
    assert parse_trustee_key(key.to_json()) == key
    assert key.to_json()["name"] == "Åse Bødker"


def test_every_change_of_single_keys_is_refused():
    """Whatever one place of the record of single trustees is changed to, it or its combined key must not pass."""
    small = small_election()
    expected = small.election.public_key
    tried = [(what, canonical.write(changed)) for what, changed in changes(json.loads(small.trustees.raw))]
    assert len(tried) > 100
    passed = [what for what, raw in tried if not refused(raw) and parse_trustees(raw).combined_public_key == expected]
    assert passed == [": entries 0 and 1 swapped"]  # the set-up hash holds their order


def test_every_change_of_a_threshold_record_is_refused():
    """Whatever one place of a threshold record is changed to, it must be refused."""
    record = json.loads(small_election(threshold=True).trustees.raw)
    tried = [(what, canonical.write(changed)) for what, changed in changes(record)]
    assert len(tried) > 500
    assert [what for what, raw in tried if not refused(raw)] == []


def test_a_key_claimed_without_its_secret_is_refused():
    """A trustee must not be able to cancel another's key by publishing one she holds no secret of."""
    _, first = generate_trustee_key(seeded(1))
    _, second = generate_trustee_key(seeded(2))
    claimed = {**second.to_json(), "public_key": first.to_json()["public_key"]}
    with pytest.raises(TrusteesRejected) as refusal:
        parse_trustees(canonical.write([["Single", claimed]]))
    assert refusal.value.reason == "key_proof"


def test_no_trustees_are_no_trustees():
    """An election that nobody holds the key of must be refused."""
    with pytest.raises(TrusteesRejected) as refusal:
        parse_trustees(b"[]")
    assert refusal.value.reason == "no_trustees"


def test_single_and_threshold_trustees_are_numbered_through():
    """The owners of decryptions must be counted over all items in their order."""
    pedersen = small_election(threshold=True).trustees.items[0]
    single = SingleTrustee(prove_trustee_key(small_election().secrets[0], seeded("p")))
    both = build_trustees([single, pedersen])
    assert both.keys == (single.key, *pedersen.keys)
