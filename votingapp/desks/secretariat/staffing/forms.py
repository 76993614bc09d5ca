"""What is filled in to add and appoint officials."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from votingapp.store.staff import Role
from votingapp.web.cosign import SecondOfficial, login_field, password_field
from votingapp.web.fields import without_cpr

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


class AddForm(FlaskForm):
    """A new official."""

    login = StringField(_("Brugernavn"), [InputRequired(_("Skriv et brugernavn."))])
    name = StringField(_("Navn"), [InputRequired(_("Skriv navnet.")), Length(max=100), without_cpr])

    def validate_login(self, field: StringField) -> None:
        """A login in plain small letters, so that nobody signs in as a lookalike."""
        if not _LOGIN.fullmatch(field.data or ""):
            raise ValidationError(gettext("Brug 2 til 60 tegn: små bogstaver a-z, tal, punktum og bindestreg."))


class AppointForm(FlaskForm):
    """An official and what she does at this election."""

    login = StringField(_("Brugernavn"), [InputRequired(_("Skriv et brugernavn.")), Length(max=60)])
    role = SelectField(_("Rolle"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the roles in the language of the page."""
        super().__init__(*args, **kwargs)
        self.role.choices = [
            (Role.SECRETARIAT.value, gettext("Sekretariat: forbereder valget")),
            (Role.BOARD.value, gettext("Valgbestyrelse: har nøgler, åbner, lukker og tæller op")),
            (Role.DESK.value, gettext("Fremmøde: tager imod vælgere")),
            (Role.OBSERVER.value, gettext("Observatør: ser loggen og optællingen")),
        ]


class ResetForm(FlaskForm, SecondOfficial):
    """A new password for an official, signed by another."""


class GuardedResetForm(ResetForm):
    """The same for a member of the board: a third official signs too."""

    third_login = login_field(_("Den tredje persons brugernavn"), _("Den tredje person skriver sit brugernavn."))
    third_password = password_field(
        _("Den tredje persons adgangskode"), _("Den tredje person skriver sin adgangskode.")
    )
