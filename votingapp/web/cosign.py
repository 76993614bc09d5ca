"""What one official may not do alone: a second one confirms it with her own login and password, in the same form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from votingapp.store import staff
from votingapp.web import throttle

if TYPE_CHECKING:
    from collections.abc import Collection

    from wtforms import Form

    from votingapp.store.elections import Election
    from votingapp.store.staff import Role, Staff
    from votingapp.store.unit_of_work import Store

_PER_LOGIN_AND_ADDRESS, _PER_ADDRESS, _PER_LOGIN = 8, 40, 200
"""As at the sign-in: so many wrong tries shut a door."""


def login_field(label: str, missing: str) -> StringField:
    """The field in which an official beside the one who is signed in writes her login; `missing` is said where she did not."""
    checks = [InputRequired(missing), Length(max=60, message=_("Højst 60 tegn."))]
    return StringField(label, checks, filters=[lambda text: text.strip() if text else text])


def password_field(label: str, missing: str) -> PasswordField:
    """The field for her password."""
    return PasswordField(label, [InputRequired(missing), Length(max=200, message=_("Højst 200 tegn."))])


class SecondOfficial:
    """Fields to add to a form: who confirms beside the one who is signed in."""

    second_login = login_field(_("Den anden persons brugernavn"), _("Den anden person skriver sit brugernavn."))
    second_password = password_field(_("Den anden persons adgangskode"), _("Den anden person skriver sin adgangskode."))


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """Login and password do not fit, or are of somebody who may not confirm this; which, is not said."""


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Whoever is signed in cannot confirm her own act."""


@dataclass(frozen=True, slots=True)
class ConfirmedTooOften:
    """Too many failures; the door stays shut for a quarter of an hour."""


Confirmation = NotConfirmed | SamePerson | ConfirmedTooOften


def second_official(
    store: Store, first: Staff, election: Election, form: Form, allowed: Collection[Role]
) -> Staff | Confirmation:
    """The official whose login and password stand in a form with `SecondOfficial`, appointed to one of `allowed` here."""
    return confirm(store, first, election, form["second_login"].data, form["second_password"].data, allowed)


def confirm(
    store: Store, first: Staff, election: Election, login: str, password: str, allowed: Collection[Role]
) -> Staff | Confirmation:
    """Check a second official; a wrong try is counted for her login and for the visitor's address, as at the sign-in.

    Only her own right password wipes her failures out: whoever is signed in must not try a colleague's password seven
    times, give her own, and begin anew.
    """
    doors = _doors(login.casefold(), throttle.visitor_of(request.remote_addr))
    if any(throttle.is_shut(store, door, limit) for door, limit in doors):
        return ConfirmedTooOften()
    with store.reading() as connection:
        found = staff.check_password(connection, login, password)
        held = staff.roles_of(connection, found.id, election.id) if found is not None else frozenset()
    if found is None or found.must_change_password or not held & frozenset(allowed):
        for door, _limit in doors:
            throttle.count_failure(store, door)
        return NotConfirmed()
    throttle.forget(store, doors[0][0])
    return SamePerson() if found.id == first.id else found


def _doors(login: str, address: str) -> tuple[tuple[str, int], ...]:
    """The doors that a confirmation passes, and how many failures shut each; a success opens the first again."""
    return (
        (f"second:{address}:{login}"[:100], _PER_LOGIN_AND_ADDRESS),
        (f"second:{address}"[:100], _PER_ADDRESS),
        (f"second:{login}"[:100], _PER_LOGIN),
    )


def complain(form: Form, outcome: Confirmation) -> None:
    """Say beside the fields why the confirmation did not hold."""
    form["second_password"].errors = [say(outcome)]


def say(outcome: Confirmation) -> str:
    """Why a confirmation did not hold, and what to do."""
    match outcome:
        case NotConfirmed():
            return str(
                gettext(
                    "Brugernavn og adgangskode passer ikke sammen, eller personen må ikke bekræfte dette. Prøv igen."
                )
            )
        case SamePerson():
            return str(gettext("Det skal være en anden end dig. Bed en kollega om at bekræfte."))
        case ConfirmedTooOften():
            return str(gettext("Der er prøvet for mange gange. Vent et kvarter, og prøv igen."))
