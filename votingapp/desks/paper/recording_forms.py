"""What two officials write about papers of the booths (kontrolsedler) that do not agree with the urn."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from votingapp.store.paper_records import NUMBER, VOTES
from votingapp.web.cosign import SecondOfficial
from votingapp.web.fields import without_cpr

LONGEST_EXPLANATION = 1500


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
