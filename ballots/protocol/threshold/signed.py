"""Members of the ceremony sign what they say, so that nobody in between can change it (PROTOCOL.md section 13)."""

from dataclasses import dataclass

from ballots.protocol import canonical, schnorr
from ballots.protocol.group import Point, RandomBytes, Scalar
from ballots.protocol.schnorr import Proof, parse_proof


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text and the signature under it."""

    message: str
    signature: Proof

    def to_json(self) -> dict[str, object]:
        """Give the members in the order of the records."""
        return {"message": self.message, "signature": self.signature.to_json()}

    def is_signed_by(self, verification: Point) -> bool:
        """Tell whether the signature holds under this verification key."""
        return verify_message(self.message, verification, self.signature)


def parse_signed(value: object) -> SignedMessage:
    """Read a signed message without checking the signature: the key may stand inside."""
    message, signature = canonical.members(value, "message", "signature")
    return SignedMessage(canonical.text(message), parse_proof(signature))


def sign(message: str, signing: Scalar, random: RandomBytes) -> SignedMessage:
    """Sign a text."""
    return SignedMessage(message, sign_detached(message, signing, random))


def sign_detached(message: str, signing: Scalar, random: RandomBytes) -> Proof:
    """Give the signature under a text that travels elsewhere."""
    return schnorr.prove(_prefix(message), signing, random)


def verify_message(message: str, verification: Point, signature: Proof) -> bool:
    """Tell whether the signature of this text holds under the verification key."""
    return schnorr.verify(_prefix(message), verification, signature)


def _prefix(message: str) -> str:
    return f"sigmsg|{message}|"
