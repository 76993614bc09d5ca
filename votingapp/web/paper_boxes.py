"""What one official enters who counts a box of the booths' papers (kontrolsedler), by number or by candidate too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FieldList
from wtforms.validators import InputRequired, NumberRange

from tally.paper_record import RecordFault, RecordFigures
from votingapp.web.fields import WholeNumberField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wtforms import Field

MOST_CANDIDATES = 500
MOST_PAPERS = 1_000_000


def figure(label: str) -> Field:
    """A field for a figure that is counted."""
    return WholeNumberField(
        label,
        [
            InputRequired(_("Skriv et tal. Skriv 0, når der ingen er.")),
            NumberRange(0, MOST_PAPERS, message=_("Skriv et helt tal fra 0 og op.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


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


def tell_fault(fault: RecordFault) -> str:
    """Why no box of papers can show what was entered."""
    match fault:
        case RecordFault.MORE_PARTS_THAN_PAPERS:
            return str(gettext("Der er flere ulæselige og blanke sedler end sedler i alt."))
        case RecordFault.MORE_VOTES_THAN_PAPERS:
            return str(gettext("En kandidat har flere stemmer, end der er sedler med stemmer på."))
        case RecordFault.TOO_FEW_VOTES:
            return str(
                gettext(
                    "Der er færre stemmer end sedler. En seddel, der hverken er blank eller ulæselig, har mindst én."
                )
            )
        case RecordFault.TOO_MANY_VOTES:
            return str(gettext("Der er flere stemmer, end sedlerne kan bære."))
