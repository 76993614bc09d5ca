"""What is entered when the record is drawn up and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from votingapp.desks.record import drawing_up, signing
from votingapp.store.drawn_records import MOST_VERSIONS
from votingapp.store.record_statements import Code
from votingapp.web.cosign import SecondOfficial, login_field, password_field
from votingapp.web.fields import without_cpr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from votingapp.store.drawn_records import Signer

NOBODY = ""
"""The choice that says that the chair is none of those who sign."""


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _version() -> IntegerField:
    return IntegerField(validators=[InputRequired(), NumberRange(1, MOST_VERSIONS)], widget=HiddenInput())


class StatementForm(FlaskForm, SecondOfficial):
    """Which of the two statements is made; another of the board makes it too."""

    code = HiddenField(validators=[InputRequired()])

    @property
    def stated(self) -> Code | None:
        """What is stated; None for what is none of the two."""
        return next((one for one in Code if one.value == self.code.data), None)


class DrawUpForm(FlaskForm):
    """Which version is drawn up, who chairs the board, and why the one before is wrong."""

    version = _version()
    chair = SelectField(_("Formand for valgbestyrelsen"), validate_choice=False)
    reason = TextAreaField(
        _("Hvad er forkert i den forrige version?"),
        [Length(max=drawing_up.LONGEST_REASON, message=_("Højst %(max)d tegn.")), without_cpr],
        filters=[_strip],
    )

    def offer(self, signers: Iterable[Signer]) -> None:
        """Let one of those who sign be named as the chair."""
        self.chair.choices = [
            (NOBODY, _("Ingen af dem er formand")),
            *((one.staff_id, one.name) for one in signers),
        ]


class AnotherVersionForm(DrawUpForm, SecondOfficial):
    """The same where a version stands: another of the board says so too. Its fields have ids of their own on the page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name in ("second_login", "second_password"):
            self[name].id = f"draw-{name}"


class PasswordForm(FlaskForm):
    """A member who holds no key signs with her own login and password, on whatever machine the board sits at."""

    version = _version()
    login = login_field(_("Brugernavn"), _("Skriv dit brugernavn."))
    password = password_field(_("Adgangskode"), _("Skriv din adgangskode."))


class AbsenceForm(FlaskForm, SecondOfficial):
    """Why a member cannot sign here; two others say it."""

    version = _version()
    absent = SelectField(_("Medlem"), [InputRequired(_("Vælg, hvem der ikke kan underskrive."))], validate_choice=False)
    why = TextAreaField(
        _("Hvorfor kan medlemmet ikke underskrive her?"),
        [
            InputRequired(_("Skriv hvorfor.")),
            Length(max=signing.LONGEST_REASON, message=_("Højst %(max)d tegn.")),
            without_cpr,
        ],
        filters=[_strip],
    )

    def offer(self, signers: Iterable[Signer]) -> None:
        """Let one of those who have not signed be named."""
        self.absent.choices = [("", _("Vælg")), *((one.staff_id, one.name) for one in signers)]


def fresh(kind: type[Any], used: FlaskForm | None) -> Any:
    """The form that was sent, to show what is wrong in it; an empty one where another was."""
    return used if isinstance(used, kind) else kind(formdata=None)
