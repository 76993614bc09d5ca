"""What is chosen when a key ceremony begins."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget


class CeremonyForm(FlaskForm):
    """Who holds a part of the key, and how many of them are needed."""

    members = SelectMultipleField(
        _("Nøgleholdere"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), validators=[]
    )
    threshold = IntegerField(
        _("Så mange af dem skal være til stede for at åbne urnen"),
        [InputRequired(_("Skriv et tal.")), NumberRange(min=1, message=_("Der skal bruges mindst én."))],
    )


class AbandonForm(FlaskForm):
    """Nothing but the wish to begin anew."""
