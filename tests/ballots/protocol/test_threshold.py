"""A key ceremony goes through only where everybody told the truth."""

import json

import pytest
from json_changes import changes
from small_elections import ceremony, seeded
from vector_elections import vector_election

from ballots.protocol import canonical
from ballots.protocol.group import multiply_generator
from ballots.protocol.threshold import sealed
from ballots.protocol.threshold.certificate import Context, check_certificates, make_certificate
from ballots.protocol.threshold.dealing import deal_polynomial, redistribute
from ballots.protocol.threshold.identity import CeremonyRejected, derive_identity, generate_seed
from ballots.protocol.threshold.parameters import assemble_parameters
from ballots.protocol.threshold.sealed import seal, unseal
from ballots.protocol.threshold.share import make_share, open_decryption_key, open_private_key


@pytest.fixture
def vector():
    """The threshold election of the vectors."""
    return vector_election("threshold-max1")


@pytest.fixture
def held():
    """A finished ceremony, 2 of 3."""
    return ceremony()


def reason_of(step, *arguments) -> str:
    with pytest.raises(CeremonyRejected) as refusal:
        step(*arguments)
    return refusal.value.reason


def test_certificates_of_the_vectors_are_accepted_and_named_as_the_tool_names_them(vector):
    """Each certificate must hold, carry the keys of its seed, and hash to the name of its file."""
    opened = check_certificates([vector.line(f"{label}.cert") for label in vector.trustee_ids])
    assert tuple(certificate.label for certificate in opened) == vector.trustee_ids
    for certificate in opened:
        identity = derive_identity(vector.line(f"{certificate.label}.key").decode())
        assert (identity.verification, identity.encryption) == (certificate.verification, certificate.encryption)


def test_the_server_of_the_vectors_handed_out_what_ours_does(vector):
    """Redistribution must give the same bytes as the original tool."""
    certificates = vector.lines("certs.jsons")
    deliveries = redistribute(certificates, vector.lines("polynomials.jsons"))
    assert list(deliveries) == [vector.line(f"{label}.vinput") for label in vector.trustee_ids]


def test_each_seed_of_the_vectors_opens_its_decryption_key(vector):
    """A seed must open the key that belongs to the published one, and making the share anew must give it again."""
    certificates = vector.lines("certs.jsons")
    for label, key in zip(vector.trustee_ids, vector.trustees.keys, strict=True):
        seed = vector.line(f"{label}.key").decode()
        secret = open_decryption_key(seed, vector.line(f"{label}.voutput"))
        assert multiply_generator(secret) == key.public_key
        assert open_private_key(derive_identity(seed), vector.line(f"{label}.dkey").decode()) == secret
        again = make_share(seed, certificates, vector.line(f"{label}.vinput"), seeded("again"))
        assert open_decryption_key(seed, again) == secret


def test_the_parameters_of_the_vectors_are_assembled_byte_for_byte(vector):
    """Assembling must give the original tool's parameters."""
    shares = [vector.line(f"{label}.voutput") for label in vector.trustee_ids]
    parameters = assemble_parameters(vector.lines("certs.jsons"), vector.lines("polynomials.jsons"), shares)
    assert canonical.write(parameters.to_json()) == vector.line("threshold.json")


def test_a_ceremony_of_our_own_gives_every_member_a_key_that_fits(held):
    """Each member's opened key must be the secret of her published one."""
    parameters = assemble_parameters(held.certificates, held.dealings, held.shares)
    opened = [open_decryption_key(seed, share) for seed, share in zip(held.seeds, held.shares, strict=True)]
    assert [multiply_generator(secret) for secret in opened] == [key.public_key for key in parameters.keys]


@pytest.mark.parametrize("step", ["certificates", "dealings", "shares"])
def test_every_change_of_a_public_message_is_refused(held, step):
    """Nothing may be assembled from a certificate, dealing or public key that was changed in one place."""
    messages = getattr(held, step)
    unseen = ("polynomial", "secrets", "private_key")
    passed = []
    for what, changed in changes(json.loads(messages[1])):
        if what.startswith(unseen):
            continue
        spoilt = (messages[0], canonical.write(changed), messages[2])
        parts = {"certificates": held.certificates, "dealings": held.dealings, "shares": held.shares, step: spoilt}
        try:
            assemble_parameters(**parts)
        except CeremonyRejected:
            continue
        passed.append(what)
    assert passed == []


def test_every_change_of_a_delivery_is_refused(held):
    """Whatever the server changes in what it hands to a member, she must notice."""
    passed = []
    for what, changed in changes(json.loads(held.deliveries[0])):
        try:
            make_share(held.seeds[0], held.certificates, canonical.write(changed), seeded("share"))
        except CeremonyRejected:
            continue
        passed.append(what)
    assert passed == []


def test_a_dealer_who_deals_another_secret_is_found_out(held):
    """A share that does not fit the dealer's commitments must be refused, though she sealed and signed it herself."""
    dealer = derive_identity(held.seeds[1])
    victim = derive_identity(held.seeds[0])
    delivery = json.loads(held.deliveries[0])
    delivery["secrets"][1] = seal('{"secret":"7"}', dealer, victim.encryption, seeded("lie"))
    assert reason_of(make_share, held.seeds[0], held.certificates, canonical.write(delivery), seeded(1)) == "secret"


def test_a_server_that_swaps_a_member_s_own_polynomial_is_found_out(held):
    """A member must notice when commitments she made at another time are handed back as hers."""
    certificates = held.certificates
    older = (deal_polynomial(held.seeds[0], certificates, seeded("older")), *held.dealings[1:])
    delivery = json.loads(redistribute(certificates, older)[0])
    delivery["polynomial"] = json.loads(held.deliveries[0])["polynomial"]
    raw = canonical.write(delivery)
    assert reason_of(make_share, held.seeds[0], certificates, raw, seeded(1)) == "polynomial"


def test_a_stranger_s_seed_is_refused_everywhere(held):
    """A seed that belongs to no certificate must neither deal nor make a share nor open one."""
    stranger = generate_seed(seeded("stranger"))
    assert reason_of(deal_polynomial, stranger, held.certificates, seeded(1)) == "not_a_member"
    assert reason_of(make_share, stranger, held.certificates, held.deliveries[0], seeded(1)) == "not_a_member"
    assert reason_of(open_decryption_key, stranger, held.shares[0]) == "sealed"
    assert reason_of(open_decryption_key, held.seeds[1], held.shares[0]) == "sealed"


def test_a_share_with_another_member_s_public_key_is_refused(held):
    """The opened key must be compared with the public one beside it."""
    mixed = {**json.loads(held.shares[0]), "public_key": json.loads(held.shares[1])["public_key"]}
    assert reason_of(open_decryption_key, held.seeds[0], canonical.write(mixed)) == "decryption_key"


@pytest.mark.parametrize(
    ("size", "threshold", "index", "reason"),
    [
        (3, 3, 1, "threshold"),
        (3, 0, 1, "threshold"),
        (2, 1, 1, "certificate_index"),
        (4, 2, 1, "certificate_index"),
        (3, 1, 1, "certificate_context"),
        (3, 2, 2, "certificate_index"),
        (3, 2, 0, "certificate_index"),
    ],
)
def test_a_certificate_for_another_agreement_is_refused(held, size, threshold, index, reason):
    """Size, threshold and place must be the same in everybody's certificates."""
    other = make_certificate(held.seeds[0], Context(size, threshold), index, seeded("other"))
    assert reason_of(check_certificates, (other, *held.certificates[1:])) == reason


def test_one_seed_in_two_places_is_refused(held):
    """Nobody may sit at the table twice."""
    twice = make_certificate(held.seeds[0], Context(3, 2), 2, seeded("twice"))
    certificates = (held.certificates[0], twice, held.certificates[2])
    assert reason_of(check_certificates, certificates) == "certificate_keys"


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_missing_or_extra_messages_are_refused(held, count):
    """Every member must have spoken exactly once in every step."""
    dealings = (*held.dealings, held.dealings[0])[:count]
    shares = (*held.shares, held.shares[0])[:count]
    assert reason_of(redistribute, held.certificates, dealings) == "dealings"
    assert reason_of(assemble_parameters, held.certificates, held.dealings, shares) == "shape"


def test_no_certificates_at_all_are_refused():
    """An empty ceremony has no outcome."""
    assert reason_of(assemble_parameters, [], [], []) == "no_certificates"


@pytest.mark.parametrize("seed", ["", "short", "0" * 22, "HFstSRqiWE53oFsHbBfQnEE", "HFstSRqiWE53oFsHbBfQn "])
def test_what_is_no_seed_is_refused(seed):
    """A seed must be 22 Base58 characters."""
    assert reason_of(derive_identity, seed) == "seed"


def test_a_seed_typed_with_space_around_it_is_the_same_seed(held):
    """White space around a seed copied from paper must not matter."""
    assert derive_identity(f" {held.seeds[0]}\n") == derive_identity(held.seeds[0])


def test_a_message_sealed_anew_for_somebody_else_is_refused(held):
    """A recipient must notice that a message was signed for another one, for the sealing itself is anybody's to do."""
    sender, first, second = (derive_identity(seed) for seed in held.seeds)
    assert unseal(seal("tæst", sender, first.encryption, seeded(1)), first, sender.verification) == "tæst"
    assert (
        reason_of(unseal, seal("x", first, second.encryption, seeded(2)), second, sender.verification)
        == "sealed_signature"
    )
    opened = sealed._decrypt(seal("x", sender, first.encryption, seeded(3)), first)
    redirected = sealed._encrypt(opened, second.encryption, seeded(4))
    assert reason_of(unseal, redirected, second, sender.verification) == "sealed_recipient"
