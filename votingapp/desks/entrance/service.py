"""What happens at the entrance: a sign-in is let through, refused or held back, and a password is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import staff
from votingapp.web import throttle

if TYPE_CHECKING:
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store

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
    """Check a sign-in from a network address."""
    doors = _doors(login.casefold(), address)
    if any(throttle.is_shut(store, door, limit) for door, limit in doors):
        return HeldBack()
    with store.reading() as connection:
        official = staff.check_password(connection, login, password)
    if official is None:
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


def change_password(store: Store, official: Staff, current: str, new: str) -> bool:
    """Change an official's password; False when the current one is not hers."""
    with store.reading() as connection:
        if staff.check_password(connection, official.login, current) is None:
            return False
    store.write(lambda work: staff.change_password(work, official, new))
    return True
