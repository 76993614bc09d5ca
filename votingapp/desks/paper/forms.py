"""What is entered about paper ballots: how many to print, and what one counter found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList
from wtforms.validators import InputRequired, NumberRange

from tally.paper import InvalidReason, PaperFigures
from votingapp.desks.paper.printing import MOST_AT_ONCE
from votingapp.web.fields import WholeNumberField
from votingapp.web.paper_boxes import MOST_CANDIDATES, figure

if TYPE_CHECKING:
    from collections.abc import Sequence


class PrintForm(FlaskForm):
    """How many paper ballots to print."""

    number = WholeNumberField(
        _("Antal papirstemmesedler"),
        [
            InputRequired(_("Skriv et tal.")),
            NumberRange(1, MOST_AT_ONCE, message=_("Skriv et tal fra 1 til 500. Print flere ad flere gange.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class CountForm(FlaskForm):
    """What one official counted: votes by candidate, in ballot order, and the ballots by kind."""

    votes = FieldList(figure(_("Stemmer")), max_entries=MOST_CANDIDATES)
    valid = figure(_("Gyldige stemmesedler"))
    blank = figure(_("Blanke stemmesedler"))
    too_many = figure(_("Ugyldige: for mange krydser"))
    uncertain = figure(_("Ugyldige: det er ikke klart, hvem der er stemt på"))
    not_issued_here = figure(_("Ugyldige: ikke udleveret her"))
    marked = figure(_("Ugyldige: kan kendes på et mærke"))

    def __init__(self, candidates: Sequence[str], **options: Any) -> None:
        """`candidates` are named as on the ballot and in its order."""
        super().__init__(**options)
        while len(self.votes) < len(candidates):
            self.votes.append_entry()
        for entry, name in zip(self.votes, candidates, strict=False):
            entry.label.text = name

    @property
    def figures(self) -> PaperFigures:
        """What was entered, once the form has been found complete."""
        return PaperFigures(
            votes=tuple(entry.data for entry in self.votes),
            valid=self.valid.data,
            blank=self.blank.data,
            invalid=tuple((reason, self[reason.value].data) for reason in InvalidReason),
        )
