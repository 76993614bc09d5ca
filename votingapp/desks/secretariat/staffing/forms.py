"""What is filled in to add and appoint officials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from candidates.cpr import blank_out_cpr
from votingapp.desks.secretariat.staffing.hiring import MOST_AT_ONCE
from votingapp.desks.secretariat.staffing.people import NEEDED, Wanted, Wrong, lines_in, read_people
from votingapp.desks.secretariat.staffing.words import say
from votingapp.store.staff import Role
from votingapp.web.cosign import SecondOfficial, login_field, password_field
from votingapp.web.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff


class HireForm(OnceForm):
    """Everybody who is to work at the election: a field for each role, a person to each line."""

    board = TextAreaField(_("Valgbestyrelse"))
    desk = TextAreaField(_("Fremmøde"))
    secretariat = TextAreaField(_("Sekretariat"))
    observer = TextAreaField(_("Observatør"))

    people: tuple[Wanted, ...] = ()
    """Who is written; set by `validate`."""

    def validate(self, extra_validators: object = None) -> bool:
        """Read the lines; each that is wrong is told beside its field, and a CPR number is gone from what is shown again."""
        taken = super().validate(extra_validators) and self._read()
        if not taken:
            for role in NEEDED:
                self[role.value].data = blank_out_cpr(self[role.value].data or "")
        return taken

    def _read(self) -> bool:
        texts = {role: self[role.value].data or "" for role in NEEDED}
        lines = lines_in(texts)
        if not 1 <= lines <= MOST_AT_ONCE:
            self.form_errors.append(
                gettext("Højst %(most)s linjer på én gang.", most=MOST_AT_ONCE)
                if lines
                else gettext("Skriv mindst ét navn.")
            )
            return False
        read = read_people(texts)
        wrong = [one for one in read if isinstance(one, Wrong)]
        self.people = tuple(one for one in read if isinstance(one, Wanted))
        self.tell(wrong)
        return not wrong

    def tell(self, wrong: Iterable[Wrong]) -> None:
        """Say what is wrong beside the fields."""
        said = sorted(wrong, key=lambda one: one.line.number)
        for role in {one.line.role for one in said}:
            self[role.value].errors = [say(one) for one in said if one.line.role is role]

    def once_id(self, election: Election, official: Staff) -> str:
        """The id of what this official has written for this election; the form has been validated."""
        return self.id_of(election.id, official.id, *(self[role.value].data for role in NEEDED))


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


class ConfirmForm(FlaskForm, SecondOfficial):
    """Who confirms, beside the form that was filled in, where an appointment takes two."""


class ResetForm(FlaskForm, SecondOfficial):
    """A new password for an official, signed by another."""


class GuardedResetForm(ResetForm):
    """The same for a member of the board: a third official signs too."""

    third_login = login_field(_("Den tredje persons brugernavn"), _("Den tredje person skriver sit brugernavn."))
    third_password = password_field(
        _("Den tredje persons adgangskode"), _("Den tredje person skriver sin adgangskode.")
    )
