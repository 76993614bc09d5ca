"""A new password for an official who forgot hers: given by the secretariat, never to oneself and never by one alone.

The accounts belong to the house, and what they open may be a poll. So whoever gives a new password is watched by another
official who signs; where the account opens and closes polls or holds a part of a key, by two. One of these is of the board,
and once the key stands one who holds a part of it: the secretariat could add a login that signs, but the holders were read out.

That is so at every election where the account is on the board or holds a part, wherever the password is given: whoever has an
election of her own fills its board as she likes. Each of these elections has the entry in its own log. An election whose
record stands asks for nobody any more, since nothing is left to be opened there and its board may be gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.desks.secretariat.staffing.one_time import one_time_password
from votingapp.store import elections, keys, settled, staff
from votingapp.store.keys import Step
from votingapp.store.staff import ResetEntry, Role, Staff

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store, Work

MAY_SIGN = frozenset({Role.SECRETARIAT, Role.BOARD})
"""Who may sign beside the secretary who gives the new password."""


@dataclass(frozen=True, slots=True)
class Account:
    """An official of this election, and what a new password for her takes.

    `guarded_by`: the ids of the elections of the house where she is on the board or holds a part of the key.
    `holds_key`: she made a part of this election's key.
    """

    official: Staff
    guarded_by: frozenset[str]
    holds_key: bool

    @property
    def guarded(self) -> bool:
        """Whether two must sign."""
        return bool(self.guarded_by)

    @property
    def signatures(self) -> int:
        """How many others sign."""
        return 2 if self.guarded else 1


@dataclass(frozen=True, slots=True)
class Reset:
    """Every session of hers has ended, and she signs in with `password`, which is shown this once and kept nowhere."""

    account: Account
    password: str


@dataclass(frozen=True, slots=True)
class NoSuchAccount:
    """Nobody of this election, or whoever is asking: one's own password is changed with the old one."""


@dataclass(frozen=True, slots=True)
class WronglySigned:
    """Too few others signed, one of them twice, the one whose password it is, or nobody whom a board knows that must."""


def read_account(store: Store, official: Staff, election: Election, staff_id: str) -> Account | NoSuchAccount:
    """What a new password for somebody takes."""
    with store.reading() as connection:
        return _read(connection, official, election, staff_id)


def reset(
    store: Store, official: Staff, election: Election, staff_id: str, signers: tuple[Staff, ...]
) -> Reset | NoSuchAccount | WronglySigned:
    """Give somebody a one-time password, which she must change when she signs in, and end every session of hers."""
    password = one_time_password()

    def act(work: Work) -> Reset | NoSuchAccount | WronglySigned:
        account = _read(work.connection, official, election, staff_id)
        if isinstance(account, NoSuchAccount):
            return account
        if not _well_signed(work.connection, official, election, account, signers):
            return WronglySigned()
        logins = [one.login for one in signers]
        entry = ResetEntry(official.login, logins, election.slug, account.guarded_by | {election.id})
        staff.reset_password(work, account.official, password, entry)
        return Reset(account, password)

    return store.write(act)


def _read(connection: Connection, official: Staff, election: Election, staff_id: str) -> Account | NoSuchAccount:
    found = staff.find(connection, staff_id)
    if found is None or found.id == official.id or not staff.roles_of(connection, found.id, election.id):
        return NoSuchAccount()
    ceremony = keys.ceremony_of(connection, election.id)
    member = None if ceremony is None else ceremony.member(found.id)
    guarded_by = staff.boards_of(connection, found.id) | keys.held_parts(connection, found.id)
    return Account(found, guarded_by, holds_key=member is not None and member.sent(Step.CERTIFICATE) is not None)


def _well_signed(
    connection: Connection, official: Staff, election: Election, account: Account, signers: tuple[Staff, ...]
) -> bool:
    people = {official.id, account.official.id, *(one.id for one in signers)}
    return (
        len(signers) == account.signatures
        and len(people) == len(signers) + 2
        and all(staff.roles_of(connection, one.id, election.id) & MAY_SIGN for one in signers)
        and (not account.guarded or _is_known_to_the_boards(connection, election, account, signers))
    )


def _is_known_to_the_boards(
    connection: Connection, election: Election, account: Account, signers: tuple[Staff, ...]
) -> bool:
    """Whether this election, and each that guards the account and is not over, knows at least one of those who signed."""
    guards = (elections.by_id(connection, one) for one in account.guarded_by - {election.id})
    asked = (election, *(one for one in guards if not settled.is_signed(connection, one)))
    return all(any(_is_known_to_the_board(connection, one, signer) for signer in signers) for one in asked)


def _is_known_to_the_board(connection: Connection, election: Election, signer: Staff) -> bool:
    ceremony = keys.ceremony_of(connection, election.id)
    if ceremony is not None and ceremony.step is None:
        return ceremony.member(signer.id) is not None
    return Role.BOARD in staff.roles_of(connection, signer.id, election.id)
