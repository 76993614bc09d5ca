"""What is filled in to invite devices, to take their access back, and to let one join."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from votingapp.store.devices import Kind
from votingapp.web.fields import without_cpr

_PRINTABLE = r"[^\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]*\Z"
"""No line breaks, and nothing that would turn the text around a name back to front."""


def _tidy(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


class InviteForm(FlaskForm):
    """One device, by the name that stands on its sign."""

    kind = SelectField(_("Slags"))
    name = StringField(
        _("Navn"),
        [
            DataRequired(_("Skriv enhedens navn, for eksempel Bord 1.")),
            Length(max=60, message=_("Højst 60 tegn.")),
            Regexp(_PRINTABLE, message=_("Skriv kun bogstaver, tal og mellemrum.")),
            without_cpr,
        ],
        filters=[_tidy],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the kinds in the language of the page."""
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            (Kind.DESK.value, gettext("Bord: tager imod vælgere")),
            (Kind.BOOTH.value, gettext("Stemmeboks: her stemmer vælgerne")),
        ]


_HOW_MANY = _("Skriv et tal fra 0 til 40.")


class SeveralForm(FlaskForm):
    """How many of each kind the polling station is to have more."""

    desks = IntegerField(_("Antal borde"), [Optional(), NumberRange(0, 40, _HOW_MANY)])
    booths = IntegerField(_("Antal stemmebokse"), [Optional(), NumberRange(0, 40, _HOW_MANY)])

    def validate(self, extra_validators: object = None) -> bool:
        """Each a number, or left empty; not nothing of both."""
        for field in (self.desks, self.booths):
            if field.process_errors:  # told in the house's own words, not in the library's
                field.process_errors = [_HOW_MANY]
        if not super().validate(extra_validators):
            return False
        if self.desks.data or self.booths.data:
            return True
        self.form_errors.append(str(_("Skriv, hvor mange borde eller stemmebokse der skal inviteres.")))
        return False


class RevokeForm(FlaskForm):
    """The one tick that takes a device's access back."""

    sure = BooleanField(
        _("Ja, tag adgangen tilbage med det samme"),
        [InputRequired(_("Sæt kryds, hvis enheden skal holde op med at virke."))],
    )


class JoinForm(FlaskForm):
    """The code of an invitation, as it was scanned or typed."""

    code = StringField(
        _("Koden"), [DataRequired(_("Skriv koden fra invitationen.")), Length(max=60, message=_("Højst 60 tegn."))]
    )
