"""What a candidate fills in: kept as it was typed while it is a draft, and read with care when she sends it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.identity import Identity
from candidates.texts import RefusedText, read_name, read_statement
from votingapp.desks.nomination import languages
from votingapp.desks.nomination.wording import say_cpr, say_text
from votingapp.store.drafts import Content
from votingapp.store.filing import Contact, Submission
from votingapp.web.fields import CprField, without_cpr

if TYPE_CHECKING:
    from tally.rules import RuleSet
    from votingapp.store.applicants import Applicant

# Each sign can be read in one way only, so that a long line of dots is refused as fast as a short one.
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"[+0-9 ()-]{0,30}")
_LONGEST_EMAIL = 200
_LONGEST_ADDRESS = 300

_ROOM = {"name": 300, "cpr": 20, "email": 200, "phone": 60, "address": 600, "other_language": 100, "group": 100}
_ROOM_FOR_TEXT = 20_000
"""Code points that a draft has room for: far more than may be sent, so that nobody loses what she pasted by mistake."""


class StandForm(FlaskForm):
    """One nomination; fields that the rule set does not ask for, or that her sign-in has answered, are left out."""

    name = StringField(_("Dit navn på stemmesedlen"), [InputRequired(_("Skriv dit navn.")), without_cpr])
    cpr = CprField(_("CPR-nummer"))
    email = StringField(_("E-mail (kan udelades)"), [without_cpr])
    phone = StringField(_("Telefon (kan udelades)"), [without_cpr])
    address = TextAreaField(_("Postadresse til breve (kan udelades)"), [without_cpr])
    group = SelectField(_("Gruppe"), default="", validate_choice=False)
    statement = TextAreaField(_("Din tekst på dansk (kan udelades)"), [without_cpr])
    own_language = SelectField(_("Dit eget sprog (kan udelades)"), default="", validate_choice=False)
    other_language = StringField(_("Hvilket andet sprog?"), [without_cpr])
    own_statement = TextAreaField(_("Din tekst på dit eget sprog (kan udelades)"), [without_cpr])
    declared = BooleanField()
    consented = BooleanField(
        _(
            "Jeg samtykker i, at mit navn, min tekst og mit foto bliver offentliggjort på valgets hjemmeside og på stemmesedlen."
        ),
        [InputRequired(_("Sæt kryds her. Uden samtykke til offentliggørelse kan du ikke stå på stemmesedlen."))],
    )
    warned = HiddenField()
    """The rules that she was told she does not keep; she may send all the same, and people decide."""

    def __init__(
        self, rules: RuleSet, applicant: Applicant, declaration: str | None, known_cpr: Cpr | None, **kwargs: Any
    ) -> None:
        """Fit the form to a rule set and a person.

        `declaration` is the wording to agree to, None where none is asked for; `known_cpr` the number that is kept
        already, which is not shown and need not be typed again.
        """
        super().__init__(**kwargs)
        self._rules = rules
        self._applicant = applicant
        self._known_cpr = known_cpr
        if applicant.identity is Identity.MITID:
            del self.cpr
        else:
            del self.email
        self._fit_declaration(declaration)
        self.own_language.choices = _languages()
        if rules.seats.reserved:
            self.group.choices = _groups(rules)
        else:
            del self.group

    def validate_name(self, field: StringField) -> None:
        """A name is taken as written, or refused with the reason."""
        _refuse(read_name(field.data or ""))

    def validate_statement(self, field: TextAreaField) -> None:
        """The statement is never cut: one character too many is refused with the count."""
        _refuse(read_statement(field.data or "", self._rules.nomination.statement_limit))

    def validate_own_statement(self, field: TextAreaField) -> None:
        """The same room in her own language as in Danish."""
        _refuse(read_statement(field.data or "", self._rules.nomination.statement_limit))

    def validate_own_language(self, field: SelectField) -> None:
        """A text says in which language it is, or a reader's voice would read it as Danish."""
        if (self.own_statement.data or "").strip() and not field.data:
            raise ValidationError(gettext("Vælg det sprog, som teksten er skrevet på."))
        if field.data not in {choice for choice, _name in field.choices}:
            raise ValidationError(gettext("Vælg et sprog på listen, eller vælg et andet sprog og skriv navnet."))

    def validate_other_language(self, field: StringField) -> None:
        """Asked for by whoever did not find her language."""
        if self.own_language.data == languages.OTHER and not (field.data or "").strip():
            raise ValidationError(gettext("Skriv, hvad sproget hedder."))

    def validate_cpr(self, field: CprField) -> None:
        """The number names a date of birth, and is no replacement number; modulus 11 is not asked."""
        if not (field.data or "").strip():
            if self._known_cpr is None:
                raise ValidationError(gettext("Skriv dit CPR-nummer."))
            return
        read = parse_cpr(field.data or "")
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

    def validate_group(self, field: SelectField) -> None:
        """A group of the rules; where every seat is reserved, a candidate without one could not be elected."""
        if field.data not in {choice for choice, _name in field.choices}:
            raise ValidationError(gettext("Vælg en gruppe på listen."))
        if not field.data and sum(one.seats for one in self._rules.seats.reserved) == self._rules.seats.total:
            raise ValidationError(gettext("Vælg den gruppe, du stiller op for. Alle pladser er forbeholdt en gruppe."))

    def fits_a_draft(self) -> bool:
        """Whether everything that was typed finds room in a draft; what does not is named at its field."""
        fits = True
        for field in self:
            room = _ROOM.get(field.short_name, _ROOM_FOR_TEXT)
            if len(str(field.data or "")) > room:
                field.errors = [*field.errors, gettext("Teksten er alt for lang til at blive gemt.")]
                fits = False
        return fits

    def content(self) -> Content:
        """Everything as it was typed, for the draft; of a CPR number only one that can be read."""
        cpr = self.read_cpr()
        fields = ("name", "email", "phone", "address", "group", "statement", "own_language", "other_language")
        typed = {name: str(getattr(self, name).data or "") for name in (*fields, "own_statement") if name in self}
        return Content(**typed, cpr=cpr.number if cpr else "")

    def read_cpr(self) -> Cpr | None:
        """The number typed here, else the one that is kept, else None; her sign-in's goes before all."""
        read = parse_cpr(self.cpr.data or "") if self.cpr else self._applicant.cpr
        return read if isinstance(read, Cpr) else self._known_cpr

    def cpr_is_unread(self) -> bool:
        """Whether a number was typed that cannot be read, and so is in no draft."""
        return bool(self.cpr and (self.cpr.data or "").strip() and isinstance(parse_cpr(self.cpr.data), CprRefusal))

    def submission(self) -> Submission:
        """What was sent in, once the form has been found valid."""
        limit = self._rules.nomination.statement_limit
        own_statement = _taken(read_statement(self.own_statement.data or "", limit))
        code = languages.code_of(self.own_language.data or "", self.other_language.data or "")
        email = self._applicant.email or (self.email.data or "").strip()
        address = _taken(read_statement(self.address.data or "", _LONGEST_ADDRESS))
        return Submission(
            name=_taken(read_name(self.name.data or "")),
            cpr=self.read_cpr(),
            contact=Contact(email, (self.phone.data or "").strip(), address),
            statement=_taken(read_statement(self.statement.data or "", limit)),
            declaration=self._rules.eligibility.declaration if self.declared and self.declared.data else None,
            group=(self.group.data or None) if self.group else None,
            own_language=code if own_statement else None,
            own_statement=own_statement,
            identity=self._applicant.identity,
            applicant_id=self._applicant.id,
        )

    def _fit_declaration(self, declaration: str | None) -> None:
        if declaration is None:
            del self.declared
        else:
            self.declared.label.text = declaration


def _groups(rules: RuleSet) -> list[tuple[str, Any]]:
    return [("", _("Ingen af grupperne")), *((one.group, one.group) for one in rules.seats.reserved)]


def _languages() -> list[tuple[str, Any]]:
    return [("", _("Kun dansk")), *languages.CHOICES, (languages.OTHER, _("Et andet sprog"))]


def _taken(read: str | RefusedText) -> str:
    if isinstance(read, RefusedText):
        raise ValueError("the form was not found valid")  # noqa: TRY004 - a defect of the caller, not of a type
    return read


def _refuse(read: str | RefusedText) -> None:
    if isinstance(read, RefusedText):
        raise ValidationError(say_text(read))
