"""Everybody is added and appointed in one press, all of them or nobody; a press that is repeated shows the same codes again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.desks.secretariat.staffing.guarding import Alone, is_alone
from votingapp.desks.secretariat.staffing.logins import free_login, is_login
from votingapp.desks.secretariat.staffing.one_time import is_one_time_password, spell
from votingapp.desks.secretariat.staffing.people import Fault, Wanted, Wrong, name_key
from votingapp.store import audit, one_time, staff
from votingapp.store.staff import Recruit, Role, Staff

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store, Work

MOST_AT_ONCE = 60
"""Lines on one form: each is a slow hash, and a page and a sheet can hold them."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An official who has been added; `code` is her one-time password, None once it opens her account no more."""

    official: Staff
    roles: frozenset[Role]
    code: str | None


@dataclass(frozen=True, slots=True)
class Hired:
    """Everybody can sign in and has her roles; the codes are kept nowhere."""

    people: tuple[Newcomer, ...]


@dataclass(frozen=True, slots=True)
class NotHired:
    """Nobody was added, because of these lines."""

    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """Who is on a form, and the ids and one-time passwords that they get by it."""

    people: tuple[Wanted, ...]
    ids: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _SentBefore:
    """These very people have been hired by this very form."""


def hire(
    store: Store,
    official: Staff,
    election: Election,
    form_id: str,
    people: Sequence[Wanted],
    second: Staff | None = None,
) -> Hired | NotHired | Alone:
    """Add these people (one or more) to the house and appoint them; the same form sent again adds nobody and answers as before.

    `form_id` is a UUID. Who presses twice sees the second answer alone, and with codes that are kept nowhere she would be
    left with officials who cannot sign in, and so cannot sign for new codes either. So the codes are derived from the
    form and the house's key, and shown again while they are what opens the account.
    """
    form = _Form(
        tuple(people),
        tuple(str(uuid.uuid5(uuid.UUID(form_id), str(place))) for place in range(len(people))),
        tuple(spell(store.vault.one_time_secret(election.id, form_id, place)) for place in range(len(people))),
    )
    with store.reading() as connection:
        looked = _look(connection, form)
    if isinstance(looked, NotHired):
        return looked
    outcome: Hired | NotHired | Alone | _SentBefore = _SentBefore()
    if not isinstance(looked, _SentBefore):
        # Slowly, and so before the transaction in which everybody else waits.
        hashes = [staff.hash_password(code) for code in form.codes]
        outcome = store.write(lambda work: _hire(work, (official, second), election, form, hashes))
    if not isinstance(outcome, _SentBefore):
        return outcome
    return Hired(tuple(_newcomer(store, election, one, code) for one, code in zip(form.ids, form.codes, strict=True)))


def still_to_come(store: Store, election: Election, written: Iterable[tuple[str, str]]) -> tuple[Newcomer, ...]:
    """Those of some logins and one-time passwords that still open an account of somebody appointed here, each once.

    Checked to the last sign, slow as that is: a slip that does not open its account sends its owner away from the door.
    """
    found = (_owner(store, election, login, code) for login, code in dict(written).items())
    return tuple(one for one in found if one is not None)


def _hire(
    work: Work, signed_by: tuple[Staff, Staff | None], election: Election, form: _Form, hashes: Sequence[str]
) -> Hired | NotHired | Alone | _SentBefore:
    """Hire, unless the house has changed meanwhile: two secretaries may write the same login, and one press twice."""
    official, second = signed_by
    if is_alone(work, election, [role for one in form.people for role in one.roles], official, second):
        return Alone()
    looked = _look(work.connection, form)
    if not isinstance(looked, tuple):
        return looked
    added = [
        Staff(staff_id, login, wanted.name, must_change_password=True, may_found=False)
        for staff_id, login, wanted in zip(form.ids, looked, form.people, strict=True)
    ]
    recruits = [
        Recruit(one, hashed, wanted.roles) for one, hashed, wanted in zip(added, hashes, form.people, strict=True)
    ]
    staff.hire(work, official.login, election.id, recruits, None if second is None else second.login)
    return Hired(
        tuple(
            Newcomer(one, frozenset(wanted.roles), code)
            for one, wanted, code in zip(added, form.people, form.codes, strict=True)
        )
    )


def _look(connection: Connection, form: _Form) -> tuple[str, ...] | NotHired | _SentBefore:
    """The logins that these people get, unless the form was sent before or lines are at odds with the house."""
    if staff.find(connection, form.ids[0]) is not None:
        return _SentBefore()
    house = staff.everybody(connection)
    wrong = tuple(_at_odds(house, form.people))
    return NotHired(wrong) if wrong else _logins(house, form.people)


def _at_odds(house: Sequence[Staff], people: Sequence[Wanted]) -> Iterator[Wrong]:
    taken = _taken(house)
    for wanted in people:
        known = tuple(one.login for one in house if name_key(one.name) == name_key(wanted.name))
        for line in wanted.lines:
            if wanted.is_written and wanted.login in taken:
                yield Wrong(line, Fault.LOGIN_TAKEN)
            elif known and not wanted.is_written:
                yield Wrong(line, Fault.NAME_KNOWN, logins=known)


def _taken(house: Iterable[Staff]) -> set[str]:
    return {one.login.casefold() for one in house} | audit.NAMED_BY_THE_LOG


def _logins(house: Iterable[Staff], people: Sequence[Wanted]) -> tuple[str, ...]:
    taken = _taken(house) | {wanted.login for wanted in people if wanted.is_written}
    logins: list[str] = []
    for wanted in people:
        login = wanted.login if wanted.is_written else free_login(wanted.login, taken)
        taken.add(login)
        logins.append(login)
    return tuple(logins)


def _newcomer(store: Store, election: Election, staff_id: str, code: str) -> Newcomer:
    with store.reading() as connection:
        official, kept = staff.find(connection, staff_id), staff.kept_password(connection, staff_id)
        roles = staff.roles_of(connection, staff_id, election.id)
        is_over = official is not None and one_time.has_ended(connection, official, store.clock())
    if official is None or kept is None:
        raise LookupError("an official who was just added is gone")
    return Newcomer(official, roles, code if kept.one_time and not is_over and kept.fits(code) else None)


def _owner(store: Store, election: Election, login: str, code: str) -> Newcomer | None:
    if not (is_login(login) and is_one_time_password(code)):
        return None
    with store.reading() as connection:
        official = staff.find_login(connection, login)
        if official is None or not staff.roles_of(connection, official.id, election.id):
            return None
    found = _newcomer(store, election, official.id, code)
    return found if found.code is not None else None
