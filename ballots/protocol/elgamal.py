"""A vote is encrypted so that sums can be taken without opening it (PROTOCOL.md section 8)."""

from dataclasses import dataclass
from functools import reduce
from typing import Final

from ballots.protocol import canonical
from ballots.protocol.group import (
    IDENTITY,
    Point,
    PointReader,
    Scalar,
    add,
    format_point,
    multiply,
    multiply_generator,
    parse_point,
    parse_sum,
    small_multiple,
    subtract,
)


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """The pair alpha = [r]G, beta = [r]y + [m]G that hides the number m under the key y."""

    alpha: Point
    beta: Point

    def plus(self, other: "Ciphertext") -> "Ciphertext":
        """Give the ciphertext of the sum of both numbers."""
        return Ciphertext(add(self.alpha, other.alpha), add(self.beta, other.beta))

    def minus(self, number: int) -> "Ciphertext":
        """Give the ciphertext of the hidden number less a public one."""
        if number == 0:
            return self
        return Ciphertext(self.alpha, subtract(self.beta, small_multiple(number)))

    def to_json(self) -> dict[str, str]:
        """Give the members in the order of the records."""
        return {"alpha": format_point(self.alpha), "beta": format_point(self.beta)}

    def hashed(self) -> str:
        """Write both points as the proofs hash them: separated by a comma."""
        return f"{format_point(self.alpha)},{format_point(self.beta)}"


NOTHING: Final = Ciphertext(IDENTITY, IDENTITY)
"""The empty sum."""


def encrypt(key: Point, number: int, randomness: Scalar) -> Ciphertext:
    """Hide a small number under `key`."""
    return Ciphertext(multiply_generator(randomness), add(multiply(randomness, key), small_multiple(number)))


def parse_ciphertext(value: object, read: PointReader = parse_point) -> Ciphertext:
    """Read one choice of a ballot; the identity is refused, for it would show the vote openly."""
    alpha, beta = canonical.members(value, "alpha", "beta")
    return Ciphertext(read(alpha), read(beta))


def parse_summed_ciphertext(value: object) -> Ciphertext:
    """Read one position of an encrypted tally, which is the empty sum when there were no ballots."""
    alpha, beta = canonical.members(value, "alpha", "beta")
    return Ciphertext(parse_sum(alpha), parse_sum(beta))


def total(ciphertexts: "tuple[Ciphertext, ...]") -> Ciphertext:
    """Give the ciphertext of the sum of all the hidden numbers."""
    return reduce(Ciphertext.plus, ciphertexts) if ciphertexts else NOTHING
