"""The code on the emergency sheet (nødark): typed by a tired clerk at night, so each group tells whether it was read right."""

from __future__ import annotations

from dataclasses import dataclass

SEED_BYTES = 17
"""136 bits of chance: nobody guesses a code, and seven groups of five signs can be typed."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which a hand writes like 1, 0 and V."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUPS, _DATA = 7, 4
_SPARE_BITS = _GROUPS * _DATA * 5 - SEED_BYTES * 8


@dataclass(frozen=True, slots=True)
class Mistyped:
    """The code is not one of ours: `group` counts from 1 and is the first that is wrong, None where their number is."""

    group: int | None


def write_code(seed: bytes) -> str:
    """Write a seed as seven groups of five signs, the last sign of each being its check sign."""
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed is {SEED_BYTES} bytes")
    value = int.from_bytes(seed, "big") << _SPARE_BITS
    digits = [value >> 5 * place & 31 for place in reversed(range(_GROUPS * _DATA))]
    groups = [tuple(digits[start : start + _DATA]) for start in range(0, len(digits), _DATA)]
    return "-".join(_write_group(number, group) for number, group in enumerate(groups, start=1))


def read_code(typed: str) -> bytes | Mistyped:
    """Read a code back, whatever its case, spaces and hyphens; the letters O, I and L are taken for digits."""
    signs = [sign for sign in typed.upper().translate(_READ_AS) if sign not in " -\t\r\n\ufeff"]
    groups = ["".join(signs[start : start + _DATA + 1]) for start in range(0, len(signs), _DATA + 1)]
    value = 0
    for number, group in enumerate(groups[:_GROUPS], start=1):
        digits = tuple(_ALPHABET.find(sign) for sign in group[:_DATA])
        if -1 in digits or len(group) != _DATA + 1 or group != _write_group(number, digits):
            return Mistyped(number if len(group) == _DATA + 1 else None)
        for digit in digits:
            value = value << 5 | digit
    if len(groups) != _GROUPS:
        return Mistyped(None)
    if value & (1 << _SPARE_BITS) - 1:
        return Mistyped(_GROUPS)
    return (value >> _SPARE_BITS).to_bytes(SEED_BYTES, "big")


def _write_group(number: int, digits: tuple[int, ...]) -> str:
    return "".join(_ALPHABET[digit] for digit in (*digits, _check_digit(number, digits)))


def _check_digit(number: int, digits: tuple[int, ...]) -> int:
    """The value of a polynomial over the field of 32 elements (x^5 + x^2 + 1), whose first coefficient is the group's place.

    It changes with any single sign, with two neighbours changed about, and with two groups changed about.
    """
    value = number
    for digit in (*digits, 0):
        value = (value << 1) ^ (0b100101 if value & 0b10000 else 0) ^ digit
    return value
