"""The people who work at a rehearsal: added and appointed as at a real election, their one-time passwords kept to be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from votingapp.demo.outcomes import expect
from votingapp.desks.secretariat.founding import service as founding
from votingapp.desks.secretariat.staffing import service as staffing
from votingapp.desks.secretariat.staffing.one_time import one_time_password
from votingapp.store import audit, staff
from votingapp.store.staff import ResetEntry, Role, Staff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

_APPOINTED: Final = (
    ("formand", "Birgit Lund", Role.BOARD),
    ("medlem", "Hassan Yılmaz", Role.BOARD),
    ("naestformand", "Ewa Kowalska", Role.BOARD),
    ("bord1", "Lis Møller", Role.DESK),
    ("bord2", "Jørgen Bæk", Role.DESK),
    ("observatoer", "Tove Aagaard", Role.OBSERVER),
)
SECRETARY: Final = ("sekretariat", "Åse Nørgaard")


@dataclass(frozen=True, slots=True)
class Member:
    """An official of the rehearsal, with the password to sign in with for the first time."""

    official: Staff
    password: str
    role: Role


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody who works at the rehearsals of a house."""

    members: tuple[Member, ...]

    @property
    def secretary(self) -> Staff:
        """Who founded the election."""
        return self.holding(Role.SECRETARIAT)[0]

    def holding(self, role: Role) -> tuple[Staff, ...]:
        """The officials with a role."""
        return tuple(member.official for member in self.members if member.role is role)


def hire(store: Store) -> Crew:
    """Add the officials of a rehearsal to the house."""
    password = one_time_password()
    login, name = SECRETARY
    secretary = expect(
        store.write(lambda work: staff.add(work, audit.REHEARSAL, login, name, password, may_found=True)), Staff
    )
    members = [Member(secretary, password, Role.SECRETARIAT)]
    for login, name, role in _APPOINTED:
        members.append(_add(store, secretary, login, name, role))
    return Crew(tuple(members))


def _add(store: Store, secretary: Staff, login: str, name: str, role: Role) -> Member:
    password = one_time_password()
    added = expect(
        store.write(lambda work: staff.add(work, secretary.login, login, name, password, may_found=False)), Staff
    )
    return Member(added, password, role)


def renew(store: Store, crew: Crew, elections: Sequence[Election]) -> Crew:
    """Give everybody another one-time password: those of the day on which they were hired have ended long ago, as they must."""
    entry = ResetEntry(audit.REHEARSAL, [crew.secretary.login], elections[0].slug, [one.id for one in elections])
    return Crew(tuple(_renewed(store, member, entry) for member in crew.members))


def _renewed(store: Store, member: Member, entry: ResetEntry) -> Member:
    password = one_time_password()
    store.write(lambda work: staff.reset_password(work, member.official, password, entry))
    return replace(member, password=password)


def found(store: Store, crew: Crew, rules_text: str, slug: str) -> Election:
    """Found a rehearsal and appoint the crew to it."""
    election = expect(founding.found(store, crew.secretary, rules_text.encode(), slug), founding.Founded).election
    for member in crew.members:
        if member.role is not Role.SECRETARIAT:
            expect(
                staffing.appoint(store, crew.secretary, election, member.official.login, member.role),
                staffing.Appointed,
            )
    return election
