"""What is filled in when the order of the ballot is drawn."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from votingapp.web.fields import CopenhagenField, without_cpr

_LONGEST_METHOD = 300
_LONGEST_NAME = 100
_LONGEST_SEED = 200
_LONGEST_REASON = 1000


class AnnounceForm(FlaskForm):
    """How and when the lot is drawn."""

    method = StringField(
        _("Sådan trækkes der lod"),
        [DataRequired(_("Skriv, hvordan der trækkes lod.")), Length(max=_LONGEST_METHOD), without_cpr],
    )
    draw_at = CopenhagenField(_("Dag og klokkeslæt (dansk tid)"), [InputRequired(_("Skriv en dato og et klokkeslæt."))])


class ChangeForm(AnnounceForm):
    """Another announcement in the place of one that was wrong."""

    reason = TextAreaField(
        _("Hvorfor ændres det?"), [DataRequired(_("Skriv en begrundelse.")), Length(max=_LONGEST_REASON), without_cpr]
    )


class EntryForm(FlaskForm):
    """What was drawn, and who saw it."""

    seed = StringField(
        _("Det, der blev trukket"),
        [DataRequired(_("Skriv det, der blev trukket.")), Length(max=_LONGEST_SEED), without_cpr],
    )
    first_witness = StringField(
        _("Første vidne"), [DataRequired(_("Skriv vidnets navn.")), Length(max=_LONGEST_NAME), without_cpr]
    )
    second_witness = StringField(
        _("Andet vidne"), [DataRequired(_("Skriv vidnets navn.")), Length(max=_LONGEST_NAME), without_cpr]
    )


class ConfirmForm(FlaskForm):
    """The second official's word for what the first entered."""

    seen = HiddenField()
    checked = BooleanField(
        _("Jeg har selv set, hvad der blev trukket, og det står rigtigt her."),
        [InputRequired(_("Sæt kryds for at bekræfte."))],
    )


class DropForm(FlaskForm):
    """Nothing but the wish to take back what was entered."""
