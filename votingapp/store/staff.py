"""The officials: who they are, what they are appointed to, and how their passwords are kept."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, delete, insert, select, update

from votingapp.store import audit
from votingapp.store.tables.staff import appointment, staff, staff_session
from votingapp.store.unit_of_work import Act

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work

MINIMUM_PASSWORD = 12

# Asked at every door for officials: put together once.
_BY_ID = select(staff).where(staff.c.id == bindparam("staff_id"))
_ROLES = select(appointment.c.role).where(
    appointment.c.staff_id == bindparam("staff_id"), appointment.c.election_id == bindparam("election_id")
)


class Role(StrEnum):
    """What an official may be appointed to at one election."""

    SECRETARIAT = "secretariat"
    BOARD = "board"
    DESK = "desk"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Staff:
    """An official who can sign in."""

    id: str
    login: str
    name: str
    must_change_password: bool
    may_found: bool


@cache
def _hasher() -> PasswordHasher:
    """argon2id with the library's current recommendation (RFC 9106, low-memory profile)."""
    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash no password fits, so that an unknown login takes as long as a known one."""
    return _hasher().hash(uuid.uuid4().hex)


def hash_password(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher().hash(password)


def check_password(connection: Connection, login: str, password: str) -> Staff | None:
    """The official whose login and password these are, or None; the time taken does not tell which was wrong."""
    row = connection.execute(select(staff).where(staff.c.login == login)).first()
    kept = row.password_hash if row is not None else _nobody()
    try:
        _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return None
    return None if row is None else _read(row)


def find(connection: Connection, staff_id: str) -> Staff | None:
    """The official with this id."""
    row = connection.execute(_BY_ID, {"staff_id": staff_id}).first()
    return None if row is None else _read(row)


def find_login(connection: Connection, login: str) -> Staff | None:
    """The official with this login."""
    row = connection.execute(select(staff).where(staff.c.login == login)).first()
    return None if row is None else _read(row)


def everybody(connection: Connection) -> tuple[Staff, ...]:
    """Every official of the house, by login."""
    return tuple(_read(row) for row in connection.execute(select(staff).order_by(staff.c.login)))


def roles_of(connection: Connection, staff_id: str, election_id: str) -> frozenset[Role]:
    """What the official is appointed to at this election."""
    rows = connection.execute(_ROLES, {"staff_id": staff_id, "election_id": election_id})
    return frozenset(Role(row.role) for row in rows)


def appointed(connection: Connection, election_id: str, role: Role) -> tuple[Staff, ...]:
    """Everyone appointed to a role at this election, by name."""
    rows = connection.execute(
        select(staff)
        .join(appointment, appointment.c.staff_id == staff.c.id)
        .where(appointment.c.election_id == election_id, appointment.c.role == role.value)
        .order_by(staff.c.name, staff.c.login)
    )
    return tuple(_read(row) for row in rows)


def boards_of(connection: Connection, staff_id: str) -> frozenset[str]:
    """The ids of the elections of the house to whose board an official is appointed."""
    boards = select(appointment.c.election_id).where(
        appointment.c.staff_id == staff_id, appointment.c.role == Role.BOARD.value
    )
    return frozenset(connection.scalars(boards))


@dataclass(frozen=True, slots=True)
class LoginTaken:
    """The login belongs to somebody already, or is a word by which the log names others."""

    login: str


def add(
    work: Work, actor: str, login: str, name: str, password: str, *, may_found: bool, must_change: bool = True
) -> Staff | LoginTaken:
    """Add an official with a first password, which she must change when she first signs in."""
    if login.casefold() in audit.NAMED_BY_THE_LOG or find_login(work.connection, login) is not None:
        return LoginTaken(login)
    added = Staff(str(uuid.uuid4()), login, name, must_change_password=must_change, may_found=may_found)
    _insert(work, added, hash_password(password))
    work.record(audit.HOUSE, actor, "staff_added", login=login, may_found=may_found)
    return added


@dataclass(frozen=True, slots=True)
class Recruit:
    """Somebody to be added and appointed in one: `official` with an id and a login that are free, and her roles."""

    official: Staff
    password_hash: str
    roles: tuple[Role, ...]


def hire(work: Work, actor: str, election_id: str, recruits: Sequence[Recruit], second: str | None = None) -> None:
    """Add officials and appoint each to her roles at an election: all of them or, where the transaction fails, nobody.

    The log has the entries that it has of each who is added and appointed alone; `second` is the login of who confirmed it.
    """
    acts: list[Act] = []
    for recruit in recruits:
        official = recruit.official
        _insert(work, official, recruit.password_hash)
        acts.append(Act(audit.HOUSE, "staff_added", {"login": official.login, "may_found": official.may_found}))
        for role in recruit.roles:
            row = {"election_id": election_id, "staff_id": official.id, "role": role.value}
            work.connection.execute(insert(appointment).values(row))
            details = {"login": official.login, "role": role.value} | _confirmed(second)
            acts.append(Act(election_id, "staff_appointed", details))
    work.record_several(actor, acts)


def _insert(work: Work, official: Staff, password_hash: str) -> None:
    work.connection.execute(
        insert(staff).values(
            id=official.id,
            login=official.login,
            name=official.name,
            password_hash=password_hash,
            must_change_password=official.must_change_password,
            may_found=official.may_found,
            added_at=work.now,
        )
    )


def _confirmed(second: str | None) -> dict[str, str]:
    return {} if second is None else {"second": second}


def appoint(work: Work, actor: str, election_id: str, staff_id: str, role: Role, second: str | None = None) -> bool:
    """Appoint an official to a role at one election, `second` (a login) confirming it; False when she has it already."""
    if role in roles_of(work.connection, staff_id, election_id):
        return False
    work.connection.execute(insert(appointment).values(election_id=election_id, staff_id=staff_id, role=role.value))
    appointee = find(work.connection, staff_id)
    login = appointee.login if appointee else ""
    work.record(election_id, actor, "staff_appointed", login=login, role=role.value, **_confirmed(second))
    return True


def withdraw(work: Work, actor: str, election_id: str, staff_id: str, role: Role) -> bool:
    """Take a role back; False when she does not have it. What she may do is read at each request: it holds at once."""
    taken = work.connection.execute(
        delete(appointment).where(
            appointment.c.election_id == election_id,
            appointment.c.staff_id == staff_id,
            appointment.c.role == role.value,
        )
    )
    if not taken.rowcount:
        return False
    withdrawn = find(work.connection, staff_id)
    login = withdrawn.login if withdrawn else ""
    work.record(election_id, actor, "staff_withdrawn", login=login, role=role.value)
    return True


@dataclass(frozen=True, slots=True)
class KeptPassword:
    """An official's password as it is kept; `one_time` while it is one that she must change."""

    hash: str
    one_time: bool

    def fits(self, password: str) -> bool:
        """Whether this is the password."""
        try:
            return _hasher().verify(self.hash, password)
        except (VerificationError, InvalidHashError):
            return False


def kept_password(connection: Connection, staff_id: str) -> KeptPassword | None:
    """How an official's password is kept; None for nobody."""
    row = connection.execute(_BY_ID, {"staff_id": staff_id}).first()
    return None if row is None else KeptPassword(row.password_hash, row.must_change_password)


def change_password(work: Work, official: Staff, kept: KeptPassword, password_hash: str) -> bool:
    """Keep another password for an official in place of `kept`; False where that one is not hers any more.

    Whoever was let in by it may have been overtaken: by the owner, who chose her own meanwhile, or by a new one-time password.
    """
    changed = work.connection.execute(
        update(staff)
        .where(
            staff.c.id == official.id,
            staff.c.password_hash == kept.hash,
            staff.c.must_change_password == kept.one_time,
        )
        .values(password_hash=password_hash, must_change_password=False)
    )
    if not changed.rowcount:
        return False
    work.record(audit.HOUSE, official.login, "password_changed")
    return True


@dataclass(frozen=True, slots=True)
class ResetEntry:
    """How a new password is recorded: who gave it, who signed (logins), where (slug), and the elections it concerns (ids)."""

    actor: str
    signed_by: Sequence[str]
    given_at: str
    elections: Collection[str]


def reset_password(work: Work, official: Staff, password: str, entry: ResetEntry) -> None:
    """Keep a one-time password for an official, who must change it when she signs in, and end every session of hers."""
    connection = work.connection
    connection.execute(
        update(staff)
        .where(staff.c.id == official.id)
        .values(password_hash=hash_password(password), must_change_password=True)
    )
    connection.execute(delete(staff_session).where(staff_session.c.staff_id == official.id))
    said = {"login": official.login, "signed_by": list(entry.signed_by), "given_at": entry.given_at}
    work.record_in_each(sorted(entry.elections), entry.actor, "password_reset", **said)


def _read(row: object) -> Staff:
    return Staff(
        id=row.id,  # type: ignore[attr-defined]
        login=row.login,  # type: ignore[attr-defined]
        name=row.name,  # type: ignore[attr-defined]
        must_change_password=row.must_change_password,  # type: ignore[attr-defined]
        may_found=row.may_found,  # type: ignore[attr-defined]
    )
