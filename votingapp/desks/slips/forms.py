"""What is entered about slips: how many are printed, moved, counted or void, and what explains a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp

from ballots.slips import Difference, DifferenceCode, Movement
from votingapp.desks.slips.printing import MOST_AT_ONCE
from votingapp.store.ledger import BOARD
from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import WholeNumberField, without_cpr
from votingapp.web.once import OnceForm
from votingapp.web.slip_fields import SlipFields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MOST = 100_000
_MOST_DESKS = 150
_LONGEST_REASON = 300
_LONGEST_EXPLANATION = 1500
_CODES = "|".join(code.value for code in DifferenceCode)


def _number(label: str, least: int) -> WholeNumberField:
    return WholeNumberField(
        label,
        [
            InputRequired(_("Skriv et tal.")),
            NumberRange(least, _MOST, message=_("Skriv et helt tal, talt efter.")),
        ],
    )


def _reason(label: str, missing: str) -> StringField:
    too_long = _("Højst %(max)d tegn.")
    checks = [DataRequired(missing), Length(max=_LONGEST_REASON, message=too_long), without_cpr]
    return StringField(label, checks, filters=[lambda text: text.strip() if text else text])


class _Box(OnceForm):
    """Which box it is about."""

    box = SelectField(_("Kasse"))

    def offer(self, desks: Iterable[str], *, board: bool = True) -> None:
        """Offer the boxes that there are."""
        own = [SelectChoice(BOARD, _("Valgbestyrelsens kasse"))] if board else []
        self.box.choices = [*own, *(SelectChoice(desk, desk) for desk in desks)]


class PrintForm(FlaskForm):
    """How many slips to print."""

    number = WholeNumberField(
        _("Antal stemmesedler"),
        [
            InputRequired(_("Skriv et tal.")),
            NumberRange(1, MOST_AT_ONCE, message=_("Skriv et tal fra 1 til 1000. Print flere ad flere gange.")),
        ],
    )


class StackForm(Form, SecondOfficial):
    """One counted stack and its desk, whose official signs; a desk that gets none is left empty."""

    box = HiddenField()
    number = _number(_("Antal sedler i stakken"), 1)

    def is_empty(self) -> bool:
        """Whether nothing was written for this desk."""
        return not any((field.raw_data or [""])[0].strip() for field in self if field.short_name != "box")


class SupplyForm(OnceForm):
    """Counted stacks go from the board's box to desks, or come back; for each desk the other side signs."""

    kind = SelectField(
        _("Hvad sker der?"),
        choices=[
            SelectChoice(Movement.TO_DESK.value, _("Valgbestyrelsen giver sedler til bordene")),
            SelectChoice(Movement.FROM_DESK.value, _("Bordene giver sedler tilbage")),
        ],
    )
    stacks = FieldList(FormField(StackForm), max_entries=_MOST_DESKS)

    def rows(self) -> tuple[StackForm, ...]:
        """The rows of the desks, as they stand on the page."""
        return tuple(entry.form for entry in self.stacks.entries)

    def offer(self, desks: Iterable[str]) -> None:
        """Have one row for each of these desks, in their order; what was written for one of them stays but its password."""
        entries = {entry.form.box.data: entry for entry in self.stacks.entries}
        for desk in desks:
            if desk not in entries:
                entries[desk] = self.stacks.append_entry({"box": desk})
        self.stacks.entries = [entries[desk] for desk in desks]

    def take(self, desks: Collection[str]) -> bool:
        """Check what was sent for these desks, whatever the rows say; only filled rows are left, each with its own errors."""
        filled = [entry for entry in self.stacks.entries if not entry.form.is_empty()]
        self.stacks.entries = filled
        self.validate()
        named = [entry.form.box.data for entry in filled]
        if not set(named) <= set(desks) or len(set(named)) < len(named):
            self.form_errors.append(_("Bordene er ikke de samme mere. Begynd forfra."))
        elif not named:
            self.form_errors.append(_("Skriv, hvor mange sedler mindst ét bord giver eller får."))
        return not any(field.errors for field in self if field is not self.stacks) and not self.form_errors


class CountForm(_Box, SecondOfficial):
    """How many two counted in a box and its envelope: a recount that comes out ends a difference, so one alone types none."""

    number = _number(_("Antal talte sedler"), 0)
    spoiled = _number(_("Antal sedler i kuverten"), 0)


class VoidForm(_Box, SlipFields):
    """A slip that can be read and is made void."""

    reason = _reason(_("Hvad er der galt med sedlen?"), _("Skriv, hvad der er galt med sedlen."))


class VoidUnreadForm(_Box, SecondOfficial):
    """Slips that nobody can read, or that never came out of the printer."""

    number = _number(_("Antal sedler"), 1)
    reason = _reason(_("Hvad er der galt med dem?"), _("Skriv, hvad der er galt med dem."))


class TakeForm(FlaskForm, SlipFields):
    """A slip that a voter brings back."""


class TakeBackForm(TakeForm, SecondOfficial):
    """A slip that a voter brings back for good, which leaves the urn room for one ballot fewer: a colleague signs too."""


class TakeUnreadForm(OnceForm, SecondOfficial):
    """A slip that a voter brings back and nobody can read."""

    reason = _reason(_("Hvorfor kan koden ikke læses?"), _("Skriv, hvorfor koden ikke kan læses."))


class TakePaperForm(OnceForm, SecondOfficial):
    """A paper ballot that a voter brings back: nothing of it can be read, so a colleague signs too."""


class ExplainForm(FlaskForm, SecondOfficial):
    """What explains a difference, and which one."""

    code = HiddenField(validators=[InputRequired(), Regexp(rf"({_CODES})\Z")])
    desk = HiddenField(validators=[Length(max=60)])
    expected = HiddenField(validators=[InputRequired(), Regexp(r"-?\d{1,7}\Z")])
    found = HiddenField(validators=[InputRequired(), Regexp(r"\d{1,7}\Z")])
    text = TextAreaField(
        _("Forklaring"),
        [
            DataRequired(_("Skriv, hvad der er sket, eller at I ikke ved det.")),
            Length(max=_LONGEST_EXPLANATION, message=_("Højst %(max)d tegn.")),
            without_cpr,
        ],
        filters=[lambda text: text.strip() if text else text],
    )

    def difference(self) -> Difference:
        """The difference that the hidden fields name; the form has been validated."""
        return Difference(
            DifferenceCode(self.code.data),
            int(self.expected.data or 0),
            int(self.found.data or 0),
            self.desk.data or "",
        )

    def names(self, difference: Difference) -> bool:
        """Whether the form is about this difference."""
        named = (self.code.data, self.desk.data or "", self.expected.data, self.found.data)
        return named == (difference.code.value, difference.desk, str(difference.expected), str(difference.found))
