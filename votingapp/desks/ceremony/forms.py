"""What is chosen when a key ceremony begins, and what is said when it stops."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import without_cpr


class CeremonyForm(FlaskForm):
    """Who holds a part of the key, and how many of them are needed."""

    members = SelectMultipleField(
        _("Nøgleholdere"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), validators=[]
    )
    threshold = IntegerField(
        _("Så mange af dem skal være til stede for at åbne urnen"),
        [InputRequired(_("Skriv et tal.")), NumberRange(min=1, message=_("Der skal bruges mindst én."))],
    )


class StepForm(FlaskForm):
    """Nothing but the wish to begin anew."""


class FoundForm(FlaskForm):
    """The hash that a holder's device found (hex SHA-256)."""

    found = HiddenField(validators=[InputRequired(), Regexp(r"[0-9a-f]{64}\Z")])


class StopForm(FlaskForm):
    """The same, or a dash where the device found none."""

    found = HiddenField(validators=[InputRequired(), Regexp(r"(-|[0-9a-f]{64})\Z")])


class LiftForm(FlaskForm, SecondOfficial):
    """Why it goes on although a holder stopped, and the second of the board who says so too."""

    reason = TextAreaField(
        _("Hvad er undersøgt, og hvorfor kan der fortsættes?"),
        [InputRequired(_("Skriv hvorfor.")), Length(max=500, message=_("Højst 500 tegn.")), without_cpr],
        filters=[lambda text: (text or "").strip()],
    )
