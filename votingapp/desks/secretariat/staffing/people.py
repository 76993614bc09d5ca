"""Who is to be hired, as it is written: one person to a line, under the role she is to have; every line that is wrong is told."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from candidates.cpr import may_hold_cpr
from candidates.letters import compose
from candidates.lookalikes import words_of_mixed_alphabets
from candidates.texts import LONGEST_NAME, RefusedText, TextFault, read_name
from votingapp.desks.secretariat.staffing.logins import is_login, login_of
from votingapp.store.staff import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NEEDED = (Role.BOARD, Role.DESK, Role.SECRETARIAT, Role.OBSERVER)
"""The roles, those that an election needs first."""

_LINES = re.compile(r"\r\n|\r|\n")
_PARTS = re.compile(r"[,\t]")
"""Between name and login: a comma, or the tab of a spreadsheet from which lines were copied."""

_LONGEST_LINE = 300
"""A name as it may be typed, not yet composed, and a login."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line under a role; `number` counts from 1 in its field, empty ones too. `name` is "" where none could be read."""

    role: Role
    number: int
    name: str = ""


class Fault(StrEnum):
    """What is wrong with a line."""

    CPR = "cpr"
    PARTS = "parts"
    NAME = "name"
    MIXED = "mixed"
    LOGIN = "login"
    NO_LOGIN = "no_login"
    TWICE = "twice"
    UNCLEAR = "unclear"
    LOGIN_OF_TWO = "login_of_two"
    NAME_KNOWN = "name_known"
    LOGIN_TAKEN = "login_taken"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be taken; `logins` are those of the house or of other lines that it is held against."""

    line: Line
    fault: Fault
    refused: RefusedText | None = None
    logins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One person, on one line or under several roles; `login` is the one that was written, or made of her name if not."""

    name: str
    login: str
    is_written: bool
    lines: tuple[Line, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """What she is to be."""
        return tuple(line.role for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Entry:
    line: Line
    login: str

    @property
    def who(self) -> tuple[str, str]:
        """By what two lines are known to be about one person."""
        return name_key(self.line.name), self.login


def name_key(name: str) -> str:
    """What two writings of one name have in common."""
    return compose(" ".join(name.split()))


def lines_in(texts: Mapping[Role, str]) -> int:
    """How many lines say something."""
    return sum(1 for _role, _number, _text in _written(texts))


def read_people(texts: Mapping[Role, str]) -> tuple[Wanted, ...] | tuple[Wrong, ...]:
    """Everybody who is written, in the order of their first lines, or every line that is wrong."""
    read = [_read(role, number, text) for role, number, text in _written(texts)]
    wrong = [one for one in read if isinstance(one, Wrong)]
    entries = [one for one in read if isinstance(one, _Entry)]
    wrong += _at_odds(entries)
    if wrong:
        return tuple(wrong)
    people: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        people[entry.who].append(entry)
    return tuple(_wanted(about) for about in people.values())


def _written(texts: Mapping[Role, str]) -> Iterator[tuple[Role, int, str]]:
    for role in NEEDED:
        for number, text in enumerate(_LINES.split(texts.get(role, "")), 1):
            if text.strip():
                yield role, number, text.strip()


def _read(role: Role, number: int, text: str) -> _Entry | Wrong:
    line = Line(role, number)
    if len(text) > _LONGEST_LINE:  # before anything composes it, which for heaps of marks takes minutes
        return Wrong(line, Fault.NAME, RefusedText(TextFault.TOO_LONG, len(text), LONGEST_NAME))
    if may_hold_cpr(text):
        return Wrong(line, Fault.CPR)
    parts = [part.strip() for part in _PARTS.split(text)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if len(parts) > 2:  # noqa: PLR2004 - a name and a login
        return Wrong(line, Fault.PARTS)
    name = read_name(parts[0])
    if isinstance(name, RefusedText):
        return Wrong(line, Fault.NAME, name)
    line, login = Line(role, number, name), parts[1] if len(parts) > 1 else ""
    fault = _fault(name, login)
    return Wrong(line, fault) if fault else _Entry(line, login)


def _fault(name: str, login: str) -> Fault | None:
    if words_of_mixed_alphabets(name):
        return Fault.MIXED
    if login:
        return None if is_login(login) else Fault.LOGIN
    return None if login_of(name) else Fault.NO_LOGIN


def _at_odds(entries: Sequence[_Entry]) -> Iterator[Wrong]:
    """The lines that do not go with others: one person twice, a name with and without login, one login for two names."""
    logins: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        name, login = entry.who
        logins[name].add(login)
        names[login].add(name)
    seen: set[tuple[Role, tuple[str, str]]] = set()
    for entry in entries:
        name, login = entry.who
        if (entry.line.role, entry.who) in seen:
            yield Wrong(entry.line, Fault.TWICE)
        elif not login and len(logins[name]) > 1:
            yield Wrong(entry.line, Fault.UNCLEAR, logins=tuple(sorted(logins[name] - {""})))
        elif login and len(names[login]) > 1:
            yield Wrong(entry.line, Fault.LOGIN_OF_TWO, logins=(login,))
        seen.add((entry.line.role, entry.who))


def _wanted(about: Sequence[_Entry]) -> Wanted:
    first = about[0]
    login = first.login or login_of(first.line.name)
    assert login is not None, "a line without a login was let through"  # noqa: S101 - for the type checker; told as NO_LOGIN
    return Wanted(first.line.name, login, bool(first.login), tuple(one.line for one in about))
