"""What is filled in about the members: who leaves, what became of a free seat, who stayed away, who cannot enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tally.vacancy import Cause, Step
from votingapp.desks.members.substituting import REASONS
from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import without_cpr
from votingapp.web.vacancy_words import CAUSES, STEPS
from votingapp.web.vacancy_words import REASONS as SAID_REASONS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_LONGEST = 1000
_MOST_SEATS = 60
_NOTHING_CHOSEN = SelectChoice("", _("Vælg"))
"""Two sign what is chosen here: nothing is chosen before one of them has looked."""

_WHY_MISSING = _("Vælg, hvorfor.")


class Words(TextAreaField):
    """A field for a few sentences, which are sealed and still hold no CPR number."""

    def __init__(self, label: str, missing: str = "", **options: object) -> None:
        asked = DataRequired(missing) if missing else Optional()
        super().__init__(label, [asked, Length(max=_LONGEST, message=_("Højst 1.000 tegn.")), without_cpr], **options)


class LeavingForm(FlaskForm, SecondOfficial):
    """A member leaves."""

    cause = SelectField(
        _("Hvorfor?"),
        choices=[_NOTHING_CHOSEN, *(SelectChoice(one.value, CAUSES[one]) for one in Cause)],
        validators=[InputRequired(_WHY_MISSING)],
    )
    left_on = DateField(_("Sidste dag som medlem"), [InputRequired(_("Skriv den sidste dag som medlem."))])
    evidence = Words(_("Hvordan ved I det?"), _("Skriv, hvordan I ved det."))


class AbsenceForm(FlaskForm):
    """A member stayed away from a meeting."""

    met_on = DateField(_("Mødedato"), [InputRequired(_("Skriv, hvilken dag mødet blev holdt."))])
    excused = BooleanField(_("Der var meldt afbud, eller der er en forklaring"))
    note = Words(_("Bemærkning"))


class ExcuseForm(FlaskForm):
    """A reason was told afterwards."""

    note = Words(_("Forklaringen"), _("Skriv forklaringen."))


class ProposeForm(FlaskForm, SecondOfficial):
    """The next of the list is proposed, or the seat stays vacant: the list says which, and people confirm it."""

    step = HiddenField(validators=[InputRequired()])
    seen = IntegerField(widget=HiddenField.widget, validators=[InputRequired()])
    proposed = HiddenField()
    day = DateField(_("Dato"), [InputRequired(_("Skriv datoen."))])
    words = Words(_("Bemærkning"))


class StepForm(FlaskForm, SecondOfficial):
    """What happened with the one who is proposed."""

    step = SelectField(_("Hvad er der sket?"), [InputRequired(_("Vælg, hvad der er sket."))])
    seen = IntegerField(widget=HiddenField.widget, validators=[InputRequired()])
    day = DateField(_("Dato"), [InputRequired(_("Skriv datoen."))])
    enters_on = DateField(_("Første dag som medlem"), [Optional()])
    words = Words(_("Bemærkning"))

    def offer(self, may: Collection[Step]) -> None:
        """Let one choose among what can happen now."""
        self.step.choices = [
            _NOTHING_CHOSEN,
            *(SelectChoice(one.value, STEPS[one]) for one in Step if one in may),
        ]


class PostponeForm(FlaskForm):
    """The item was put off."""

    seen = IntegerField(widget=HiddenField.widget, validators=[InputRequired()])
    day = DateField(_("Mødedato"), [InputRequired(_("Skriv, hvilken dag mødet blev holdt."))])
    words = Words(_("Hvorfor?"))


class AskForm(FlaskForm):
    """Nothing but the wish to write to whoever is proposed."""


class OrderForm(FlaskForm, SecondOfficial):
    """Which of several seats of one day is filled first, and how that was found."""

    order = FieldList(SelectField(_("Besættes"), validate_choice=False), max_entries=_MOST_SEATS)
    how = StringField(
        _("Hvordan er rækkefølgen fundet?"),
        [
            DataRequired(_("Skriv, hvordan rækkefølgen er fundet.")),
            Length(max=200, message=_("Højst 200 tegn.")),
            without_cpr,
        ],
    )

    def offer(self, seats: Sequence[int]) -> None:
        """One place for each of these seats, none chosen beforehand."""
        while len(self.order) < len(seats):
            self.order.append_entry()
        for entry in self.order:
            entry.choices = [SelectChoice("", _("Vælg")), *(SelectChoice(str(one)) for one in seats)]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The seats in the order that was chosen; nothing where one place is empty or names no number."""
        told = [one or "" for one in self.order.data]
        fit = all(one.isdecimal() and len(one) <= len(str(_MOST_SEATS)) for one in told)
        return tuple(int(one) for one in told) if fit else ()


class SubstituteForm(FlaskForm, SecondOfficial):
    """A substitute can no longer enter."""

    reason = SelectField(
        _("Hvorfor?"),
        choices=[_NOTHING_CHOSEN, *(SelectChoice(one.value, SAID_REASONS[one]) for one in REASONS)],
        validators=[InputRequired(_WHY_MISSING)],
    )
    day = DateField(_("Fra hvilken dag?"), [InputRequired(_("Skriv datoen."))])
    evidence = Words(_("Hvordan ved I det?"), _("Skriv, hvordan I ved det."))
