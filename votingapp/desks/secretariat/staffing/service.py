"""An official gets a first password that only she uses, and is appointed by somebody whose name stands in the log."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import staff
from votingapp.store.staff import LoginTaken, Role, Staff

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store, Work

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


@dataclass(frozen=True, slots=True)
class Added:
    """The official can sign in; `password` is shown this once and kept nowhere."""

    official: Staff
    password: str


@dataclass(frozen=True, slots=True)
class Appointed:
    """The official holds the role at this election."""

    official: Staff


@dataclass(frozen=True, slots=True)
class AppointedBefore:
    """The official held the role already; nothing has changed."""

    official: Staff


@dataclass(frozen=True, slots=True)
class UnknownLogin:
    """Nobody in the house signs in with this name."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Everyone appointed to a role at an election, by name."""

    role: Role
    officials: tuple[Staff, ...]


def crews(store: Store, election: Election) -> tuple[Crew, ...]:
    """Who is appointed to what at an election."""
    with store.reading() as connection:
        return tuple(Crew(role, staff.appointed(connection, election.id, role)) for role in Role)


def add(store: Store, official: Staff, login: str, name: str) -> Added | LoginTaken:
    """Add an official to the house with a one-time password, which she must change when she first signs in."""
    password = one_time_password()
    outcome = store.write(
        lambda work: staff.add(work, official.login, login, name, password, may_found=False, must_change=True)
    )
    return outcome if isinstance(outcome, LoginTaken) else Added(outcome, password)


def appoint(
    store: Store, official: Staff, election: Election, login: str, role: Role
) -> Appointed | AppointedBefore | UnknownLogin:
    """Appoint an official of the house to a role at this election."""
    return store.write(lambda work: _appoint(work, official, election, login, role))


def _appoint(
    work: Work, official: Staff, election: Election, login: str, role: Role
) -> Appointed | AppointedBefore | UnknownLogin:
    appointee = staff.find_login(work.connection, login)
    if appointee is None:
        return UnknownLogin()
    fresh = staff.appoint(work, official.login, election.id, appointee.id, role)
    return Appointed(appointee) if fresh else AppointedBefore(appointee)


def one_time_password() -> str:
    """Four groups of four signs that are not misread: 80 bits, easily typed from a note."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)
