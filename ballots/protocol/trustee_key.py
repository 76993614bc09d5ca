"""A member of the election board holds a key and proves that she does (PROTOCOL.md section 7)."""

from dataclasses import dataclass

from ballots.protocol import canonical, schnorr
from ballots.protocol.errors import ProtocolError
from ballots.protocol.group import (
    GROUP_NAME,
    Point,
    RandomBytes,
    Scalar,
    format_point,
    format_scalar,
    multiply_generator,
    parse_point,
    parse_scalar,
    random_scalar,
)
from ballots.protocol.hashing import digest_hex
from ballots.protocol.schnorr import Proof, parse_proof

_LABEL_LENGTH = 8


class TrusteesRejected(ProtocolError):  # noqa: N818 - a refusal, not a fault
    """A trustee's key, or the record of all of them, does not hold."""


@dataclass(frozen=True, slots=True)
class TrusteeKey:
    """A public key with the proof that somebody knows its secret.

    `signature` is there for the members of a threshold set-up only, made with the key of their certificate.
    """

    public_key: Point
    pok: Proof
    signature: Proof | None = None
    name: str | None = None

    def to_json(self) -> dict[str, object]:
        """Give the members in the order of the records."""
        record: dict[str, object] = {
            "pok": self.pok.to_json(),
            "public_key": format_point(self.public_key),
        }
        if self.signature is not None:
            record["signature"] = self.signature.to_json()
        if self.name is not None:
            record["name"] = self.name
        return record

    @property
    def label(self) -> str:
        """Give the 8 upper-case hexadecimal digits by which people tell keys apart."""
        return digest_hex(format_point(self.public_key).encode())[:_LABEL_LENGTH].upper()


def generate_trustee_key(random: RandomBytes, name: str | None = None) -> tuple[Scalar, TrusteeKey]:
    """Draw the key pair of a single trustee: the secret scalar, and what is published."""
    secret = random_scalar(random)
    return secret, prove_trustee_key(secret, random, name=name)


def prove_trustee_key(secret: Scalar, random: RandomBytes, *, name: str | None = None) -> TrusteeKey:
    """Give the public half of a secret with the proof of knowing it."""
    public_key = multiply_generator(secret)
    return TrusteeKey(public_key, schnorr.prove(_prefix(public_key), secret, random), name=name)


def parse_trustee_key(value: object) -> TrusteeKey:
    """Read a key and check its proof: FormatError for its form, TrusteesRejected for the proof."""
    pok, public_key, signature, name = canonical.members(value, "pok", "public_key", "signature?", "name?")
    key = TrusteeKey(
        public_key=parse_point(public_key),
        pok=parse_proof(pok),
        signature=None if signature is None else parse_proof(signature),
        name=None if name is None else canonical.text(name),
    )
    if not schnorr.verify(_prefix(key.public_key), key.public_key, key.pok):
        raise TrusteesRejected("key_proof", f"key {key.label} comes without proof of its secret")
    return key


def write_private_key(secret: Scalar) -> bytes:
    """Give the file of a private key: the decimal scalar as a JSON string."""
    return canonical.write(format_scalar(secret))


def read_private_key(raw: bytes) -> Scalar:
    """Read the file of a private key; FormatError where it is not one."""
    return parse_scalar(canonical.read(raw))


def _prefix(public_key: Point) -> str:
    return f"pok|{GROUP_NAME}|{format_point(public_key)}|"
