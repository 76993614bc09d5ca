"""Every record is one exact string of bytes, so that its hash can stand for it (PROTOCOL.md section 3).

The readers here are stricter than Belenios: a value has one spelling only, down to the order of the members
and including what stands inside the answers of a ballot.
"""

import json
from typing import NoReturn

from ballots.protocol.errors import FormatError


def write(value: object) -> bytes:
    """Give the canonical JSON of dicts (in their own order), lists, tuples, strings, ints and true.

    Python writes what Belenios writes except for the character 0x7f, which Belenios escapes.
    """
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.replace("\x7f", "\\u007f").encode()


def read(raw: bytes) -> object:
    """Read JSON that is written canonically; a FormatError names what is wrong (`json` or `not_canonical`)."""
    try:
        value = json.loads(raw.decode(), parse_float=_refuse_number, parse_constant=_refuse_number)
        rewritten = write(value)
    except (ValueError, RecursionError) as error:
        raise FormatError("json", "this is not JSON that the protocol can read") from error
    if rewritten != raw:
        raise FormatError("not_canonical", "this JSON is not written in the canonical way")
    return value


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(text)


def members(value: object, *names: str) -> tuple[object, ...]:
    """Open an object that has exactly these members in this order, and give their values.

    A name that ends in `?` may be missing; its value is then None (a written null is always refused).
    """
    if not isinstance(value, dict):
        raise FormatError("shape", f"an object with {', '.join(names)} was expected")
    plain = tuple(name.removesuffix("?") for name in names)
    required = {name for name in names if not name.endswith("?")}
    present = tuple(name for name in plain if name in value)
    if tuple(value) != present or not required.issubset(present) or None in value.values():
        raise FormatError("shape", f"the members must be exactly {', '.join(names)}, in this order")
    return tuple(value.get(name) for name in plain)


def array(value: object, length: int | None = None) -> list[object]:
    """Open an array, of exactly `length` entries where a length is given."""
    if not isinstance(value, list) or (length is not None and len(value) != length):
        expected = "an array" if length is None else f"an array of {length}"
        raise FormatError("shape", f"{expected} was expected")
    return value


def text(value: object) -> str:
    """Give a JSON string."""
    if not isinstance(value, str):
        raise FormatError("shape", "a string was expected")
    return value


def count(value: object) -> int:
    """Give a small whole number that is not negative (true and false are not numbers here)."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise FormatError("shape", "a whole number from 0 was expected")
    return value
