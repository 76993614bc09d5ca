"""Write the vectors of the challenge anew, from docs/challenge.md and the elections of the original program.

Everything is fixed: seeds, nonces and credentials are made from the name of the case, so the same files come out each time.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ballots.protocol import canonical
from ballots.protocol.answer import Answer, blank_statement, individual_statement, named_marks, overall_statement
from ballots.protocol.credentials import derive_secret
from ballots.protocol.disjunction import Witness, prove_statement
from ballots.protocol.election import Election, parse_election
from ballots.protocol.elgamal import encrypt
from ballots.protocol.group import ORDER, ZERO, format_point, multiply_generator, reduce_wide, scalar_sum
from ballots.protocol.hashing import digest_base64
from ballots.protocol.schnorr import Proof, prove

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

VECTORS = Path(__file__).parent.parent / "tests" / "vectors"
FOLDER = VECTORS / "challenge"
_NAMES = ("Åse Øst (bager)", "محمد علي", "Žofia “Zo” O'Neill", "Ærø \\ Søn", "Łukasz", "Ґанна", "İpek", "Ștefan", "九")


class Stream:
    """D(0), D(1), D(2) … of a seed, given as the 64 bytes little-endian that the house's own arithmetic reduces."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self.drawn = 0

    def __call__(self, length: int) -> bytes:
        """The next number; only whole ones are drawn."""
        if length != 64:  # noqa: PLR2004 - bytes of a wide number
            raise ValueError(length)
        block = hashlib.sha512(f"seal|{self._seed.hex()}|{self.drawn}".encode()).digest()
        self.drawn += 1
        return block[::-1]


@dataclass(frozen=True)
class Case:
    """One ballot, sealed from its seed and signed with its nonce."""

    name: str
    note: str
    election: Election
    private: str
    marks: tuple[int, ...]
    seed: bytes
    nonce: bytes

    @property
    def public(self) -> str:
        """The public half of the credential in text."""
        return format_point(multiply_generator(derive_secret(self.election.uuid, self.private)))

    def sealed(self) -> Sealed:
        """Seal the ballot as the document says."""
        stream = Stream(self.seed)
        prefix = f"{self.election.fingerprint}|{self.public}"
        answer = seal(self.election, prefix, self.marks, stream)
        unsigned = {
            "election_uuid": self.election.uuid,
            "election_hash": self.election.fingerprint,
            "credential": self.public,
            "answers": [answer.to_json()],
        }
        signed = digest_base64(canonical.write(unsigned))
        secret = derive_secret(self.election.uuid, self.private)
        proof = prove(f"sig|{signed}|", secret, lambda _length: self.nonce[::-1])
        text = canonical.write({**unsigned, "signature": {"hash": signed, "proof": proof.to_json()}})
        return Sealed(text, proof, stream.drawn)


@dataclass(frozen=True)
class Sealed:
    """A ballot's text, its signature, and how many numbers were drawn for it."""

    text: bytes
    proof: Proof
    drawn: int

    @property
    def commitment(self) -> str:
        """The tracker."""
        return digest_base64(self.text)


def seal(election: Election, prefix: str, marks: Sequence[int], stream: Stream) -> Answer:
    """Encrypt and prove in the order of docs/challenge.md, which is not that of the house's own sealing."""
    key, blank = election.public_key, election.blank
    secrets = [reduce_wide(stream(64)) for _ in marks]
    choices = tuple(encrypt(key, mark, secret) for mark, secret in zip(marks, secrets, strict=True))
    individual = tuple(
        prove_statement(key, individual_statement(prefix, choice), Witness(mark, secret), stream)
        for choice, mark, secret in zip(choices, marks, secrets, strict=True)
    )
    bound = f"{prefix}|{','.join(choice.hashed() for choice in choices)}"
    whole, named = named_marks(election, choices), ZERO
    for secret in secrets[blank:]:
        named = scalar_sum(named, secret)
    is_blank = bool(blank and marks[0])
    blank_proof = None
    if blank:
        witness = Witness(1, named) if is_blank else Witness(0, secrets[0])
        blank_proof = prove_statement(key, blank_statement(bound, choices, whole), witness, stream)
    place = sum(marks[blank:]) - election.minimum + blank
    witness = Witness(0, secrets[0]) if is_blank else Witness(place, named)
    overall = prove_statement(key, overall_statement(election, bound, choices, whole), witness, stream)
    return Answer(choices, individual, overall, blank_proof)


def record(case: Case, sealed: Sealed) -> bytes:
    """The opening record."""
    bits = "".join(str(mark) for mark in case.marks)
    bits += "0" * (-len(bits) % 8)
    marks = int(bits, 2).to_bytes(len(bits) // 8, "big")
    scalars = (sealed.proof.challenge[::-1], sealed.proof.response[::-1])
    fingerprint = hashlib.sha256(case.election.raw).digest()
    return b"\x01" + fingerprint + bytes.fromhex(case.public) + case.seed + b"".join(scalars) + marks


def written(opening: bytes) -> str:
    """A record as it stands in the code."""
    return base64.urlsafe_b64encode(opening).rstrip(b"=").decode()


def file_of(case: Case) -> dict[str, object]:
    """What one file says."""
    sealed = case.sealed()
    stream = Stream(case.seed)
    draws = [str(int.from_bytes(reduce_wide(stream(64)), "little")) for _ in range(3)]
    answers = case.election.answers
    return {
        "name": case.name,
        "note": case.note,
        "election": case.election.raw.decode(),
        "phi": case.election.fingerprint,
        "credential": case.private,
        "public_credential": case.public,
        "marks": list(case.marks),
        "seed": case.seed.hex(),
        "nonce": case.nonce.hex(),
        "first_draws": draws,
        "draws": sealed.drawn,
        "ballot": sealed.text.decode(),
        "commitment": sealed.commitment,
        "opening": written(record(case, sealed)),
        "names": [answers[i] for i, mark in enumerate(case.marks[case.election.blank :]) if mark],
        "blank": bool(case.election.blank and case.marks[0]),
    }


def _bytes(name: str, use: str, length: int) -> bytes:
    return hashlib.sha512(f"{use}|{name}".encode()).digest()[:length]


def _election(folder: str, **changes: object) -> Election:
    raw = (VECTORS / folder / "election.json").read_bytes().removesuffix(b"\n")
    if not changes:
        return parse_election(raw)
    members = json.loads(raw)
    (question,) = members["questions"]
    blank = changes.pop("blank", True)
    question = {"answers": changes["answers"], **({"blank": True} if blank else {}), "min": changes["least"]}
    question |= {"max": changes["most"], "question": "Hvem?"}
    return parse_election(canonical.write({**members, "questions": [question]}))


def _case(name: str, note: str, election: Election, folder: str, marks: Sequence[int]) -> Case:
    private = list(json.loads((VECTORS / folder / "private_creds.json").read_text()).values())
    chosen = private[sum(name.encode()) % len(private)]
    return Case(name, note, election, chosen, tuple(marks), _bytes(name, "seed", 32), _bytes(name, "nonce", 64))


def _at(positions: int, *places: int) -> list[int]:
    return [int(i in places) for i in range(positions)]


def cases() -> list[Case]:
    """All cases, each a file."""
    one, five = _election("single-max1"), _election("single-max5")
    few = _election("single-max1", answers=_NAMES[:8], least=1, most=3)
    plain = _election("single-max5", answers=_NAMES, least=0, most=2, blank=False)
    many = _election("single-max1", answers=[f"Kandidat {i}" for i in range(1, 97)], least=1, most=3)
    again = _case("first", "", one, "single-max1", _at(16, 1))
    return [
        _case("first", "the first of fifteen, one vote each", one, "single-max1", _at(16, 1)),
        _case("last", "the last of fifteen", one, "single-max1", _at(16, 15)),
        _case("blank", "a blank vote", one, "single-max1", _at(16, 0)),
        _case("five", "five of five votes used", five, "single-max5", _at(16, 1, 4, 8, 9, 15)),
        _case("two-of-five", "two of five votes used", five, "single-max5", _at(16, 2, 14)),
        _case(
            "scripts",
            "names in several scripts; nine positions, so two bytes of marks",
            few,
            "single-max1",
            _at(9, 8, 2),
        ),
        _case("no-blank", "blank is not allowed, both votes used", plain, "single-max5", _at(9, 0, 8)),
        _case(
            "nobody", "blank is not allowed, nobody marked, which this question allows", plain, "single-max5", _at(9)
        ),
        _case("ninety-six", "96 candidates, three votes", many, "single-max1", _at(97, 1, 50, 96)),
        Case(
            "signed-again",
            "the ballot of first.json with another nonce: the same seed and content, another signature and commitment",
            again.election,
            again.private,
            again.marks,
            again.seed,
            _bytes("signed-again", "nonce", 64),
        ),
    ]


def refused(made: dict[str, Case]) -> list[dict[str, str]]:
    """What the check must find wrong."""
    first, last, blank, five = (made[name] for name in ("first", "last", "blank", "five"))
    opening, commitment = bytearray(record(first, first.sealed())), first.sealed().commitment
    text = first.election.raw.decode()
    found: list[dict[str, str]] = []

    def add(name: str, finding: str, opening: str, commitment: str = commitment) -> None:
        found.append({"name": name, "finding": finding, "election": text, "commitment": commitment, "opening": opening})

    def changed(change: Callable[[bytearray], object]) -> str:
        copy = bytearray(opening)
        change(copy)
        return written(bytes(copy))

    def put(offset: int, content: bytes) -> str:
        return changed(lambda copy: copy.__setitem__(slice(offset, offset + len(content)), content))

    good = written(bytes(opening))
    add("another version", "unreadable", put(0, b"\x02"))
    add("one byte short", "unreadable", written(bytes(opening[:-1])))
    add("one byte too many", "unreadable", written(bytes(opening) + b"\0"))
    add("padded", "unreadable", good + "=" * (-len(good) % 4 or 1))
    add("spaced", "unreadable", good[:50] + "\n" + good[50:])
    add(
        "standard alphabet", "unreadable", base64.b64encode(bytes(opening[:1]) + b"\xfb\xff" * 81).rstrip(b"=").decode()
    )
    add("unused low bits set", "unreadable", _low_bits(good))
    add("challenge not reduced", "unreadable", put(97, ORDER.to_bytes(32, "big")))
    add("response not reduced", "unreadable", put(129, b"\xff" * 32))
    add("empty", "unreadable", "")
    add("another election", "other_election", written(record(five, five.sealed())), five.sealed().commitment)
    add("one bit of the fingerprint", "other_election", put(1, bytes([opening[1] ^ 1])))
    add("credential is the identity", "credential", put(33, bytes(31) + b"\x01"))
    add("credential is no point", "credential", put(33, bytes(31) + b"\x02"))
    add("credential of order eight", "credential", put(33, bytes.fromhex(_ORDER_EIGHT)))
    add("credential not canonical", "credential", put(33, (2**255 - 19 + 1).to_bytes(32, "big")))
    add("two marks", "marks", put(161, b"\x60\x00"))
    add("no mark", "marks", put(161, b"\x00\x00"))
    add("blank and a mark", "marks", put(161, b"\xc0\x00"))
    add("altered seed", "signature", put(65, bytes([opening[65] ^ 1])))
    add("another name than sealed", "signature", put(161, b"\x20\x00"))
    add("altered response", "signature", put(160, bytes([opening[160] ^ 1])))
    add("signature of another ballot", "signature", put(97, record(last, last.sealed())[97:161]))
    add("credential of another slip", "signature", put(33, bytes.fromhex(made["last"].public)))
    again = made["signed-again"]
    add("opened another ballot of the same slip and content", "commitment", written(record(again, again.sealed())))
    add("opened an honest ballot after committing to another", "commitment", good, last.sealed().commitment)
    add("opened a blank ballot", "commitment", written(record(blank, blank.sealed())))
    add("commitment noted in part", "commitment", good, commitment[:10])
    return found


_ORDER_EIGHT = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7"
"""A point whose order is 8, written as credentials are."""


def _low_bits(text: str) -> str:
    """The same bytes in another spelling: an unused bit of the last character set."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + alphabet[alphabet.index(text[-1]) + 1]


def main() -> None:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    made = {case.name: case for case in cases()}
    for name, content in {**{name: file_of(case) for name, case in made.items()}, "refused": refused(made)}.items():
        (FOLDER / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
