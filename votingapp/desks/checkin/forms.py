"""What is scanned, typed and ticked when a voter stands at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from candidates.cpr import CprRefusal
from votingapp.desks.checkin import words
from votingapp.desks.checkin.reading import Name, read_birth_date, read_search
from votingapp.web.once import UUID_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from candidates.cpr import Cpr
    from votingapp.desks.checkin.reading import BirthDate, Search


class LookupForm(FlaskForm):
    """One field for whatever leads to a person, and the birth date that a name needs."""

    query = StringField(_("Scan kort, eller skriv navn"), [Length(max=100, message=_("Højst 100 tegn."))])
    birth_date = StringField(_("Fødselsdato (til navn)"), [Length(max=20, message=_("Højst 20 tegn."))])

    search: Search | Cpr | None = None
    born: BirthDate | None = None
    replacement_number = False

    def validate(self, extra_validators: Mapping[str, object] | None = None) -> bool:
        """Read what was put in; whatever is no name does not go back into the page."""
        if not super().validate(extra_validators):
            self.query.data = ""
            return False
        read = read_search(self.query.data or "")
        if not isinstance(read, Name):
            self.query.data = ""
        if self.birth_date.data and self.birth_date.data.strip():
            self.born = read_birth_date(self.birth_date.data)
            if self.born is None:
                self.birth_date.errors = [_("Skriv datoen som dag, måned og år: 311280 eller 31-12-1980.")]
                return False
        return self._take(read)

    def _take(self, read: Search | Cpr | CprRefusal | None) -> bool:
        if isinstance(read, CprRefusal):
            self.replacement_number = read is CprRefusal.REPLACEMENT_NUMBER
            self.query.errors = [words.tell_cpr_refusal(read)]
        elif read is None:
            self.query.errors = [_("Scan et kort, eller skriv et CPR-nummer eller et navn.")]
        elif isinstance(read, Name) and self.born is None:
            self.birth_date.errors = [_("Spørg om fødselsdatoen, og skriv den ved siden af navnet.")]
        else:
            self.search = read
            return True
        return False


class AdmitForm(FlaskForm):
    """Who is to be admitted, and what the official and the voter have said yes to."""

    person_id = HiddenField(validators=[InputRequired(), Regexp(UUID_TEXT)])
    birth_date = StringField(_("Fødselsdato, som vælgeren siger den"), [Length(max=20, message=_("Højst 20 tegn."))])
    confirmed = BooleanField(_("Vælgeren har i stedet vist kort eller pas med sin fødselsdato, og den passer."))
    declared = BooleanField(_("Vælgeren har sagt ja til erklæringen."))
    paper = BooleanField(_("Stemmer på papir"))

    said: BirthDate | None = None

    def validate(self, extra_validators: Mapping[str, object] | None = None) -> bool:
        """The birth date is said or shown; a date that cannot be read is asked for again."""
        if not super().validate(extra_validators):
            return False
        typed = (self.birth_date.data or "").strip()
        if typed:
            self.said = read_birth_date(typed)
            if self.said is None:
                self.birth_date.errors = [_("Skriv datoen som dag, måned og år: 311280 eller 31-12-1980.")]
        elif not self.confirmed.data:
            self.birth_date.errors = [_("Spørg om fødselsdatoen, og skriv den, som vælgeren siger den.")]
        return not self.birth_date.errors
