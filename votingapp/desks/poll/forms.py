"""What is entered when slips are printed and when the poll takes one of its steps."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from votingapp.desks.poll.slips import MOST_AT_ONCE

_NOT_TICKED = _("Sæt kryds for at bekræfte.")


class SlipsForm(FlaskForm):
    """How many slips to print."""

    number = IntegerField(
        _("Antal stemmesedler"),
        [
            InputRequired(_("Skriv et tal.")),
            NumberRange(1, MOST_AT_ONCE, message=_("Skriv et tal fra 1 til 1000. Print flere ad flere gange.")),
        ],
    )


class FreezeForm(FlaskForm):
    """The last look before everything is fixed."""

    confirm = BooleanField(
        _("Vi har set kandidatlisten, reglerne og antallet af stemmesedler efter."), [InputRequired(_NOT_TICKED)]
    )


class OpenForm(FlaskForm):
    """The board has seen the empty urn."""

    confirm = BooleanField(_("Valgbestyrelsen er til stede og har set, at urnen er tom."), [InputRequired(_NOT_TICKED)])


class CloseForm(FlaskForm):
    """The last voter has left."""

    confirm = BooleanField(_("Den sidste vælger har stemt, og lokalet er lukket."), [InputRequired(_NOT_TICKED)])
