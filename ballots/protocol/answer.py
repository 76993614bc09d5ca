"""A voter's answer: one ciphertext for each place on the ballot, and the proofs that the whole is one valid vote.

Source: PROTOCOL.md sections 8 to 10. The statements are written down once and serve both prover and verifier.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.protocol import canonical
from ballots.protocol.disjunction import Statement, Witness, prove_statement, verify_statement
from ballots.protocol.election import Election
from ballots.protocol.elgamal import Ciphertext, encrypt, parse_ciphertext, total
from ballots.protocol.errors import ProtocolError
from ballots.protocol.group import (
    ZERO,
    PointReader,
    RandomBytes,
    Scalar,
    parse_point,
    random_scalar,
    scalar_sum,
)
from ballots.protocol.schnorr import Proof, parse_proof

Proofs = tuple[Proof, ...]


class ProofError(ProtocolError):
    """A proof of an answer does not hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The encrypted answer to the question; `blank_proof` is there exactly where blank is allowed."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[Proofs, ...]
    overall_proof: Proofs
    blank_proof: Proofs | None

    def to_json(self) -> dict[str, object]:
        """Give the members in the order of the records."""
        record: dict[str, object] = {
            "choices": [choice.to_json() for choice in self.choices],
            "individual_proofs": [_proofs_json(proofs) for proofs in self.individual_proofs],
            "overall_proof": _proofs_json(self.overall_proof),
        }
        if self.blank_proof is not None:
            record["blank_proof"] = _proofs_json(self.blank_proof)
        return record


def parse_answer(value: object, election: Election, read: PointReader = parse_point) -> Answer:
    """Read an answer with exactly the places and proofs that the question asks for; else FormatError."""
    blank_names = ("blank_proof",) if election.blank else ()
    choices, individual, overall, *blank = canonical.members(
        value, "choices", "individual_proofs", "overall_proof", *blank_names
    )
    positions = election.positions
    overall_branches = election.maximum - election.minimum + 1 + election.blank
    return Answer(
        choices=tuple(parse_ciphertext(choice, read) for choice in canonical.array(choices, positions)),
        individual_proofs=tuple(_parse_proofs(entry, 2) for entry in canonical.array(individual, positions)),
        overall_proof=_parse_proofs(overall, overall_branches),
        blank_proof=_parse_proofs(blank[0], 2) if blank else None,
    )


def multiplies_every_point(answer: Answer) -> bool:
    """Whether `verify_answer` multiplies both points of each choice, as they stand, by something else than zero.

    The first branch of a choice's proof is the choice itself, and its challenge what both points are multiplied by.
    """
    return all(proofs[0].challenge != ZERO for proofs in answer.individual_proofs)


def verify_answer(election: Election, prefix: str, answer: Answer) -> None:
    """Check every proof of an answer whose ballot is bound by `prefix` (S0); ProofError names the first bad one."""
    key = election.public_key
    for place, (choice, proofs) in enumerate(zip(answer.choices, answer.individual_proofs, strict=True)):
        if not verify_statement(key, individual_statement(prefix, choice), proofs):
            raise ProofError("individual_proof", f"place {place} does not prove to hold 0 or 1")
    bound, marks = _bind(prefix, answer.choices), named_marks(election, answer.choices)
    blank_proof = answer.blank_proof
    if blank_proof is not None and not verify_statement(
        key, blank_statement(bound, answer.choices, marks), blank_proof
    ):
        raise ProofError("blank_proof", "the ballot does not prove that a blank vote has no other mark")
    if not verify_statement(key, overall_statement(election, bound, answer.choices, marks), answer.overall_proof):
        raise ProofError("overall_proof", "the ballot does not prove that its number of marks is allowed")


def seal_answer(election: Election, prefix: str, choice: Sequence[int], random: RandomBytes) -> Answer:
    """Encrypt a choice that the election allows, and prove that it does."""
    key = election.public_key
    secrets = [random_scalar(random) for _ in choice]
    choices = tuple(encrypt(key, mark, secret) for mark, secret in zip(choice, secrets, strict=True))
    individual = tuple(
        prove_statement(key, individual_statement(prefix, hidden), Witness(mark, secret), random)
        for hidden, mark, secret in zip(choices, choice, secrets, strict=True)
    )
    bound, marks = _bind(prefix, choices), named_marks(election, choices)
    blank = bool(election.blank and choice[0])
    all_marks = _sum(secrets[election.blank :])
    overall = prove_statement(
        key,
        overall_statement(election, bound, choices, marks),
        Witness(0, secrets[0]) if blank else Witness(_overall_branch(election, choice), all_marks),
        random,
    )
    blank_proof = None
    if election.blank:
        witness = Witness(1, all_marks) if blank else Witness(0, secrets[0])
        blank_proof = prove_statement(key, blank_statement(bound, choices, marks), witness, random)
    return Answer(choices, individual, overall, blank_proof)


def individual_statement(prefix: str, choice: Ciphertext) -> Statement:
    """State that one place holds 0 or 1."""
    return Statement(f"prove|{prefix}|{choice.hashed()}|", (choice, choice.minus(1)))


def named_marks(election: Election, choices: tuple[Ciphertext, ...]) -> Ciphertext:
    """Add up all the places but the blank one: both statements about the whole ballot are about this number."""
    return total(choices[election.blank :])


def blank_statement(bound: str, choices: tuple[Ciphertext, ...], marks: Ciphertext) -> Statement:
    """State that the blank place holds 0 or all the others together, `marks`, hold 0."""
    return Statement(f"bproof0|{bound}|", (choices[0], marks))


def overall_statement(election: Election, bound: str, choices: tuple[Ciphertext, ...], marks: Ciphertext) -> Statement:
    """State that the ballot is blank, where that is allowed, or that its `marks` number from min to max."""
    counts = tuple(marks.minus(number) for number in range(election.minimum, election.maximum + 1))
    if election.blank:
        return Statement(f"bproof1|{bound}|", (choices[0].minus(1), *counts))
    return Statement(f"prove|{bound}|{marks.hashed()}|", counts)


def _overall_branch(election: Election, choice: Sequence[int]) -> int:
    return sum(choice[election.blank :]) - election.minimum + election.blank


def _bind(prefix: str, choices: tuple[Ciphertext, ...]) -> str:
    return f"{prefix}|{','.join(choice.hashed() for choice in choices)}"


def _sum(secrets: Sequence[Scalar]) -> Scalar:
    result = ZERO
    for secret in secrets:
        result = scalar_sum(result, secret)
    return result


def _proofs_json(proofs: Proofs) -> list[dict[str, str]]:
    return [proof.to_json() for proof in proofs]


def _parse_proofs(value: object, length: int) -> Proofs:
    return tuple(parse_proof(entry) for entry in canonical.array(value, length))
