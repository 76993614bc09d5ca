"""Officials of the house are appointed, and their roles taken back, by somebody whose name stands in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.poll import LEAST_PRESENT
from votingapp.desks.secretariat.staffing.guarding import Alone, is_alone
from votingapp.store import keys, staff
from votingapp.store.staff import Role, Staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store, Work

_FEWEST: Mapping[Role, int] = {Role.SECRETARIAT: 1, Role.BOARD: LEAST_PRESENT}
"""How many must be left in a role: who appoints others, and who opens and closes."""


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
class Withdrawn:
    """The official holds the role no more, from this instant."""

    official: Staff


@dataclass(frozen=True, slots=True)
class NotAppointed:
    """The official does not hold the role; nothing has changed."""

    official: Staff


@dataclass(frozen=True, slots=True)
class HoldsKey:
    """She holds a part of the election's key, which nobody else can open: her place on the board stays hers."""

    official: Staff


@dataclass(frozen=True, slots=True)
class NeededHere:
    """Without her nobody of the secretariat, or fewer than two of the board, would be left."""

    official: Staff


@dataclass(frozen=True, slots=True)
class Crew:
    """Everyone appointed to a role at an election, by name."""

    role: Role
    officials: tuple[Staff, ...]


def crews(store: Store, election: Election) -> tuple[Crew, ...]:
    """Who is appointed to what at an election."""
    with store.reading() as connection:
        return tuple(Crew(role, staff.appointed(connection, election.id, role)) for role in Role)


def appoint(
    store: Store, official: Staff, election: Election, login: str, role: Role, second: Staff | None = None
) -> Appointed | AppointedBefore | UnknownLogin | Alone:
    """Appoint an official of the house to a role at this election; `second` confirmed it with her own login."""
    return store.write(lambda work: _appoint(work, (official, second), election, login, role))


def _appoint(
    work: Work, signed_by: tuple[Staff, Staff | None], election: Election, login: str, role: Role
) -> Appointed | AppointedBefore | UnknownLogin | Alone:
    official, second = signed_by
    if is_alone(work, election, (role,), official, second):
        return Alone()
    appointee = staff.find_login(work.connection, login)
    if appointee is None:
        return UnknownLogin()
    confirmed = None if second is None else second.login
    fresh = staff.appoint(work, official.login, election.id, appointee.id, role, confirmed)
    return Appointed(appointee) if fresh else AppointedBefore(appointee)


def withdraw(
    store: Store, official: Staff, election: Election, login: str, role: Role
) -> Withdrawn | NotAppointed | HoldsKey | NeededHere | UnknownLogin:
    """Take a role at this election back from an official, who can do nothing by it any more, not even on the page before her."""
    return store.write(lambda work: _withdraw(work, official, election, login, role))


def _withdraw(
    work: Work, official: Staff, election: Election, login: str, role: Role
) -> Withdrawn | NotAppointed | HoldsKey | NeededHere | UnknownLogin:
    found = staff.find_login(work.connection, login)
    if found is None:
        return UnknownLogin()
    holders = staff.appointed(work.connection, election.id, role)
    if found.id not in {one.id for one in holders}:
        return NotAppointed(found)
    ceremony = keys.ceremony_of(work.connection, election.id) if role is Role.BOARD else None
    if ceremony is not None and ceremony.member(found.id) is not None:
        return HoldsKey(found)
    if len(holders) <= _FEWEST.get(role, 0):
        return NeededHere(found)
    staff.withdraw(work, official.login, election.id, found.id, role)
    return Withdrawn(found)
