"""What is filled in when no vote is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from votingapp.web.fields import without_cpr

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_BODY = 100
_LONGEST_REASON = 1000
_LONGEST_SENTENCE = 500
_MOST_SENTENCES = 200


class SentenceForm(Form):
    """Why one candidate is elected although not every rule is satisfied."""

    nomination = HiddenField()
    sentence = StringField(
        _("Hvorfor kan hun eller han vælges alligevel?"), [Length(max=_LONGEST_SENTENCE), without_cpr]
    )


class UncontestedForm(FlaskForm):
    """Which body decided it and why, and a sentence for each candidate who is in doubt."""

    seen = HiddenField()
    sentences = FieldList(FormField(SentenceForm), max_entries=_MOST_SENTENCES)
    body = StringField(
        _("Hvem har besluttet det?"),
        [DataRequired(_("Skriv, hvem der har besluttet det.")), Length(max=_LONGEST_BODY), without_cpr],
    )
    reason = TextAreaField(
        _("Begrundelse"), [DataRequired(_("Skriv en begrundelse.")), Length(max=_LONGEST_REASON), without_cpr]
    )
    confirm = BooleanField(
        _("Beslutningen er truffet. Den kan ikke tages tilbage."), [InputRequired(_("Sæt kryds for at bekræfte."))]
    )

    def show(self, seen: str, in_doubt: Iterable[str]) -> None:
        """Ask about the list as it is now: its fingerprint, and the nomination ids that need a sentence."""
        written = self.read_sentences()
        self.seen.data = seen
        while self.sentences.entries:
            self.sentences.pop_entry()
        for nomination_id in in_doubt:
            self.sentences.append_entry({"nomination": nomination_id, "sentence": written.get(nomination_id, "")})

    def read_sentences(self) -> dict[str, str]:
        """The sentences by nomination id."""
        return {row["nomination"] or "": row["sentence"] or "" for row in self.sentences.data}
