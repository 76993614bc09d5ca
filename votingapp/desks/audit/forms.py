"""What is filled in when the papers of the booths are audited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from tally.audit.readings import Marks
from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import without_cpr
from votingapp.web.paper_boxes import MOST_PAPERS, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wtforms import Field

LONGEST_TEXT = 1500
_LONGEST_NAME = 100
_LONGEST_TYPED = 100
"""Signs: 24 throws, and the blanks that people write between them."""
_LONGEST_MANIFEST = 20_000
_BATCH = re.compile(r"\d{1,6}")


def _words(label: str, missing: str) -> TextAreaField:
    return TextAreaField(
        label,
        [DataRequired(missing), Length(max=LONGEST_TEXT, message=_("Højst %(max)d tegn.")), without_cpr],
        filters=[lambda text: text.strip() if text else text],
    )


class BatchesForm(FlaskForm, SecondOfficial):
    """How many papers lie in each batch, in the order of the batches."""

    batches = TextAreaField(
        _("Sedler i hver bunke"),
        [InputRequired(_("Skriv et tal for hver bunke.")), Length(max=_LONGEST_MANIFEST)],
    )
    shuffled = BooleanField(
        _("Sedlerne er blandet grundigt, før de blev lagt i bunker."),
        [InputRequired(_("Bland sedlerne først: de ligger i den rækkefølge, vælgerne kom i."))],
    )

    def validate_batches(self, field: Field) -> None:
        """Numbers alone, with blanks or commas between."""
        if not all(_BATCH.fullmatch(one) for one in _split(field.data)):
            raise ValidationError(gettext("Skriv kun hele tal med mellemrum imellem. For eksempel: 50 50 17."))

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many papers lie in each batch, once the form has been found complete."""
        return tuple(int(one) for one in _split(self.batches.data))


def _split(text: str | None) -> list[str]:
    return (text or "").replace(",", " ").split()


class AnnounceForm(FlaskForm, SecondOfficial):
    """What the board may choose of an audit; all else follows from the rules and the result."""

    doubted = figure(_("Sedler, der er i tvivl"))
    most_draws = figure(_("Højst så mange træk"))


class DiceForm(FlaskForm, SecondOfficial):
    """What the dice showed, written down by each of the two, and who saw it."""

    digits = StringField(
        _("Øjnene i den rækkefølge, de faldt (24 tal fra 1 til 6)"),
        [InputRequired(_("Skriv de 24 tal.")), Length(max=_LONGEST_TYPED)],
    )
    again = StringField(
        _("De samme øjne, skrevet af den anden"),
        [InputRequired(_("Den anden skriver også de 24 tal.")), Length(max=_LONGEST_TYPED)],
    )
    first_witness = StringField(
        _("Første vidne"), [DataRequired(_("Skriv vidnets navn.")), Length(max=_LONGEST_NAME), without_cpr]
    )
    second_witness = StringField(
        _("Andet vidne"), [DataRequired(_("Skriv vidnets navn.")), Length(max=_LONGEST_NAME), without_cpr]
    )


class ReadingForm(FlaskForm):
    """What one official read on a drawn paper: the names on it, that it is blank, or that it cannot be read or found."""

    draw = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, MOST_PAPERS)])
    named = SelectMultipleField(
        _("Kandidater på sedlen"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    blank = BooleanField(_("Stemmen er blank"))
    lost = BooleanField(_("Sedlen kan ikke læses eller findes, eller den er ikke fra en stemmeboks"))

    def __init__(self, candidates: Sequence[tuple[str, str]], **options: Any) -> None:
        """`candidates` are id and label, in the order of the ballot."""
        super().__init__(**options)
        self.named.choices = list(candidates)

    def validate_lost(self, _field: Field) -> None:
        """Just one of the three is said."""
        if [bool(self.named.data), bool(self.blank.data), bool(self.lost.data)].count(True) != 1:
            raise ValidationError(gettext("Vælg kandidater, eller blank, eller ulæselig: netop én af de tre."))

    @property
    def marks(self) -> Marks:
        """What was read, once the form has been found complete."""
        return Marks(frozenset(self.named.data or ()), lost=bool(self.lost.data))


class ReasonForm(FlaskForm, SecondOfficial):
    """Why all papers are counted in the place of a sample."""

    reason = _words(_("Hvorfor tælles alle sedler?"), _("Skriv en begrundelse."))


class ExplainForm(FlaskForm, SecondOfficial):
    """What two know of papers that do not agree with the urn."""

    text = _words(_("Forklaring"), _("Skriv, hvad der er sket, eller at I ikke ved det."))
