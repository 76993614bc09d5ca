"""What is keyed in from a form on paper; each mistake is explained at its field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.texts import RefusedText, read_name, read_statement
from votingapp.store.filing import Contact, Person, Submission
from votingapp.web import own_languages
from votingapp.web.fields import CopenhagenField, CprField, without_cpr
from votingapp.web.wording import say_cpr, say_text

if TYPE_CHECKING:
    from tally.rules import RuleSet

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"[+0-9 ()-]{0,30}")
_LONGEST_EMAIL = 200
_LONGEST_ADDRESS = 300
_LONGEST_EVIDENCE = 200
_LONGEST_REASON = 1000
_LINE_OF_PROPOSER = re.compile(r"(\d{6}[ -]?\d{4})[ \t,;]+(\S.*)")


class ProposersField(TextAreaField):
    """One proposer a line, number first; like any CPR number it is never shown again."""

    def _value(self) -> str:
        return ""


class PaperForm(FlaskForm):
    """A form on paper; fields that the rule set does not ask for are left out."""

    received_at = CopenhagenField(_("Modtaget"), [InputRequired(_("Skriv, hvornår skemaet blev modtaget."))])
    name = StringField(_("Navn på stemmesedlen"), [InputRequired(_("Skriv kandidatens navn.")), without_cpr])
    cpr = CprField(_("CPR-nummer"))
    birth_date = DateField(_("Fødselsdato efter papirer (kun uden CPR-nummer)"), [Optional()])
    evidence = StringField(_("Legitimation, du har set (kan udelades)"), [Length(max=_LONGEST_EVIDENCE), without_cpr])
    email = StringField(_("E-mail (kan udelades)"), [without_cpr])
    phone = StringField(_("Telefon (kan udelades)"), [without_cpr])
    address = TextAreaField(_("Adresse til breve (kan udelades)"), [without_cpr])
    group = SelectField(_("Gruppe"), default="")
    statement = TextAreaField(_("Tekst på dansk (kan udelades)"), [without_cpr])
    own_language = SelectField(_("Eget sprog (kan udelades)"), default="")
    other_language = StringField(_("Hvilket andet sprog?"), [Length(max=100), without_cpr])
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
        super().__init__(**kwargs)
        self._rules = rules
        self._known = known
        self.own_language.choices = [
            ("", _("Kun dansk")),
            *own_languages.CHOICES,
            (own_languages.OTHER, _("Et andet sprog")),
        ]
        if rules.seats.reserved:
            groups = [(one.group, one.group) for one in rules.seats.reserved]
            self.group.choices = [("", _("Ingen af grupperne")), *groups]
        else:
            del self.group
        if not rules.eligibility.declaration:
            del self.declared
        if not rules.eligibility.proposers:
            del self.proposers

    def validate_name(self, field: StringField) -> None:
        """A name is taken as written, or refused with the reason."""
        _refuse(read_name(field.data or ""))

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

    def validate_email(self, field: StringField) -> None:
        """An address with something on both sides of the @ sign, on one line."""
        typed = (field.data or "").strip()
        if typed and not (_EMAIL.fullmatch(typed) and typed.isprintable() and len(typed) <= _LONGEST_EMAIL):
            raise ValidationError(gettext("E-mailen skal se ud som navn@eksempel.dk."))

    def validate_phone(self, field: StringField) -> None:
        """Digits, spaces and a plus sign."""
        if not _PHONE.fullmatch((field.data or "").strip()):
            raise ValidationError(gettext("Telefonnummeret må kun bestå af tal, mellemrum og +, højst 30 tegn."))

    def validate_address(self, field: TextAreaField) -> None:
        """A few lines that fit the window of an envelope."""
        _refuse(read_statement(field.data or "", _LONGEST_ADDRESS))

    def validate_statement(self, field: TextAreaField) -> None:
        """The same room for everybody: on paper too nothing is cut."""
        _refuse(read_statement(field.data or "", self._rules.nomination.statement_limit))

    def validate_own_statement(self, field: TextAreaField) -> None:
        """The same room in her own language as in Danish."""
        _refuse(read_statement(field.data or "", self._rules.nomination.statement_limit))

    def validate_own_language(self, field: SelectField) -> None:
        """A text says in which language it is, or a reader's voice would read it as Danish."""
        if (self.own_statement.data or "").strip() and not field.data:
            raise ValidationError(gettext("Vælg det sprog, som teksten er skrevet på."))

    def validate_other_language(self, field: StringField) -> None:
        """Asked for where the language is not on the list."""
        if self.own_language.data == own_languages.OTHER and not (field.data or "").strip():
            raise ValidationError(gettext("Skriv, hvad sproget hedder."))

    def validate_group(self, field: SelectField) -> None:
        """Where every seat is reserved, a candidate without a group could not be elected."""
        if not field.data and sum(one.seats for one in self._rules.seats.reserved) == self._rules.seats.total:
            raise ValidationError(gettext("Vælg den gruppe, du stiller op for. Alle pladser er forbeholdt en gruppe."))

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
        limit = self._rules.nomination.statement_limit
        own_statement = _taken(read_statement(self.own_statement.data or "", limit))
        language = own_languages.code_of(self.own_language.data or "", self.other_language.data or "")
        address = _taken(read_statement(self.address.data or "", _LONGEST_ADDRESS))
        person = self.person()
        declared = self.declared and self.declared.data
        return Submission(
            name=_taken(read_name(self.name.data or "")),
            cpr=person.cpr,
            birth_date=person.birth_date,
            contact=Contact((self.email.data or "").strip(), (self.phone.data or "").strip(), address),
            statement=_taken(read_statement(self.statement.data or "", limit)),
            declaration=self._rules.eligibility.declaration if declared else None,
            group=(self.group.data or None) if self.group else None,
            own_language=language if own_statement else None,
            own_statement=own_statement,
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


def _taken(read: str | RefusedText) -> str:
    if isinstance(read, RefusedText):
        raise ValueError("the form was not found valid")  # noqa: TRY004 - a defect of the caller, not of a type
    return read


def _refuse(read: str | RefusedText) -> None:
    if isinstance(read, RefusedText):
        raise ValidationError(say_text(read))
