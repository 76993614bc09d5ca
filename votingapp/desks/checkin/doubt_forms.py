"""What a desk writes about a case in doubt, and what a supervisor writes to decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from candidates.cpr import Cpr, parse_cpr
from candidates.texts import RefusedText, read_name
from votingapp.desks.checkin import words
from votingapp.desks.checkin.doubt_words import KINDS
from votingapp.desks.checkin.doubting import Case
from votingapp.desks.checkin.reading import read_birth_date
from votingapp.store.doubts import DoubtKind
from votingapp.web.fields import CprField, without_cpr
from votingapp.web.once import UUID_TEXT, OnceForm
from votingapp.web.wording import say_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from votingapp.store.elections import Election

_LONGEST = 500
_MARK_LENGTH = 64
_MARK = f"[0-9a-f]{{{_MARK_LENGTH}}}"
_TOO_LONG = _("Højst 500 tegn.")


class DoubtForm(OnceForm):
    """A case as a desk raises it."""

    person_id = HiddenField(validators=[Optional(), Regexp(UUID_TEXT)])
    kind = SelectField(
        _("Hvad er der tvivl om?"), choices=[SelectChoice(kind.value, text) for kind, text in KINDS.items()]
    )
    note = TextAreaField(
        _("Hvad siger og viser vælgeren?"),
        [
            InputRequired(_("Skriv kort, hvad vælgeren siger og viser.")),
            Length(max=_LONGEST, message=_TOO_LONG),
            without_cpr,
        ],
        filters=[lambda text: text.strip() if text else text],
    )

    def case(self, election: Election, desk: str) -> Case:
        """The case as it was written at a desk; the form has been validated."""
        kind, person_id, note = DoubtKind(self.kind.data), self.person_id.data or None, self.note.data
        return Case(kind, person_id, note, self.id_of(election.id, desk, kind, person_id, note))


class DecisionForm(FlaskForm):
    """Yes or no with a reason; for a yes, what the papers show and what the voter has declared."""

    reason = TextAreaField(
        _("Begrundelse"),
        [
            InputRequired(_("Skriv begrundelsen. Den kommer i valgbogen.")),
            Length(max=_LONGEST, message=_TOO_LONG),
            without_cpr,
        ],
        filters=[lambda text: text.strip() if text else text],
    )
    resident = BooleanField(_("Papirerne viser, at vælgeren bor i kommunen."))
    name = StringField(_("Navn, som det står på legitimationen"), [Length(max=100, message=_("Højst 100 tegn."))])
    birth_date = StringField(_("Fødselsdato, som papirerne viser"), [Length(max=20, message=_("Højst 20 tegn."))])
    cpr = CprField(_("CPR-nummer, hvis vælgeren har vist det"), [Length(max=20, message=_("Højst 20 tegn."))])
    who = HiddenField(validators=[Optional(), Regexp(rf"({UUID_TEXT}|{_MARK})\Z")])
    declared = BooleanField(_("Vælgeren har sagt ja til erklæringen."))
    paper = BooleanField(_("Stemmer på papir"))

    born: date | None = None
    number: Cpr | None = None

    def validate(self, extra_validators: Mapping[str, object] | None = None) -> bool:
        """Read name, day and number as they are written."""
        if not super().validate(extra_validators):
            return False
        self._read_name()
        self._read_born()
        self._read_number()
        return not self.errors

    @property
    def is_none_of(self) -> str:
        """The mark of those on the roll of whom none is the voter; "" where that has not been said."""
        said = self.who.data or ""
        return said if len(said) == _MARK_LENGTH else ""

    @property
    def person_id(self) -> str | None:
        """Who on the roll the voter turned out to be."""
        return None if self.is_none_of else self.who.data or None

    def latest(self, latest: date) -> None:
        """No day after this one is a birth date."""
        self._latest = latest

    def _read_name(self) -> None:
        if not (self.name.data or "").strip():
            self.name.data = ""
            return
        read = read_name(self.name.data)
        if isinstance(read, RefusedText):
            self.name.errors = [say_text(read)]
        else:
            self.name.data = read

    def _read_born(self) -> None:
        typed = (self.birth_date.data or "").strip()
        if not typed:
            return
        read = read_birth_date(typed)
        days = read.days(self._latest) if read else ()
        if len(days) == 1:
            self.born = days[0]
        else:
            self.birth_date.errors = [_("Skriv datoen med årstal i fire cifre: 31-12-1980.")]

    def _read_number(self) -> None:
        if not (self.cpr.data or "").strip():
            return
        read = parse_cpr(self.cpr.data)
        if isinstance(read, Cpr):
            self.number = read
            if self.born is None and not self.birth_date.errors:
                self.born = read.birth_date
        else:
            self.cpr.errors = [words.tell_cpr_refusal(read)]
