"""A ballot proves that each of its secrets is one of a few allowed values, without telling which.

Interval proofs, blank proofs and overall proofs (PROTOCOL.md sections 9 and 10) are one construction: of several
ciphertexts at least one hides zero. They differ in the ciphertexts and in the text that is hashed first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from ballots.protocol.elgamal import Ciphertext
from ballots.protocol.group import (
    ZERO,
    Point,
    RandomBytes,
    Scalar,
    add,
    format_point,
    multiply,
    multiply_generator,
    random_scalar,
    scalar_difference,
    scalar_sum,
)
from ballots.protocol.hashing import hash_to_scalar
from ballots.protocol.schnorr import Proof, respond


@dataclass(frozen=True, slots=True)
class Statement:
    """At least one of `branches` hides zero; `prefix` ties the proof to its ballot and its purpose."""

    prefix: str
    branches: tuple[Ciphertext, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """The position of the branch that hides zero, and the randomness it was encrypted with."""

    branch: int
    randomness: Scalar


def verify_statement(key: Point, statement: Statement, proofs: tuple[Proof, ...]) -> bool:
    """Tell whether there is one proof for each branch and together they hold under the key."""
    if len(proofs) != len(statement.branches):
        return False
    commitments = [_commitment(key, *pair) for pair in zip(statement.branches, proofs, strict=True)]
    return _sum(proof.challenge for proof in proofs) == _challenge(statement, commitments)


def prove_statement(key: Point, statement: Statement, witness: Witness, random: RandomBytes) -> tuple[Proof, ...]:
    """Prove the statement: every branch but the true one is simulated, and the hash decides the true one."""
    nonce = random_scalar(random)
    proofs = [Proof(random_scalar(random), random_scalar(random)) for _ in statement.branches]
    proofs[witness.branch] = Proof(ZERO, nonce)  # with challenge zero the commitment is ([nonce]G, [nonce]key)
    commitments = [_commitment(key, *pair) for pair in zip(statement.branches, proofs, strict=True)]
    others = _sum(proof.challenge for proof in proofs)
    challenge = scalar_difference(_challenge(statement, commitments), others)
    proofs[witness.branch] = Proof(challenge, respond(nonce, witness.randomness, challenge))
    return tuple(proofs)


def _commitment(key: Point, branch: Ciphertext, proof: Proof) -> str:
    first = add(multiply_generator(proof.response), multiply(proof.challenge, branch.alpha))
    second = add(multiply(proof.response, key), multiply(proof.challenge, branch.beta))
    return f"{format_point(first)},{format_point(second)}"


def _challenge(statement: Statement, commitments: Iterable[str]) -> Scalar:
    return hash_to_scalar(statement.prefix + ",".join(commitments))


def _sum(challenges: Iterable[Scalar]) -> Scalar:
    return reduce(scalar_sum, challenges, ZERO)
