"""Members of the election board open the sum together, each proving that she did her part (PROTOCOL.md section 12)."""

from collections.abc import Mapping

from ballots.protocol import canonical
from ballots.protocol.election import Election
from ballots.protocol.elgamal import Ciphertext
from ballots.protocol.errors import FormatError, ProtocolError
from ballots.protocol.group import (
    IDENTITY,
    Point,
    RandomBytes,
    Scalar,
    add,
    format_point,
    multiply,
    multiply_generator,
    parse_sum,
    random_scalar,
    scalar,
    scalar_inverse,
    scalar_product,
)
from ballots.protocol.hashing import hash_to_scalar
from ballots.protocol.schnorr import Proof, parse_proof, respond
from ballots.protocol.threshold.parameters import PedersenTrustees
from ballots.protocol.trustees import SingleTrustee, Trustees
from tally.encrypted_tally import EncryptedTally

Factors = tuple[Point, ...]
"""One point for each place of the ballot: [x]alpha, or the sum of those of several trustees."""


class DecryptionRejected(ProtocolError):  # noqa: N818 - a refusal, not a fault
    """A partial decryption does not hold."""


class TooFewDecryptions(ProtocolError):  # noqa: N818 - a state of the count, not a fault
    """Not enough trustees have decrypted for the sum to be opened."""


def partially_decrypt(election: Election, tally: EncryptedTally, secret: Scalar, random: RandomBytes) -> bytes:
    """Give a trustee's decryption of the sums, which opens nothing by itself, with its proofs."""
    public_key = multiply_generator(secret)
    factors = [multiply(secret, ciphertext.alpha) for ciphertext in tally.ciphertexts]
    proofs = [_prove(election, public_key, secret, ciphertext, random) for ciphertext in tally.ciphertexts]
    record = {
        "decryption_factors": [[format_point(factor) for factor in factors]],
        "decryption_proofs": [[proof.to_json() for proof in proofs]],
    }
    return canonical.write(record)


def check_partial_decryption(election: Election, tally: EncryptedTally, public_key: Point, raw: bytes) -> Factors:
    """Check the decryption made with the secret of `public_key` and give its factors; else DecryptionRejected."""
    try:
        factors, proofs = _parse(raw, len(tally.ciphertexts))
    except FormatError as error:
        raise DecryptionRejected(error.reason, f"partial decryption: {error.message}") from error
    for place, (ciphertext, factor, proof) in enumerate(zip(tally.ciphertexts, factors, proofs, strict=True)):
        if not _verify(election, public_key, ciphertext, factor, proof):
            raise DecryptionRejected("decryption_proof", f"place {place} is not proved to be decrypted rightly")
    return factors


def combine_factors(trustees: Trustees, decrypted: Mapping[int, Factors]) -> Factors:
    """Put checked decryptions together, given by their owner's number (from 1); else TooFewDecryptions."""
    first = 1
    parts: list[Factors] = []
    for item in trustees.items:
        own = {index: decrypted.get(first + index - 1) for index in range(1, len(item.keys) + 1)}
        parts.append(_combine_item(item, {index: factors for index, factors in own.items() if factors}))
        first += len(item.keys)
    return _add_up(parts)


def lagrange_coefficient(index: int, chosen: tuple[int, ...]) -> Scalar:
    """Give the weight of trustee `index` when the trustees with the numbers `chosen` decrypt."""
    coefficient = scalar(1)
    for other in chosen:
        if other != index:
            coefficient = scalar_product(coefficient, scalar(other))
            coefficient = scalar_product(coefficient, scalar_inverse(scalar(other - index)))
    return coefficient


def _combine_item(item: SingleTrustee | PedersenTrustees, decrypted: Mapping[int, Factors]) -> Factors:
    needed = item.threshold if isinstance(item, PedersenTrustees) else 1
    chosen = tuple(sorted(decrypted)[:needed])
    if len(chosen) < needed:
        message = f"{len(chosen)} of the {needed} trustees who must decrypt together have done so"
        raise TooFewDecryptions("too_few_decryptions", message)
    return _add_up(
        [
            tuple(multiply(lagrange_coefficient(index, chosen), factor) for factor in decrypted[index])
            for index in chosen
        ]
    )


def _add_up(parts: list[Factors]) -> Factors:
    result = (IDENTITY,) * len(parts[0])
    for part in parts:
        result = tuple(add(first, second) for first, second in zip(result, part, strict=True))
    return result


def _parse(raw: bytes, positions: int) -> tuple[Factors, tuple[Proof, ...]]:
    factors, proofs = canonical.members(canonical.read(raw), "decryption_factors", "decryption_proofs")
    (factor_row,) = canonical.array(factors, 1)
    (proof_row,) = canonical.array(proofs, 1)
    return (
        tuple(parse_sum(factor) for factor in canonical.array(factor_row, positions)),
        tuple(parse_proof(proof) for proof in canonical.array(proof_row, positions)),
    )


def _prove(election: Election, public_key: Point, secret: Scalar, ciphertext: Ciphertext, random: RandomBytes) -> Proof:
    nonce = random_scalar(random)
    challenge = _challenge(election, public_key, multiply_generator(nonce), multiply(nonce, ciphertext.alpha))
    return Proof(challenge, respond(nonce, secret, challenge))


def _verify(election: Election, public_key: Point, ciphertext: Ciphertext, factor: Point, proof: Proof) -> bool:
    first = add(multiply_generator(proof.response), multiply(proof.challenge, public_key))
    second = add(multiply(proof.response, ciphertext.alpha), multiply(proof.challenge, factor))
    return proof.challenge == _challenge(election, public_key, first, second)


def _challenge(election: Election, public_key: Point, first: Point, second: Point) -> Scalar:
    """Hash as the protocol has it; it leaves out alpha and the factor (PROTOCOL.md section 14)."""
    prefix = f"decrypt|{election.fingerprint}|{format_point(public_key)}|"
    return hash_to_scalar(f"{prefix}{format_point(first)},{format_point(second)}")
