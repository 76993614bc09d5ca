"""Before anything is frozen the trustees open a sum of which everything is public, each with what she restored from paper.

The trial sum (prøvesum) of a key y is alpha = [r]G, beta = [r]y + [m]G with r and m made of y by a hash, so the house chooses
nothing: no device can be brought to open a ballot under this name, and [x]alpha = [r]X could be computed by anybody. What shows
that a trustee has her key is her signature with x of her part (docs/adr/0037).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ballots.protocol import canonical
from ballots.protocol.group import add, format_point, multiply, multiply_generator, parse_point, scalar
from ballots.protocol.hashing import digest_hex, hash_to_scalar
from ballots.protocol.schnorr import parse_proof, prove, verify
from ballots.protocol.threshold.identity import CeremonyRejected

if TYPE_CHECKING:
    from ballots.protocol.group import Point, RandomBytes, Scalar

SMALLEST: Final = 1000
NUMBERS: Final = 9000
"""The number in the trial sum has four digits: it is recognised, and looks like nothing that is counted."""


@dataclass(frozen=True, slots=True)
class TrialSum:
    """The sum that a set-up with the key `key` in the election `uuid` is tried on; `number` is what lies in it."""

    uuid: str
    key: Point

    @property
    def number(self) -> int:
        """What comes out when it is opened."""
        return SMALLEST + int(digest_hex(f"trial-number|{self._name}".encode()), 16) % NUMBERS

    @property
    def randomness(self) -> Scalar:
        """The public r."""
        return hash_to_scalar(f"trial|{self._name}")

    @property
    def alpha(self) -> Point:
        """What the trustees decrypt: [r]G."""
        return multiply_generator(self.randomness)

    @property
    def beta(self) -> Point:
        """What the number is hidden in: [r]y + [m]G."""
        return add(multiply(self.randomness, self.key), multiply_generator(scalar(self.number)))

    def label(self, factor: Point) -> str:
        """What a trustee signs with her decryption key, to show that she has it."""
        return f"trial-part|{self._name}|{format_point(factor)}|"

    @property
    def _name(self) -> str:
        return f"{self.uuid}|{format_point(self.key)}"


def make_part(trial: TrialSum, secret: Scalar, random: RandomBytes) -> bytes:
    """Give what the trustee with this decryption key sends: `{"factor","signature"}`."""
    factor = multiply(secret, trial.alpha)
    return canonical.write(
        {"factor": format_point(factor), "signature": prove(trial.label(factor), secret, random).to_json()}
    )


def check_part(trial: TrialSum, public_key: Point, raw: bytes) -> Point:
    """Read the part of the trustee with this public key; CeremonyRejected or FormatError where it is not hers."""
    written, signature = canonical.members(canonical.read(raw), "factor", "signature")
    factor = parse_point(written)
    if factor != multiply(trial.randomness, public_key):
        raise CeremonyRejected("trial_factor", "the trial sum was opened with another key")
    if not verify(trial.label(factor), public_key, parse_proof(signature)):
        raise CeremonyRejected("trial_signature", "the part of the trial sum is not signed with the key it opens")
    return factor
