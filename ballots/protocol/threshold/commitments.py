"""Each trustee publishes her polynomial hidden in the exponent, so that every share can be checked.

Source: PROTOCOL.md section 13, steps 3, 5 and 6.
"""

from collections.abc import Sequence

from ballots.protocol import canonical
from ballots.protocol.group import (
    IDENTITY,
    ZERO,
    Point,
    Scalar,
    add,
    format_point,
    multiply,
    multiply_generator,
    parse_point,
    scalar,
    scalar_product,
    scalar_sum,
)
from ballots.protocol.schnorr import Proof
from ballots.protocol.threshold.certificate import Certificate
from ballots.protocol.threshold.identity import CeremonyRejected
from ballots.protocol.threshold.signed import SignedMessage, verify_message

Commitments = tuple[Point, ...]


def evaluate(coefficients: Sequence[Scalar], index: int) -> Scalar:
    """Give the value of a secret polynomial, lowest coefficient first, at a trustee's number."""
    value = ZERO
    for coefficient in reversed(coefficients):
        value = scalar_sum(scalar_product(value, scalar(index)), coefficient)
    return value


def evaluate_hidden(commitments: Commitments, index: int) -> Point:
    """Give [f(index)]G from the commitments to f alone."""
    value = IDENTITY
    for commitment in reversed(commitments):
        value = add(multiply(scalar(index), value), commitment)
    return value


def commit(coefficients: Sequence[Scalar]) -> Commitments:
    """Hide each coefficient in the exponent."""
    return tuple(multiply_generator(coefficient) for coefficient in coefficients)


def write_commitments(commitments: Commitments) -> str:
    """Give the text that a trustee signs."""
    return canonical.write({"coefexps": [format_point(point) for point in commitments]}).decode()


def agreement(certificates: Sequence[Certificate], commitments: Commitments) -> str:
    """Give the text by which a trustee signs that these are the certificates she dealt her polynomial to."""
    record = {
        "certs": [certificate.signed.to_json() for certificate in certificates],
        "coefexps": [format_point(point) for point in commitments],
    }
    return f"certs_sig|{canonical.write(record).decode()}"


def open_commitments(
    certificates: Sequence[Certificate], dealer: Certificate, signed: SignedMessage, agreed: Proof
) -> Commitments:
    """Check a dealer's two signatures and give her commitments; else CeremonyRejected."""
    if not signed.is_signed_by(dealer.verification):
        raise CeremonyRejected("commitments_signature", f"trustee {dealer.index} did not sign her commitments")
    (points,) = canonical.members(canonical.read(signed.message.encode()), "coefexps")
    threshold = dealer.context.threshold
    commitments = tuple(parse_point(point) for point in canonical.array(points, threshold))
    if not verify_message(agreement(certificates, commitments), dealer.verification, agreed):
        raise CeremonyRejected("agreement_signature", f"trustee {dealer.index} did not sign the agreement")
    return commitments


def member_key(all_commitments: Sequence[Commitments], index: int) -> Point:
    """Give the public key of a trustee's decryption key from what all dealers committed to."""
    key = IDENTITY
    for commitments in all_commitments:
        key = add(key, evaluate_hidden(commitments, index))
    return key
