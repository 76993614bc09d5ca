"""What is filled in of a complaint and of each step with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tally.complaints import NEEDS_TWO, Outcome, Remedy, Step, StepKind, Subject
from votingapp.desks.complaints.words import OUTCOMES, REMEDIES, SUBJECTS
from votingapp.store.complaints import Particulars
from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import CopenhagenField, DayField, without_cpr
from votingapp.web.once import OnceForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from votingapp.store.ballot_paper import Line

_LONGEST_NAME = 100
_LONGEST_CONTACT = 300
_LONGEST_WORDS = 10_000
_LONGEST_BODY = 200
_TOO_LONG = _("Højst %(max)d tegn.")


def _strip(text: str | None) -> str:
    return (text or "").strip()


class ReceiveForm(OnceForm):
    """A complaint as it came in writing."""

    received_at = CopenhagenField(_("Modtaget (dansk tid)"), [InputRequired(_("Skriv, hvornår klagen kom."))])
    subject = SelectField(
        _("Hvad handler den om?"),
        choices=[SelectChoice("", _("Vælg")), *(SelectChoice(one.value, SUBJECTS[one]) for one in Subject)],
        validators=[InputRequired(_("Vælg, hvad klagen handler om."))],
    )
    who = StringField(
        _("Hvem klager? (tomt, hvis klagen er uden navn)"),
        [Length(max=_LONGEST_NAME, message=_TOO_LONG), without_cpr],
        filters=[_strip],
    )
    contact = TextAreaField(
        _("Adresse, e-mail eller telefon (kan være tomt)"),
        [Length(max=_LONGEST_CONTACT, message=_TOO_LONG), without_cpr],
        filters=[_strip],
    )
    words = TextAreaField(
        _("Klagens ord"),
        [
            DataRequired(_("Skriv klagen af.")),
            Length(max=_LONGEST_WORDS, message=_TOO_LONG),
            without_cpr,
        ],
        filters=[_strip],
    )
    late = TextAreaField(
        _("Kom den efter fristen: hvorfor?"),
        [Length(max=_LONGEST_CONTACT, message=_TOO_LONG), without_cpr],
        filters=[_strip],
    )

    def particulars(self) -> Particulars:
        """What is sealed."""
        return Particulars(self.who.data, self.contact.data, self.words.data, self.late.data)


class StepForm(FlaskForm):
    """A step that one official takes: on which day, and what was done."""

    kind = HiddenField()
    day = DayField(_("Dato"), [InputRequired(_("Skriv en dato."))])
    words = TextAreaField(
        _("Hvad er der gjort?"),
        [
            DataRequired(_("Skriv, hvad der er gjort.")),
            Length(max=_LONGEST_WORDS, message=_TOO_LONG),
            without_cpr,
        ],
        filters=[_strip],
    )
    seen = BooleanField(_("Vi har set advarslen. Datoen er rigtig."))

    def step(self) -> Step:
        """The step; the form has been validated."""
        return Step(StepKind(self.kind.data), self.day.data)

    def body_name(self) -> str:
        """Who decided, "" where nothing was."""
        return ""


class ClosingForm(StepForm, SecondOfficial):
    """A step that closes the complaint; another official confirms it."""


class DecisionForm(StepForm, SecondOfficial):
    """What a body decided, in the words of its minutes."""

    words = TextAreaField(
        _("Afgørelsen, som den står i referatet"),
        [
            DataRequired(_("Skriv afgørelsen, som den står i referatet.")),
            Length(max=_LONGEST_WORDS, message=_TOO_LONG),
            without_cpr,
        ],
        filters=[_strip],
    )
    body = StringField(
        _("Hvem har afgjort klagen?"),
        [
            DataRequired(_("Skriv, hvem der har afgjort klagen.")),
            Length(max=_LONGEST_BODY, message=_TOO_LONG),
            without_cpr,
        ],
        default=_("Byrådet"),
    )
    outcome = SelectField(
        _("Hvad er der afgjort?"),
        choices=[SelectChoice("", _("Vælg")), *(SelectChoice(one.value, OUTCOMES[one]) for one in Outcome)],
        validators=[InputRequired(_("Vælg, hvad der er afgjort."))],
    )
    remedy = SelectField(
        _("Rettes udfaldet: hvordan?"),
        choices=[SelectChoice("", _("Ikke relevant")), *(SelectChoice(one.value, REMEDIES[one]) for one in Remedy)],
        validators=[Optional()],
    )
    candidate = SelectField(_("Træder en suppleant ind: for hvem?"), validators=[Optional()])

    def offer(self, lines: Iterable[Line]) -> None:
        """Whose election can be set aside: everybody on the ballot."""
        everybody = (SelectChoice(line.id, line.label) for line in lines)
        self.candidate.choices = [SelectChoice("", _("Ikke relevant")), *everybody]

    def step(self) -> Step:
        """The decision; what is not asked for by its outcome is left out."""
        outcome = Outcome(self.outcome.data)
        corrected = outcome is Outcome.CORRECTED and self.remedy.data
        remedy = Remedy(self.remedy.data) if corrected else None
        candidate = self.candidate.data or None if remedy is Remedy.SUBSTITUTE else None
        return Step(StepKind.DECIDED, self.day.data, outcome, remedy, candidate)

    def body_name(self) -> str:
        """Who decided."""
        return " ".join((self.body.data or "").split())


def form_of(kind: StepKind) -> type[StepForm]:
    """The form of a step."""
    if kind is StepKind.DECIDED:
        return DecisionForm
    return ClosingForm if kind in NEEDS_TWO else StepForm
