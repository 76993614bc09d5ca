"""What is entered when the poll takes one of its steps."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import without_cpr

_NOT_TICKED = _("Sæt kryds for at bekræfte.")


class FreezeForm(FlaskForm):
    """The last look before everything is fixed."""

    confirm = BooleanField(
        _("Vi har set kandidatlisten, reglerne og antallet af stemmesedler efter."), [InputRequired(_NOT_TICKED)]
    )


def _strip(text: str | None) -> str:
    return (text or "").strip()


_LONGEST_REASON = 500
_TOO_LONG = _("Højst 500 tegn.")
_LONGEST_LINE = 10_000
"""More people than any polling station holds."""


class AttendForm(FlaskForm):
    """A member of the board says that she is there."""

    login = StringField(
        _("Brugernavn"),
        [InputRequired(_("Skriv dit brugernavn.")), Length(max=60, message=_("Højst 60 tegn."))],
        filters=[_strip],
    )
    password = PasswordField(
        _("Adgangskode"), [InputRequired(_("Skriv din adgangskode.")), Length(max=200, message=_("Højst 200 tegn."))]
    )


class ReportForm(FlaskForm):
    """Who else is there when a report is made."""

    others = TextAreaField(
        _("Andre, der er til stede (kan være tomt)"),
        [Length(max=_LONGEST_REASON, message=_TOO_LONG), without_cpr],
        filters=[_strip],
    )


class EarlyForm(FlaskForm):
    """Why something happens before the hour that the rules state."""

    reason = TextAreaField(
        _("Hvorfor før tiden?"), [Length(max=_LONGEST_REASON, message=_TOO_LONG), without_cpr], filters=[_strip]
    )


class OpenForm(EarlyForm):
    """The board has signed the report, and has shown the empty urn."""

    signed = BooleanField(
        _("Nulrapporten er printet, læst op og skrevet under af alle, der står i den."), [InputRequired(_NOT_TICKED)]
    )
    shown = BooleanField(
        _(
            "De første vælgere har set rapporten, der siger 0, og den tomme kasse til papirstemmesedler, hvis den bruges."
        ),
        [InputRequired(_NOT_TICKED)],
    )


class DoorsForm(EarlyForm):
    """How many stand in line when the doors are shut."""

    queue = IntegerField(
        _("Så mange står i kø"),
        [
            InputRequired(_("Skriv et tal. Står der ingen, så skriv 0.")),
            NumberRange(0, _LONGEST_LINE, message=_("Skriv et tal fra 0 til 10000.")),
        ],
    )


class QueueForm(FlaskForm, SecondOfficial):
    """The number in line was wrong; a second member of the board says so too, or one alone could open the doors again."""

    queue = IntegerField(
        _("Det rigtige antal i køen, da dørene blev lukket"),
        [
            InputRequired(_("Skriv et tal. Står der ingen, så skriv 0.")),
            NumberRange(0, _LONGEST_LINE, message=_("Skriv et tal fra 0 til 10000.")),
        ],
        id="corrected-queue",
    )
    reason = TextAreaField(
        _("Hvorfor var tallet forkert?"),
        [InputRequired(_("Skriv en begrundelse.")), Length(max=_LONGEST_REASON, message=_TOO_LONG), without_cpr],
        filters=[_strip],
        id="corrected-reason",
    )


class CloseForm(FlaskForm):
    """The last voter has left."""

    confirm = BooleanField(
        _("Køen er tom, den sidste vælger har stemt, og ingen er i stemmeboksene."), [InputRequired(_NOT_TICKED)]
    )
