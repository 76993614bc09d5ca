"""Refuse a build in which a page says something that one of its languages cannot."""

from __future__ import annotations

import re
import sys
from gettext import c2py
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from catalogues import PLURAL_FORMS, catalogue_of, messages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as Entry
    from catalogues import Message

_PLACE = re.compile(r"%\((\w+)\)s")
_COUNT = "num"
_ENOUGH = 1000
"""Numbers tried to learn what a plural form stands for; every rule here repeats after a hundred."""


def faults(language: str, catalogue: Catalog, messages: dict[str, Message]) -> Iterator[str]:
    """What is missing, unsure or left over in one catalogue, one line each."""
    entries = {entry.id if isinstance(entry.id, str) else entry.id[0]: entry for entry in catalogue if entry.id}
    yield from (f"missing: {message}" for message in sorted(messages.keys() - entries.keys()))
    yield from (f"left over: {message}" for message in sorted(entries.keys() - messages.keys()))
    if catalogue.plural_forms.rstrip(";") != PLURAL_FORMS[language].rstrip(";"):
        yield f"the plural is not {PLURAL_FORMS[language]}"
        return
    lone = lone_forms(language)
    for key in sorted(messages.keys() & entries.keys()):
        yield from (f"{fault}: {key}" for fault in _entry_faults(entries[key], messages[key], catalogue, lone))


def _entry_faults(entry: Entry, message: Message, catalogue: Catalog, lone: frozenset[int]) -> Iterator[str]:
    if isinstance(message, tuple) != isinstance(entry.id, tuple | list):
        yield "one for many, or many for one"
        return
    forms = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
    if entry.fuzzy or not all(forms):
        yield "not translated"
        return
    yield from (str(error) for error in entry.check(catalogue))
    asked = _places(message if isinstance(message, str) else message[1])
    for number, form in enumerate(forms):
        # "one place", "two places" may be words where the form stands for that number and no other.
        may_lack = {_COUNT} if isinstance(message, tuple) and number in lone else set()
        if _places(form) - asked or asked - _places(form) - may_lack:
            yield f"other placeholders in {form!r}"


def lone_forms(language: str) -> frozenset[int]:
    """The plural forms of a language that stand for a single number each, as Arabic's form for two."""
    expression = PLURAL_FORMS[language].partition("plural=")[2].rstrip(";")
    form_of = c2py(expression)
    forms = [form_of(number) for number in range(_ENOUGH)]
    return frozenset(form for form in forms if forms.count(form) == 1)


def _places(text: str) -> set[str]:
    return set(_PLACE.findall(text))


def main() -> int:
    """Check every catalogue; 1 when one has a fault."""
    status = 0
    for language in PLURAL_FORMS:
        source = catalogue_of(language)
        if not source.exists():
            sys.stderr.write(f"{language}: there is no catalogue; scripts/write_catalogues.py begins one\n")
            status = 1
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, abort_invalid=True)
        for fault in faults(language, catalogue, messages_of(language)):
            sys.stderr.write(f"{language}: {fault}\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
