"""Steps 3 and 4: each trustee deals a share of her secret to every trustee, and the server hands them out.

Source: PROTOCOL.md section 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError
from ballots.protocol.group import RandomBytes, format_scalar, random_scalar
from ballots.protocol.schnorr import Proof, parse_proof
from ballots.protocol.threshold.certificate import Certificate, check_certificates
from ballots.protocol.threshold.commitments import (
    agreement,
    commit,
    evaluate,
    open_commitments,
    write_commitments,
)
from ballots.protocol.threshold.identity import CeremonyRejected, Identity, derive_identity
from ballots.protocol.threshold.sealed import seal
from ballots.protocol.threshold.signed import SignedMessage, parse_signed, sign, sign_detached


@dataclass(frozen=True, slots=True)
class Dealing:
    """What one trustee sends: her polynomial sealed to herself, a sealed share for each, and her commitments."""

    polynomial: str
    secrets: tuple[str, ...]
    commitments: SignedMessage
    agreed: Proof


def deal_polynomial(seed: str, certificates: Sequence[bytes], random: RandomBytes) -> bytes:
    """Step 3: draw a polynomial, commit to it and seal its value at each trustee's number to that trustee."""
    opened = check_certificates(certificates)
    identity = derive_identity(seed)
    own = find_own(opened, identity)
    coefficients = [random_scalar(random) for _ in range(own.context.threshold)]
    polynomial = _text({"polynomial": [format_scalar(coefficient) for coefficient in coefficients]})
    commitments = commit(coefficients)
    record = {
        "polynomial": seal(polynomial, identity, own.encryption, random),
        "secrets": [
            seal(
                _text({"secret": format_scalar(evaluate(coefficients, other.index))}),
                identity,
                other.encryption,
                random,
            )
            for other in opened
        ],
        "coefexps": sign(write_commitments(commitments), identity.signing, random).to_json(),
        "signature": sign_detached(agreement(opened, commitments), identity.signing, random).to_json(),
    }
    return canonical.write(record)


def redistribute(certificates: Sequence[bytes], dealings: Sequence[bytes]) -> tuple[bytes, ...]:
    """Step 4: give, for each trustee in order, the line that holds what every trustee sent her."""
    opened = check_certificates(certificates)
    dealt = read_dealings(opened, dealings)
    return tuple(
        canonical.write(
            {
                "polynomial": own.polynomial,
                "secrets": [dealing.secrets[position] for dealing in dealt],
                "coefexps": [dealing.commitments.to_json() for dealing in dealt],
                "signatures": [dealing.agreed.to_json() for dealing in dealt],
            }
        )
        for position, own in enumerate(dealt)
    )


def read_dealings(certificates: Sequence[Certificate], dealings: Sequence[bytes]) -> tuple[Dealing, ...]:
    """Read the dealings of all trustees in order and check their signatures; else CeremonyRejected."""
    if len(dealings) != len(certificates):
        raise CeremonyRejected("dealings", "every trustee must have dealt exactly once")
    try:
        dealt = tuple(_read(raw, len(certificates)) for raw in dealings)
        for dealer, dealing in zip(certificates, dealt, strict=True):
            open_commitments(certificates, dealer, dealing.commitments, dealing.agreed)
    except FormatError as error:
        raise CeremonyRejected(error.reason, f"dealings: {error.message}") from error
    return dealt


def find_own(certificates: Sequence[Certificate], identity: Identity) -> Certificate:
    """Give the certificate that belongs to these keys; CeremonyRejected where none does."""
    for certificate in certificates:
        if (certificate.verification, certificate.encryption) == (identity.verification, identity.encryption):
            return certificate
    raise CeremonyRejected("not_a_member", "this seed belongs to none of the certificates")


def _read(raw: bytes, size: int) -> Dealing:
    polynomial, secrets, commitments, agreed = canonical.members(
        canonical.read(raw), "polynomial", "secrets", "coefexps", "signature"
    )
    return Dealing(
        polynomial=canonical.text(polynomial),
        secrets=tuple(canonical.text(secret) for secret in canonical.array(secrets, size)),
        commitments=parse_signed(commitments),
        agreed=parse_proof(agreed),
    )


def _text(record: object) -> str:
    return canonical.write(record).decode()
