"""Every way to change one place of a JSON record, whatever the record is."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ballots.protocol.group import GENERATOR, IDENTITY, ORDER, format_point

Path = tuple[str | int, ...]


def changes(value: object, path: Path = ()) -> Iterator[tuple[str, object]]:
    """Give a description and the changed copy, for each change at each place; the original is left alone."""
    for what, changed in _here(value):
        yield f"{'/'.join(map(str, path))}: {what}", changed
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in list(children):
        for description, changed in changes(child, (*path, key)):
            yield description, _replace(value, key, changed)


def _replace(value: object, key: str | int, child: object) -> object:
    if isinstance(value, dict):
        return {name: child if name == key else old for name, old in value.items()}
    return [child if index == key else old for index, old in enumerate(value)]


def _here(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from _of_object(value)
    elif isinstance(value, list):
        yield from _of_array(value)
    elif isinstance(value, str):
        yield from _of_string(value)
    elif isinstance(value, int):
        yield "one more", value + 1
        yield "one less", value - 1
        yield "as a string", str(value)
        yield "a fraction", value + 0.5
    yield "null", None


def _of_object(value: dict[str, object]) -> Iterator[tuple[str, object]]:
    for name in value:
        yield f"without {name}", {other: old for other, old in value.items() if other != name}
        yield f"{name} renamed", {"x" if other == name else other: old for other, old in value.items()}
    yield "unknown member", {**value, "x": "1"}
    yield "as an array", list(value.values())
    if len(value) > 1:
        yield "members reversed", dict(reversed(value.items()))


def _of_array(value: list[object]) -> Iterator[tuple[str, object]]:
    for index, entry in enumerate(value):
        yield f"without entry {index}", value[:index] + value[index + 1 :]
        yield f"entry {index} twice", [*value[: index + 1], entry, *value[index + 1 :]]
    for index, (first, second) in enumerate(pairwise(value)):
        if first != second:
            yield f"entries {index} and {index + 1} swapped", [*value[:index], second, first, *value[index + 2 :]]
    yield "empty", []


def _of_string(value: str) -> Iterator[tuple[str, object]]:
    yield "empty", ""
    yield "longer", value + "0"
    yield "shorter", value[:-1]
    yield "other end", value[:-1] + ("1" if value[-1:] != "1" else "2")
    yield "space", f" {value}"
    if value.upper() != value:
        yield "upper case", value.upper()
    if re.fullmatch("[0-9]+", value):
        yield "leading zero", f"0{value}"
        yield "one more", str((int(value) + 1) % ORDER)
        yield "not reduced", str(int(value) + ORDER)
        yield "negated", str(-int(value) % ORDER)
    if re.fullmatch("[0-9a-f]{64}", value):
        yield "base point", format_point(GENERATOR)
        yield "identity", format_point(IDENTITY)
