"""Whoever holds a secret key proves it without showing it (PROTOCOL.md section 7)."""

from dataclasses import dataclass

from ballots.protocol import canonical
from ballots.protocol.group import (
    Point,
    RandomBytes,
    Scalar,
    add,
    format_point,
    format_scalar,
    multiply,
    multiply_generator,
    parse_scalar,
    random_scalar,
    scalar_difference,
    scalar_product,
)
from ballots.protocol.hashing import hash_to_scalar


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and a response, both scalars."""

    challenge: Scalar
    response: Scalar

    def to_json(self) -> dict[str, str]:
        """Give the members in the order of the records."""
        return {"challenge": format_scalar(self.challenge), "response": format_scalar(self.response)}


def parse_proof(value: object) -> Proof:
    """Read `{"challenge","response"}`; anything else is a FormatError."""
    challenge, response = canonical.members(value, "challenge", "response")
    return Proof(parse_scalar(challenge), parse_scalar(response))


def respond(nonce: Scalar, secret: Scalar, challenge: Scalar) -> Scalar:
    """Give nonce - secret * challenge: in Belenios the response carries a minus sign."""
    return scalar_difference(nonce, scalar_product(secret, challenge))


def prove(prefix: str, secret: Scalar, random: RandomBytes) -> Proof:
    """Prove knowledge of `secret`; the prefix binds the proof to its purpose and message."""
    nonce = random_scalar(random)
    challenge = hash_to_scalar(prefix + format_point(multiply_generator(nonce)))
    return Proof(challenge, respond(nonce, secret, challenge))


def verify(prefix: str, public: Point, proof: Proof) -> bool:
    """Tell whether the proof shows knowledge of the secret behind `public` for this prefix."""
    commitment = add(multiply_generator(proof.response), multiply(proof.challenge, public))
    return proof.challenge == hash_to_scalar(prefix + format_point(commitment))
