"""What is keyed in from a form on paper; each mistake is explained at its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.texts import read_name
from votingapp.store.filing import Contact, Person, Submission
from votingapp.web.fields import CopenhagenField, CprField, without_cpr
from votingapp.web.nomination_form import NominationForm
from votingapp.web.wording import say_cpr

if TYPE_CHECKING:
    from tally.rules import RuleSet

_LONGEST_EVIDENCE = 200
_LONGEST_REASON = 1000
_LINE_OF_PROPOSER = re.compile(r"(\d{6}[ -]?\d{4})[ \t,;]+(\S.*)")


class ProposersField(TextAreaField):
    """One proposer a line, number first; like any CPR number it is never shown again."""

    def _value(self) -> str:
        return ""


class PaperForm(NominationForm):
    """A form on paper; fields that the rule set does not ask for are left out."""

    received_at = CopenhagenField(_("Modtaget"), [InputRequired(_("Skriv, hvornår skemaet blev modtaget."))])
    name = StringField(_("Navn på stemmesedlen"), [InputRequired(_("Skriv kandidatens navn.")), without_cpr])
    cpr = CprField(_("CPR-nummer"))
    birth_date = DateField(_("Fødselsdato efter papirer (kun uden CPR-nummer)"), [Optional()])
    evidence = StringField(_("Legitimation, du har set (kan udelades)"), [Length(max=_LONGEST_EVIDENCE), without_cpr])
    address = TextAreaField(_("Adresse til breve (kan udelades)"), [without_cpr])
    statement = TextAreaField(_("Tekst på dansk (kan udelades)"), [without_cpr])
    own_language = SelectField(_("Eget sprog (kan udelades)"), default="", validate_choice=False)
    own_statement = TextAreaField(_("Tekst på eget sprog (kan udelades)"), [without_cpr])
    photo = FileField(_("Foto (kan udelades)"))
    proposers = ProposersField(_("Stillere (kan udelades)"))
    declared = BooleanField(_("Kandidaten har underskrevet erklæringen."))
    consented = BooleanField(
        _("Kandidaten har underskrevet samtykket til, at navn, tekst og foto offentliggøres."),
        [InputRequired(_("Uden samtykke kan skemaet ikke tastes ind. Bed kandidaten om at skrive under."))],
    )

    def __init__(self, rules: RuleSet, known: Person | None = None, **kwargs: Any) -> None:
        """Fit the form to a rule set; `known` is who she is, where the form was keyed in before."""
        super().__init__(rules, **kwargs)
        self._known = known
        if not rules.eligibility.declaration:
            del self.declared
        if not rules.eligibility.proposers:
            del self.proposers

    def validate_cpr(self, field: CprField) -> None:
        """A number that can be looked up; without one the documented birth date is asked for instead."""
        typed = (field.data or "").strip()
        if not typed:
            if self._known is None and self.birth_date.data is None:
                raise ValidationError(gettext("Skriv CPR-nummeret, eller skriv fødselsdatoen nedenfor."))
            return
        if self.birth_date.data is not None:
            raise ValidationError(gettext("Skriv enten CPR-nummeret eller fødselsdatoen, ikke begge."))
        read = parse_cpr(typed)
        if read is CprRefusal.REPLACEMENT_NUMBER:
            raise ValidationError(
                gettext(
                    "Det er et erstatningsnummer, og det står ikke i folkeregisteret. Lad feltet være tomt, "
                    "og skriv fødselsdatoen efter kandidatens papirer."
                )
            )
        if isinstance(read, CprRefusal):
            raise ValidationError(say_cpr(read))

    def validate_proposers(self, field: ProposersField) -> None:
        """Each line is a CPR number and a name."""
        for number, line in enumerate(_lines(field.data), 1):
            if _proposer(line) is None:
                raise ValidationError(
                    gettext(
                        "Linje %(number)s kan ikke læses. Skriv CPR-nummer og navn. Skriv alle igen.", number=number
                    )
                )

    def person(self) -> Person:
        """Who she is: as typed, else as it was known."""
        read = parse_cpr(self.cpr.data or "")
        if isinstance(read, Cpr):
            return Person(read)
        if self.birth_date.data is not None or self._known is None:
            return Person(None, self.birth_date.data)
        return self._known

    def submission(self) -> Submission:
        """What stands on the paper, once the form has been found valid; the photograph is added where it is kept."""
        person = self.person()
        declared = self.declared and self.declared.data
        return Submission(
            cpr=person.cpr,
            birth_date=person.birth_date,
            contact=Contact((self.email.data or "").strip(), (self.phone.data or "").strip(), self.read_address()),
            declaration=self._rules.eligibility.declaration if declared else None,
            **self.read_presentation(),
        )

    def read_proposers(self) -> tuple[tuple[str, Cpr], ...]:
        """Name and number of each proposer on the paper."""
        if not self.proposers:
            return ()
        read = (_proposer(line) for line in _lines(self.proposers.data))
        return tuple(one for one in read if one is not None)


class PaperAgainForm(PaperForm):
    """The same form keyed in again: a slip of the keyboard, or a change that the candidate handed in."""

    mode = SelectField(_("Hvad er sket?"))
    reason = TextAreaField(
        _("Begrundelse"),
        [InputRequired(_("Skriv, hvad der bliver rettet, og hvorfor.")), Length(max=_LONGEST_REASON), without_cpr],
    )

    def __init__(self, rules: RuleSet, known: Person, **kwargs: Any) -> None:
        """Fit the form to a rule set and to a person who is known already."""
        super().__init__(rules, known, **kwargs)
        self.mode.choices = [
            ("slip", _("Vi har tastet forkert")),
            ("change", _("Kandidaten har afleveret en ændring på papir")),
        ]


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _proposer(line: str) -> tuple[str, Cpr] | None:
    found = _LINE_OF_PROPOSER.fullmatch(line)
    if found is None:
        return None
    cpr, name = parse_cpr(found[1]), read_name(found[2])
    return (name, cpr) if isinstance(cpr, Cpr) and isinstance(name, str) else None
