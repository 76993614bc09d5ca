"""The opened sum is a small number in the exponent, which is found by search and checked by one multiplication.

Source: PROTOCOL.md section 12. The numbers stand in the order of the ballot: blank first where it is allowed.
"""

from math import isqrt

from ballots.protocol import canonical
from ballots.protocol.errors import FormatError, ProtocolError
from ballots.protocol.group import (
    GENERATOR,
    IDENTITY,
    Point,
    add,
    multiply_generator,
    scalar,
    subtract,
)
from tally.decryption import Factors
from tally.encrypted_tally import EncryptedTally

Result = tuple[int, ...]


class ResultRejected(ProtocolError):  # noqa: N818 - a refusal, not a fault
    """The result is not what the ballots add up to."""


class DiscreteLogarithms:
    """Finds v from [v]G for 0 <= v <= bound by baby steps and giant steps; the table is made once."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._width = isqrt(bound) + 1
        self._steps: dict[Point, int] = {}
        point = IDENTITY
        for step in range(self._width):
            self._steps[point] = step
            point = add(point, GENERATOR)
        self._giant = point

    def find(self, point: Point) -> int:
        """Give v; ResultRejected where it lies beyond the bound, which honest decryptions never cause."""
        for giant in range(self._width):
            step = self._steps.get(point)
            if step is not None and giant * self._width + step <= self._bound:
                return giant * self._width + step
            point = subtract(point, self._giant)
        raise ResultRejected("undecodable", "the decrypted sum is no number of votes")


def compute_result(tally: EncryptedTally, factors: Factors) -> Result:
    """Open the sums with the combined decryption factors."""
    logarithms = DiscreteLogarithms(tally.ballots)
    return tuple(logarithms.find(point) for point in _opened(tally, factors))


def write_result(result: Result) -> bytes:
    """Give the record of the result."""
    return canonical.write({"result": [list(result)]})


def check_result(tally: EncryptedTally, factors: Factors, raw: bytes) -> Result:
    """Read a published result and check each number against the opened sums; else ResultRejected."""
    try:
        (rows,) = canonical.members(canonical.read(raw), "result")
        (row,) = canonical.array(rows, 1)
        result = tuple(canonical.count(entry) for entry in canonical.array(row, len(tally.ciphertexts)))
    except FormatError as error:
        raise ResultRejected(error.reason, f"result: {error.message}") from error
    for place, (votes, point) in enumerate(zip(result, _opened(tally, factors), strict=True)):
        if votes > tally.ballots or multiply_generator(scalar(votes)) != point:
            raise ResultRejected("result", f"the number at place {place} is not what the ballots add up to")
    return result


def _opened(tally: EncryptedTally, factors: Factors) -> list[Point]:
    pairs = zip(tally.ciphertexts, factors, strict=True)
    return [subtract(ciphertext.beta, factor) for ciphertext, factor in pairs]
