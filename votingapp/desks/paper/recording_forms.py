"""What is entered about the papers of the booths (kontrolsedler): what one counter found, and what explains a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from tally.paper_record import RecordFigures
from votingapp.desks.paper.forms import MOST_CANDIDATES, figure
from votingapp.store.paper_records import NUMBER, VOTES
from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import without_cpr

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_EXPLANATION = 1500


class BoxForm(FlaskForm):
    """What one official counted where the rules ask for the number alone."""

    papers = figure(_("Kontrolsedler i kassen i alt"))
    unreadable = figure(_("Heraf ulæselige"))
    spoilt = figure(_("Kasserede kontrolsedler i kuverten"))

    @property
    def figures(self) -> RecordFigures:
        """What was entered, once the form has been found complete."""
        return RecordFigures(self.papers.data, self.unreadable.data, self.spoilt.data)


class BoxByCandidateForm(BoxForm):
    """What one official counted where the rules ask for each candidate, in ballot order."""

    blank = figure(_("Heraf blanke"))
    votes = FieldList(figure(_("Stemmer")), max_entries=MOST_CANDIDATES)

    def __init__(self, candidates: Sequence[str], **options: Any) -> None:
        """`candidates` are named as on the ballot and in its order."""
        super().__init__(**options)
        while len(self.votes) < len(candidates):
            self.votes.append_entry()
        for entry, name in zip(self.votes, candidates, strict=False):
            entry.label.text = name

    @property
    def figures(self) -> RecordFigures:
        """What was entered, once the form has been found complete."""
        votes = tuple(entry.data for entry in self.votes)
        return RecordFigures(self.papers.data, self.unreadable.data, self.spoilt.data, self.blank.data, votes)


class ExplainTrailForm(FlaskForm, SecondOfficial):
    """What explains a difference between the papers and the urn, and which one."""

    account = HiddenField(validators=[InputRequired(), Regexp(rf"({NUMBER}|{VOTES})\Z")])
    expected = HiddenField(validators=[InputRequired(), Regexp(r"\d{1,7}\Z")])
    found = HiddenField(validators=[InputRequired(), Regexp(r"\d{1,7}\Z")])
    text = TextAreaField(
        _("Forklaring"),
        [
            DataRequired(_("Skriv, hvad der er sket, eller at I ikke ved det.")),
            Length(max=LONGEST_EXPLANATION, message=_("Højst %(max)d tegn.")),
            without_cpr,
        ],
        filters=[lambda text: text.strip() if text else text],
    )

    def names(self, account: str) -> bool:
        """Whether the form is about this account."""
        return bool(self.account.data == account)
