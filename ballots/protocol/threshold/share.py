"""Step 5: a trustee checks what she was dealt and adds it up to her decryption key (PROTOCOL.md section 13)."""

from collections.abc import Sequence

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.group import (
    ZERO,
    RandomBytes,
    Scalar,
    format_point,
    format_scalar,
    multiply_generator,
    parse_scalar,
    scalar_sum,
)
from ballots.protocol.schnorr import parse_proof
from ballots.protocol.threshold.certificate import Certificate, check_certificates
from ballots.protocol.threshold.commitments import Commitments, commit, evaluate_hidden, open_commitments
from ballots.protocol.threshold.dealing import find_own
from ballots.protocol.threshold.identity import CeremonyRejected, Identity, derive_identity
from ballots.protocol.threshold.sealed import seal, unseal
from ballots.protocol.threshold.signed import parse_signed, sign_detached
from ballots.protocol.trustee_key import TrusteesRejected, parse_trustee_key, prove_trustee_key


def make_share(seed: str, certificates: Sequence[bytes], delivery: bytes, random: RandomBytes) -> bytes:
    """Step 5: give a trustee's public key, and her decryption key sealed to herself.

    CeremonyRejected names the dealer whose share does not fit her commitments; then the ceremony starts again.
    """
    opened = check_certificates(certificates)
    identity = derive_identity(seed)
    own = find_own(opened, identity)
    try:
        secret = _add_up(opened, own, identity, delivery)
    except FormatError as error:
        raise CeremonyRejected(error.reason, f"delivery: {error.message}") from error
    sealed = canonical.write({"decryption_key": format_scalar(secret)}).decode()
    key = prove_trustee_key(secret, random)
    signature = sign_detached(format_point(key.public_key), identity.signing, random)
    public = {**key.to_json(), "signature": signature.to_json()}
    return canonical.write({"private_key": seal(sealed, identity, own.encryption, random), "public_key": public})


def open_decryption_key(seed: str, share: bytes) -> Scalar:
    """Give a trustee's decryption key from her seed and the share she made; CeremonyRejected if they do not fit."""
    identity = derive_identity(seed)
    try:
        private_key, public_key = canonical.members(canonical.read(share), "private_key", "public_key")
        secret = open_private_key(identity, canonical.text(private_key))
        expected = parse_trustee_key(public_key).public_key
    except (FormatError, TrusteesRejected) as error:
        raise CeremonyRejected(error.reason, f"share: {error.message}") from error
    if multiply_generator(secret) != expected:
        raise CeremonyRejected("decryption_key", "the decryption key does not fit the public key")
    return secret


def open_private_key(identity: Identity, sealed: str) -> Scalar:
    """Open the part of a share that a trustee sealed to herself."""
    opened = unseal(sealed, identity, identity.verification)
    (secret,) = canonical.members(canonical.read(opened.encode()), "decryption_key")
    return parse_scalar(secret)


def _add_up(certificates: Sequence[Certificate], own: Certificate, identity: Identity, raw: bytes) -> Scalar:
    size = len(certificates)
    polynomial, secrets, signed, agreed = canonical.members(
        canonical.read(raw), "polynomial", "secrets", "coefexps", "signatures"
    )
    commitments = tuple(
        open_commitments(certificates, dealer, parse_signed(message), parse_proof(signature))
        for dealer, message, signature in zip(
            certificates, canonical.array(signed, size), canonical.array(agreed, size), strict=True
        )
    )
    _check_own_polynomial(identity, polynomial, commitments[own.index - 1])
    total = ZERO
    for dealer, sealed, committed in zip(certificates, canonical.array(secrets, size), commitments, strict=True):
        opened = unseal(sealed, identity, dealer.verification)
        (secret,) = canonical.members(canonical.read(opened.encode()), "secret")
        part = parse_scalar(secret)
        if multiply_generator(part) != evaluate_hidden(committed, own.index):
            raise CeremonyRejected("secret", f"the secret from trustee {dealer.index} does not fit")
        total = scalar_sum(total, part)
    return total


def _check_own_polynomial(identity: Identity, sealed: object, commitments: Commitments) -> None:
    """Check that the commitments handed back are the trustee's own: a server might have kept older ones."""
    opened = unseal(sealed, identity, identity.verification)
    (coefficients,) = canonical.members(canonical.read(opened.encode()), "polynomial")
    polynomial = [parse_scalar(value) for value in canonical.array(coefficients, len(commitments))]
    if commit(polynomial) != commitments:
        raise CeremonyRejected("polynomial", "the commitments handed back are not this trustee's own")
