"""A ballot: an encrypted answer, signed by the credential of a slip (PROTOCOL.md sections 8 and 11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ballots.protocol import canonical, schnorr
from ballots.protocol.answer import multiplies_every_point, parse_answer, seal_answer, verify_answer
from ballots.protocol.credentials import derive_secret
from ballots.protocol.election import Election
from ballots.protocol.elgamal import Ciphertext
from ballots.protocol.errors import FormatError, ProtocolError
from ballots.protocol.group import (
    Point,
    PointReader,
    RandomBytes,
    format_point,
    multiply_generator,
    parse_point,
    read_point,
)
from ballots.protocol.hashing import digest_base64, digest_hex

BALLOT_MEMBERS: Final = ("election_uuid", "election_hash", "credential", "answers", "signature")
"""The members of a ballot, in their order (PROTOCOL.md section 8)."""


class BallotRejected(ProtocolError):  # noqa: N818 - a refusal, not a fault
    """The ballot is refused.

    Reasons: `json`, `not_canonical`, `shape`, `scalar`, `point`, `identity` (how it is written); `wrong_election`;
    `signature_hash`, `signature`; `individual_proof`, `blank_proof`, `overall_proof`.
    """


class ChoiceError(ProtocolError):
    """The plain choice is not a vote that the election allows."""


@dataclass(frozen=True, slots=True)
class CheckedBallot:
    """A ballot whose signature and proofs hold.

    `credential` is the public half in text; whether it is on the public list, and whether it has voted before,
    is for the caller to know. `hash_hex` names the ballot in the archive, `tracker` is what the voter keeps:
    two spellings of one SHA-256.
    """

    credential: str
    ciphertexts: tuple[Ciphertext, ...]
    hash_hex: str
    tracker: str


def seal_ballot(election: Election, private_credential: str, choice: Sequence[int], random: RandomBytes) -> bytes:
    """Encrypt, prove and sign one vote, and give the bytes that are cast.

    `choice` holds 0 or 1 for each place: blank first where it is allowed, then the answers (section 10).
    ChoiceError where the election does not allow it, CredentialError where the credential is misspelt.
    """
    if not election.allows(choice):
        raise ChoiceError("choice", "the election does not allow this choice")
    secret = derive_secret(election.uuid, private_credential)
    public = multiply_generator(secret)
    answer = seal_answer(election, _binding(election, public), choice, random)
    unsigned = _unsigned_record(election, format_point(public), [answer.to_json()])
    signed_hash = digest_base64(canonical.write(unsigned))
    proof = schnorr.prove(f"sig|{signed_hash}|", secret, random)
    return canonical.write({**unsigned, "signature": {"hash": signed_hash, "proof": proof.to_json()}})


def check_ballot(election: Election, raw: bytes) -> CheckedBallot:
    """Check everything about a received ballot that the election alone can tell; else BallotRejected.

    A ballot that holds has each of its points multiplied for a proof, and libsodium judges what it multiplies; so they are not
    judged before as well, a tenth of the work. Of one that does not hold the reason is the first thing that is wrong: it is
    looked at once more, with each point judged where it is read (ADR 42).
    """
    try:
        return _check(election, raw, read_point)
    except ProtocolError:
        return _check_in_order(election, raw)


def _check_in_order(election: Election, raw: bytes) -> CheckedBallot:
    try:
        return _check(election, raw, parse_point)
    except BallotRejected:
        raise
    except ProtocolError as error:
        raise BallotRejected(error.reason, error.message) from error


def judge_ballot(election: Election, raw: bytes) -> CheckedBallot | BallotRejected:
    """Check a ballot and give the refusal as a value, so that many can be judged by a pool of processes."""
    try:
        return check_ballot(election, raw)
    except BallotRejected as rejection:
        return rejection


def _check(election: Election, raw: bytes, read: PointReader) -> CheckedBallot:
    uuid, fingerprint, credential, answers, signature = canonical.members(canonical.read(raw), *BALLOT_MEMBERS)
    if (uuid, fingerprint) != (election.uuid, election.fingerprint):
        raise BallotRejected("wrong_election", "the ballot was made for another election")
    public = parse_point(credential)
    answer = parse_answer(canonical.array(answers, 1)[0], election, read)
    if read is not parse_point and not multiplies_every_point(answer):
        raise FormatError("point", "a point would be believed that nobody judged")
    unsigned = _unsigned_record(election, format_point(public), [answer.to_json()])
    _check_signature(unsigned, public, signature)
    verify_answer(election, _binding(election, public), answer)
    return CheckedBallot(format_point(public), answer.choices, digest_hex(raw), digest_base64(raw))


def _check_signature(unsigned: object, public: Point, signature: object) -> None:
    signed_hash, proof = canonical.members(signature, "hash", "proof")
    if signed_hash != digest_base64(canonical.write(unsigned)):
        raise BallotRejected("signature_hash", "the signature belongs to other content")
    if not schnorr.verify(f"sig|{signed_hash}|", public, schnorr.parse_proof(proof)):
        raise BallotRejected("signature", "the ballot is not signed by its credential")


def _unsigned_record(election: Election, credential: str, answers: list[object]) -> dict[str, object]:
    return {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": answers,
    }


def _binding(election: Election, credential: Point) -> str:
    """Give S0, which ties every proof to this election and this credential."""
    return f"{election.fingerprint}|{format_point(credential)}"
