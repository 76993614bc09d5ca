"""Votes are hidden in the prime-order group of Ed25519; all its arithmetic is libsodium's.

Source: PROTOCOL.md sections 1 and 2. Scalars and points are kept as libsodium keeps them, 32 bytes
little-endian, so that secret numbers pass through libsodium's constant-time code only.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NewType

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from ballots.protocol.errors import FormatError

Scalar = NewType("Scalar", bytes)
"""A number from 0 to ORDER - 1, 32 bytes little-endian."""

Point = NewType("Point", bytes)
"""A point of the prime-order subgroup in the encoding of RFC 8032, 32 bytes."""

PointReader = Callable[[object], Point]
"""Reads a point from a record: `parse_point`, or `read_point` where each point is multiplied before anything is believed."""

RandomBytes = Callable[[int], bytes]
"""Gives as many unpredictable bytes as asked for: `secrets.token_bytes`, or a seeded source in rehearsals."""

GROUP_NAME: Final = "Ed25519"
ORDER: Final = 2**252 + 27742317777372353535851937790883648493
IDENTITY: Final = Point(b"\x01" + bytes(31))
GENERATOR: Final = Point(bytes.fromhex("58" + "66" * 31))
ZERO: Final = Scalar(bytes(32))

_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,75}")
_POINT_TEXT: Final = re.compile(r"[0-9a-f]{64}")


def reduce_wide(number: bytes) -> Scalar:
    """Reduce 64 bytes little-endian modulo the group order."""
    return Scalar(sodium.crypto_core_ed25519_scalar_reduce(number))


def random_scalar(random: RandomBytes) -> Scalar:
    """Draw a scalar whose distance from uniform is below 2**-250 (64 bytes are reduced)."""
    return reduce_wide(random(64))


def scalar(number: int) -> Scalar:
    """Give a public integer, negative ones included, as a scalar."""
    return Scalar((number % ORDER).to_bytes(32, "little"))


def scalar_sum(first: Scalar, second: Scalar) -> Scalar:
    """Add modulo the group order."""
    return Scalar(sodium.crypto_core_ed25519_scalar_add(first, second))


def scalar_difference(first: Scalar, second: Scalar) -> Scalar:
    """Subtract the second from the first modulo the group order."""
    return Scalar(sodium.crypto_core_ed25519_scalar_sub(first, second))


def scalar_product(first: Scalar, second: Scalar) -> Scalar:
    """Multiply modulo the group order."""
    return Scalar(sodium.crypto_core_ed25519_scalar_mul(first, second))


def scalar_inverse(number: Scalar) -> Scalar:
    """Invert a scalar that is not zero."""
    return Scalar(sodium.crypto_core_ed25519_scalar_invert(number))


def add(first: Point, second: Point) -> Point:
    """Add two points; FormatError `point` where one does not lie on the curve."""
    try:
        return Point(sodium.crypto_core_ed25519_add(first, second))
    except CryptoError as error:
        raise _not_of_the_group() from error


def subtract(first: Point, second: Point) -> Point:
    """Subtract the second point from the first; FormatError `point` where one does not lie on the curve."""
    try:
        return Point(sodium.crypto_core_ed25519_sub(first, second))
    except CryptoError as error:
        raise _not_of_the_group() from error


def multiply(number: Scalar, point: Point) -> Point:
    """Give [number]point. libsodium refuses zero and the identity, which are answered here.

    It also refuses whatever is no canonical point of the prime-order subgroup: FormatError `point`.
    """
    if number == ZERO or point == IDENTITY:
        return IDENTITY
    try:
        return Point(sodium.crypto_scalarmult_ed25519_noclamp(number, point))
    except CryptoError as error:
        raise _not_of_the_group() from error


def multiply_generator(number: Scalar) -> Point:
    """Give [number]G."""
    if number == ZERO:
        return IDENTITY
    return Point(sodium.crypto_scalarmult_ed25519_base_noclamp(number))


@cache
def small_multiple(number: int) -> Point:
    """Give [number]G for a small count of votes; few values occur, so each is computed once."""
    return multiply_generator(scalar(number))


def format_scalar(number: Scalar) -> str:
    """Write a scalar in decimal, as records hold it inside a JSON string."""
    return str(int.from_bytes(number, "little"))


def parse_scalar(value: object) -> Scalar:
    """Read a decimal number below the group order, without sign or leading zeros; else FormatError `scalar`."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value) and (number := int(value)) < ORDER:
        return Scalar(number.to_bytes(32, "little"))
    raise FormatError("scalar", "a decimal number below the group order, without leading zeros, was expected")


def format_point(point: Point) -> str:
    """Write a point as 64 lower-case hexadecimal digits, most significant byte first."""
    return point[::-1].hex()


def parse_point(value: object) -> Point:
    """Read a point of the prime-order subgroup other than the identity.

    Refused as FormatError: another spelling or an encoding that is not canonical, points off the curve, points
    with a component of small order (`point`), and the identity (`identity`), which hides nothing.
    """
    point = read_point(value)
    if not sodium.crypto_core_ed25519_is_valid_point(point):
        raise _not_of_the_group()
    return point


def read_point(value: object) -> Point:
    """Read what is spelt as a point other than the identity, and may be none.

    For whoever multiplies it by something else than zero before she believes it: `multiply` judges it, at no further cost.
    """
    point = _decode(value)
    if point == IDENTITY:
        raise FormatError("identity", "the identity element is not allowed here")
    return point


def parse_sum(value: object) -> Point:
    """Read a point where the identity is legitimate: a sum, which is the identity when nothing was added."""
    return IDENTITY if value == format_point(IDENTITY) else parse_point(value)


def _not_of_the_group() -> FormatError:
    return FormatError("point", "a point of the prime-order subgroup was expected")


def _decode(value: object) -> Point:
    if isinstance(value, str) and _POINT_TEXT.fullmatch(value):
        return Point(bytes.fromhex(value)[::-1])
    raise FormatError("point", "64 lower-case hexadecimal digits were expected")
