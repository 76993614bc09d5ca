"""Before a supervisor puts anybody on an open roll: whether she is there already, perhaps under another spelling."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.register import fold_name
from ballots.roll import likeness
from votingapp.store import register

if TYPE_CHECKING:
    from datetime import date

    from candidates.cpr import Cpr
    from votingapp.store.elections import Election
    from votingapp.store.register import Resident
    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class InRegister:
    """She is on the roll after all: found by her number, or by her exact name and birth date."""

    person: Resident


@dataclass(frozen=True, slots=True)
class Alike:
    """Others on the roll were born that day or bear her name, the likest first: one may be she, spelt or dated otherwise.

    `mark` stands for all of them: a supervisor who says that none of them is the voter says it of those she was shown.
    """

    persons: tuple[Resident, ...]
    mark: str


def recognise(
    work: Work, election: Election, name: str, birth_date: date, cpr: Cpr | None, *, none_of: str = ""
) -> InRegister | Alike | None:
    """Whom the roll has already, or might have; None where she is new. `none_of` is the mark of those who are not she.

    A number that the roll has not tells her from everybody but those who were entered without one. Without a number two
    who share name and day cannot be told apart, and whoever spells her name in two ways, or gives another day, would be two
    voters.
    """
    known = _known_as(work, election, name, birth_date, cpr)
    if known is not None:
        return InRegister(known)
    alike = _alike(work, election, name, birth_date, cpr)
    mark = _mark(alike)
    if not alike or mark == none_of:
        return None
    key = fold_name(name)
    return Alike(tuple(sorted(alike, key=lambda one: -likeness(key, fold_name(one.name)))), mark)


def _known_as(work: Work, election: Election, name: str, birth_date: date, cpr: Cpr | None) -> Resident | None:
    """With a number only that and an entry without one count: two may share name and day."""
    if cpr is None:
        return next(iter(register.find_namesakes(work.connection, election.id, name, birth_date)), None)
    unnumbered = register.without_cpr(name, birth_date)
    return register.find_by_cpr(work.connection, work.vault, election.id, cpr) or register.find_by_identity(
        work.connection, work.vault, election.id, unnumbered
    )


def _alike(work: Work, election: Election, name: str, birth_date: date, cpr: Cpr | None) -> tuple[Resident, ...]:
    there = register.born_on(work.connection, election.id, birth_date)
    if cpr is not None:
        return tuple(one for one in there if _has_no_number(work, election, one))
    named = register.find_by_whole_name(work.connection, election.id, name)
    return there + tuple(one for one in named if one.birth_date != birth_date)


def _has_no_number(work: Work, election: Election, person: Resident) -> bool:
    unnumbered = register.without_cpr(person.name, person.birth_date)
    return person.cpr_hash == work.vault.hash_cpr(election.id, unnumbered)


def _mark(persons: tuple[Resident, ...]) -> str:
    return hashlib.sha256("\n".join(sorted(person.id for person in persons)).encode()).hexdigest()
