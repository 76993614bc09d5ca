"""What every nomination tells, typed by the candidate or keyed in from her paper: read with one care, refused in one voice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField, ValidationError

from candidates.texts import RefusedText, read_name, read_statement
from votingapp.web import own_languages
from votingapp.web.fields import without_cpr
from votingapp.web.wording import say_text

if TYPE_CHECKING:
    from tally.rules import RuleSet

# Each sign can be read in one way only, so that a long line of dots is refused as fast as a short one.
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"[+0-9 ()-]{0,30}")
_LONGEST_EMAIL = 200
_LONGEST_ADDRESS = 300


class NominationForm(FlaskForm):
    """The fields that both ways in have in common; `group` is left out where the rule set reserves no seats.

    A form that inherits from it says what is missing in its own words, and adds its own fields.
    """

    name = StringField()
    email = StringField(_("E-mail (kan udelades)"), [without_cpr])
    phone = StringField(_("Telefon (kan udelades)"), [without_cpr])
    address = TextAreaField()
    group = SelectField(_("Gruppe"), default="", validate_choice=False)
    statement = TextAreaField()
    own_language = SelectField(default="", validate_choice=False)
    other_language = StringField(_("Hvilket andet sprog?"), [without_cpr])
    own_statement = TextAreaField()

    def __init__(self, rules: RuleSet, **kwargs: Any) -> None:
        """Fit the form to a rule set."""
        super().__init__(**kwargs)
        self._rules = rules
        other = (own_languages.OTHER, _("Et andet sprog"))
        self.own_language.choices = [("", _("Kun dansk")), *own_languages.CHOICES, other]
        if rules.seats.reserved:
            groups = [(one.group, one.group) for one in rules.seats.reserved]
            self.group.choices = [("", _("Ingen af grupperne")), *groups]
        else:
            del self.group

    def validate_name(self, field: StringField) -> None:
        """A name is taken as written, or refused with the reason."""
        _refuse(read_name(field.data or ""))

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
        """Asked for by whoever did not find her language; a second text in Danish would be twice the room of the others."""
        if self.own_language.data == own_languages.OTHER and not (field.data or "").strip():
            raise ValidationError(gettext("Skriv, hvad sproget hedder."))
        if self.own_language.data == own_languages.OTHER and own_languages.is_danish(field.data or ""):
            raise ValidationError(gettext("Teksten på dansk har sit eget felt. Her kan du skrive på et andet sprog."))

    def read_presentation(self) -> dict[str, Any]:
        """What voters may see, as `store.filing.Submission` takes it, once the form has been found valid."""
        limit = self._rules.nomination.statement_limit
        own_statement = _taken(read_statement(self.own_statement.data or "", limit))
        code = own_languages.code_of(self.own_language.data or "", self.other_language.data or "")
        return {
            "name": _taken(read_name(self.name.data or "")),
            "statement": _taken(read_statement(self.statement.data or "", limit)),
            "group": (self.group.data or None) if self.group else None,
            "own_language": code if own_statement else None,
            "own_statement": own_statement,
        }

    def read_address(self) -> str:
        """Where letters go, once the form has been found valid; "" where none was given."""
        return _taken(read_statement(self.address.data or "", _LONGEST_ADDRESS))


def _taken(read: str | RefusedText) -> str:
    if isinstance(read, RefusedText):
        raise ValueError("the form was not found valid")  # noqa: TRY004 - a defect of the caller, not of a type
    return read


def _refuse(read: str | RefusedText) -> None:
    if isinstance(read, RefusedText):
        raise ValidationError(say_text(read))
