"""What the board enters at the count: the wish to go on, and the lots it drew."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, SelectField, StringField
from wtforms.validators import InputRequired, Length

from votingapp.web.cosign import SecondOfficial

MOST_IN_A_LOT = 100


class StepForm(FlaskForm):
    """Nothing but the wish to take the next step."""


class LotForm(FlaskForm, SecondOfficial):
    """One lot: who was drawn first, second and so on, how, and before whom; a second of the board says so too."""

    order = FieldList(SelectField(_("Trukket"), validate_choice=False), max_entries=MOST_IN_A_LOT)
    method = StringField(
        _("Sådan blev der trukket lod"), [InputRequired(_("Skriv, hvordan der blev trukket lod.")), Length(max=200)]
    )
    first_witness = StringField(
        _("Første vidne"), [InputRequired(_("Skriv navnet på det første vidne.")), Length(max=100)]
    )
    second_witness = StringField(
        _("Andet vidne"), [InputRequired(_("Skriv navnet på det andet vidne.")), Length(max=100)]
    )
