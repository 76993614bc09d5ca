"""What happens at the entrance: a sign-in is let through, refused or held back, and a password is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import one_time, staff
from votingapp.web import throttle
from votingapp.web.sessions import end_other_sessions

if TYPE_CHECKING:
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

_PER_LOGIN_AND_ADDRESS = 8
_PER_ADDRESS = 40
_PER_LOGIN = 200
"""So many that one stranger cannot shut an official out on election day: it would take twenty-five addresses."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Login and password fit."""

    official: Staff


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Login or password is wrong; which of them is not said."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Too many failures; the door stays shut for a while, for right passwords too."""


def sign_in(store: Store, login: str, password: str, address: str) -> SignedIn | NotSignedIn | HeldBack:
    """Check a sign-in from a network address; a one-time password that has ended is as wrong as any other."""
    doors = _doors(login.casefold(), address)
    if any(throttle.is_shut(store, door, limit) for door, limit in doors):
        return HeldBack()
    with store.reading() as connection:
        official = staff.check_password(connection, login, password)
        is_over = official is not None and one_time.has_ended(connection, official, store.clock())
    if official is None or is_over:
        for door, _limit in doors:
            throttle.count_failure(store, door)
        return NotSignedIn()
    throttle.forget(store, doors[0][0])
    return SignedIn(official)


def _doors(login: str, address: str) -> tuple[tuple[str, int], ...]:
    """The doors a sign-in passes, and how many failures shut each; a success opens the first again."""
    return (
        (f"login:{address}:{login}"[:100], _PER_LOGIN_AND_ADDRESS),
        (f"address:{address}"[:100], _PER_ADDRESS),
        (f"login:{login}"[:100], _PER_LOGIN),
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """The password is the new one, and every other session of hers has ended."""


@dataclass(frozen=True, slots=True)
class NotCurrent:
    """What was typed as the current password is not."""


@dataclass(frozen=True, slots=True)
class NotNew:
    """The new password is the old one."""


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The password that let her in is not hers any more; nothing has changed."""


def change_password(
    store: Store, official: Staff, current: str | None, new: str
) -> Changed | NotCurrent | NotNew | Overtaken:
    """Change the password of whoever is signed in, and end her other sessions.

    `current` is None only at the first change, when she has just come in by a one-time password: her session is the proof that
    she knows it, for a session ends when another one is given out or chosen.
    """
    with store.reading() as connection:
        kept = staff.kept_password(connection, official.id)
    if kept is None or (current is None and not kept.one_time):
        return Overtaken()
    if current is not None and not kept.fits(current):
        return NotCurrent()
    if kept.fits(new):
        return NotNew()
    fresh = staff.hash_password(new)

    def act(work: Work) -> Changed | Overtaken:
        if not staff.change_password(work, official, kept, fresh):
            return Overtaken()
        end_other_sessions(work, official)
        return Changed()

    return store.write(act)
