"""What the board enters at the count: the wish to go on, and the lots it held."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from votingapp.web.cosign import SecondOfficial

MOST_IN_A_LOT = 100
_LONGEST_TYPED = 100
"""Signs: 24 throws, and the blanks that people write between them."""


class StepForm(FlaskForm):
    """Nothing but the wish to take the next step."""


class Witnessed(SecondOfficial):
    """Fields of a lot that was held: where, before whom, and the second of the board who says so too."""

    place = StringField(_("Sted"), [InputRequired(_("Skriv, hvor der blev trukket lod.")), Length(max=150)])
    first_witness = StringField(
        _("Første vidne"), [InputRequired(_("Skriv navnet på det første vidne.")), Length(max=100)]
    )
    second_witness = StringField(
        _("Andet vidne"), [InputRequired(_("Skriv navnet på det andet vidne.")), Length(max=100)]
    )


class LotForm(FlaskForm, Witnessed):
    """One lot drawn by hand: who came first, second and so on."""

    order = FieldList(SelectField(_("Trukket"), validate_choice=False), max_entries=MOST_IN_A_LOT)


class AnnounceForm(FlaskForm, SecondOfficial):
    """Dice shall decide between just these people (ids with a blank between); a second of the board says so too."""

    among = HiddenField()

    @property
    def people(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple((self.among.data or "").split())


class DiceForm(FlaskForm, Witnessed):
    """What the dice showed in an announced lot, written down by each of the two."""

    number = IntegerField(widget=HiddenInput())
    digits = StringField(
        _("Øjnene i den rækkefølge, de faldt (24 tal fra 1 til 6)"),
        [InputRequired(_("Skriv de 24 tal.")), Length(max=_LONGEST_TYPED)],
    )
    again = StringField(
        _("De samme øjne, skrevet af den anden"),
        [InputRequired(_("Den anden skriver også de 24 tal.")), Length(max=_LONGEST_TYPED)],
    )
