"""A count arrives as one JSON object, and whatever two readers could understand differently is refused."""

from __future__ import annotations

import json
from typing import NoReturn

from candidates.clauses import BadInput, Clause


def read_object(text: str, document: str) -> Clause:
    """Parse one JSON object; BadInput with field `document` for anything else, a key given twice, NaN or Infinity."""
    try:
        value = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    # Broken JSON, a repeated key and a number of thousands of digits are ValueErrors; deep nesting is the other.
    except (ValueError, RecursionError) as error:
        raise BadInput(document, f"is not readable JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadInput(document, "must be one JSON object")
    return Clause("", value, BadInput)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {repeated!r} is given twice")
    return table


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")
