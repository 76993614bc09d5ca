"""What is filled in when the poll is postponed or the election annulled."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import CopenhagenField, DayField, without_cpr

_LONGEST_BODY = 200
_LONGEST_REASON = 1000
_NOT_TICKED = _("Sæt kryds for at bekræfte.")


class HoursForm(FlaskForm):
    """When the poll is to be held instead; it is asked for in the address, and changes nothing."""

    class Meta:
        """Nothing is done by it, so it needs no token."""

        csrf = False

    opens = CopenhagenField(_("Afstemningen åbner (dansk tid)"), [InputRequired(_("Skriv en dato og et klokkeslæt."))])
    closes = CopenhagenField(
        _("Afstemningen slutter (dansk tid)"), [InputRequired(_("Skriv en dato og et klokkeslæt."))]
    )


class DecisionForm(FlaskForm, SecondOfficial):
    """Which body decided, on which day and why; a second official says so too."""

    body = StringField(
        _("Hvem har besluttet det?"),
        [
            DataRequired(_("Skriv, hvem der har besluttet det.")),
            Length(max=_LONGEST_BODY, message=_("Højst %(max)d tegn.")),
            without_cpr,
        ],
    )
    decided_on = DayField(_("Beslutningens dato"), [InputRequired(_("Skriv en dato."))])
    reason = TextAreaField(
        _("Begrundelse"),
        [
            DataRequired(_("Skriv en begrundelse.")),
            Length(max=_LONGEST_REASON, message=_("Højst %(max)d tegn.")),
            without_cpr,
        ],
    )


class PostponeForm(DecisionForm):
    """The hours that were looked at, and what they change as it was seen."""

    opens = CopenhagenField(_("Afstemningen åbner (dansk tid)"), [InputRequired(_("Skriv en dato og et klokkeslæt."))])
    closes = CopenhagenField(
        _("Afstemningen slutter (dansk tid)"), [InputRequired(_("Skriv en dato og et klokkeslæt."))]
    )
    seen = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])
    confirm = BooleanField(
        _("Vi har set, hvad udsættelsen ændrer. Dagen kan ikke rykkes tilbage."), [InputRequired(_NOT_TICKED)]
    )


class AnnulForm(DecisionForm):
    """There is no way back from it."""

    confirm = BooleanField(
        _("Valget gælder ikke. Det kan ikke tages tilbage; et nyt valg oprettes for sig."), [InputRequired(_NOT_TICKED)]
    )
