"""A trustee's whole secret is one line of 22 characters that she can keep on paper (PROTOCOL.md section 13)."""

from dataclasses import dataclass

from ballots.protocol.credentials import BASE58, generate_base58
from ballots.protocol.errors import ProtocolError
from ballots.protocol.group import Point, RandomBytes, Scalar, multiply_generator
from ballots.protocol.hashing import hash_to_scalar

SEED_LENGTH = 22


class CeremonyRejected(ProtocolError):  # noqa: N818 - a refusal, not a fault
    """A message of the key ceremony does not hold; `message` says whose and why."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The keys a trustee signs messages with and opens sealed messages with."""

    signing: Scalar
    opening: Scalar

    @property
    def verification(self) -> Point:
        """Give the public key that her signatures are checked against."""
        return multiply_generator(self.signing)

    @property
    def encryption(self) -> Point:
        """Give the public key that messages to her are sealed with."""
        return multiply_generator(self.opening)


def generate_seed(random: RandomBytes) -> str:
    """Draw the seed of a trustee's keys: 22 Base58 characters."""
    return generate_base58(SEED_LENGTH, random)


def derive_identity(seed: str) -> Identity:
    """Give the keys that follow from a seed; white space around it is forgiven, anything else refused."""
    bare = seed.strip()
    if len(bare) != SEED_LENGTH or not set(bare) <= set(BASE58):
        raise CeremonyRejected("seed", f"a trustee's seed is {SEED_LENGTH} Base58 characters")
    return Identity(signing=hash_to_scalar(f"sk|{bare}"), opening=hash_to_scalar(f"dk|{bare}"))
