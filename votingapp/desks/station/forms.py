"""What is written and pressed in the course of the evening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from candidates.cpr import blank_out_cpr, may_hold_cpr
from candidates.texts import RefusedText, read_statement
from votingapp.store.incidents import Written
from votingapp.store.queues import STEPS
from votingapp.web.cosign import login_field, password_field
from votingapp.web.fields import WholeNumberField
from votingapp.web.once import OnceForm
from votingapp.web.wording import say_text

if TYPE_CHECKING:
    from wtforms import Field

    from votingapp.store.elections import Election

LONGEST_INCIDENT = 1000
LONGEST_MESSAGE = 300
_MOST_SLIPS = 100_000

OWN_WORDS = "own"
READY_MESSAGES = {
    "doors": _("Dørene lukkes om 10 minutter."),
    "printed_roll": _("Brug den trykte valgliste og papirstemmesedler nu. Luk ingen ind på skærmen, før I får besked."),
    "normal": _("Fortsæt som normalt på skærmen."),
    "pause": _("Vent med at lukke vælgere ind, til I får besked."),
    "closed": _("Dørene er lukket. Kun de, der står i kø, kan stadig stemme."),
}
"""What the board says most often, ready to be sent."""


class PlainText:
    """A text for many eyes: taken as written or refused with a reason, and never with what may be a CPR number.

    `empty` is what is said of a text without a word; without it such a text may be sent.
    """

    def __init__(self, limit: int, empty: Any = None) -> None:
        self._limit = limit
        self._empty = empty

    def __call__(self, form: FlaskForm, field: Field) -> None:
        """Refuse what cannot stand in a record; the field holds the text as it is kept."""
        del form
        read = read_statement(field.data or "", self._limit)
        if isinstance(read, RefusedText):
            raise ValidationError(say_text(read))
        if self._empty is not None and not read.strip():
            raise ValidationError(str(self._empty))
        if may_hold_cpr(read):
            field.data = blank_out_cpr(read)
            raise ValidationError(
                gettext("Teksten ligner et CPR-nummer. Skriv uden numre på personer; teksten kommer i protokollen.")
            )
        field.data = read


class IncidentForm(OnceForm):
    """A line for the log of incidents, or for the one that it puts right."""

    text = TextAreaField(_("Hvad er der sket?"), [PlainText(LONGEST_INCIDENT, empty=_("Skriv, hvad der er sket."))])
    corrects = WholeNumberField(
        _("Retter linje nummer"),
        [Optional(), NumberRange(1, 100_000, _("Skriv nummeret på den linje, der skal rettes."))],
    )

    def line(self, election: Election, desk: str) -> Written:
        """What was written at a desk, or by the board; the form has been validated."""
        text, corrects = self.text.data, self.corrects.data
        return Written(desk, text, corrects, self.id_of(election.id, desk, corrects, text))


class MessageForm(FlaskForm):
    """A message to all desks: one of those that are ready, or the board's own words."""

    ready = RadioField(
        _("Besked til alle borde"),
        [InputRequired(_("Vælg en besked, eller skriv din egen."))],
        choices=[
            *(SelectChoice(value, text) for value, text in READY_MESSAGES.items()),
            SelectChoice(OWN_WORDS, _("Egne ord:")),
        ],
    )
    text = TextAreaField(_("Skriv din egen besked"), [PlainText(LONGEST_MESSAGE)])

    def validate(self, extra_validators: object = None) -> bool:
        """Own words are asked for where they are chosen."""
        if not super().validate(extra_validators):
            return False
        if self.ready.data == OWN_WORDS and not self.text.data:
            self.text.errors = [gettext("Skriv beskeden.")]
            return False
        return True


class QueueForm(FlaskForm):
    """How many stand in line, by the button that was pressed."""

    waiting = RadioField(
        _("Hvor mange venter?"), [InputRequired()], choices=[SelectChoice(str(step)) for step in STEPS]
    )


class ShiftForm(OnceForm):
    """What the two counted, and who takes over."""

    second_login = login_field(_("Den nyes brugernavn"), _("Den nye skriver sit brugernavn."))
    second_password = password_field(_("Den nyes adgangskode"), _("Den nye skriver sin adgangskode."))
    slips = WholeNumberField(
        _("Stemmesedler i kassen"),
        [
            InputRequired(_("Tæl stemmesedlerne i kassen, og skriv tallet. Er der ingen, så skriv 0.")),
            NumberRange(0, _MOST_SLIPS, _("Skriv et helt tal fra 0.")),
        ],
    )
    ballots = WholeNumberField(
        _("Papirstemmesedler i kassen"),
        [Optional(), NumberRange(0, _MOST_SLIPS, _("Skriv et helt tal fra 0."))],
    )
    left = BooleanField(_("Den, der sad her før, er gået. Jeg er ny her, og en anden har talt med."))
