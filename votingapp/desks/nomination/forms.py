"""What a candidate fills in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from candidates.cpr import CprRefusal, parse_cpr
from candidates.texts import RefusedText, TextFault, read_name, read_statement
from votingapp.store.filing import Contact, Submission
from votingapp.web.fields import CprField, without_cpr

if TYPE_CHECKING:
    from tally.rules import RuleSet

# Each sign can be read in one way only, so that a long line of dots is refused as fast as a short one.
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"[+0-9 ()-]{0,30}")
_LONGEST_EMAIL = 200


class StandForm(FlaskForm):
    """One nomination; fields that the rule set does not ask for are left out."""

    name = StringField(_("Fulde navn"), [InputRequired(_("Skriv dit navn.")), without_cpr])
    cpr = CprField(_("CPR-nummer"), [InputRequired(_("Skriv dit CPR-nummer."))])
    email = StringField(_("E-mail"), [InputRequired(_("Skriv din e-mail.")), Length(max=_LONGEST_EMAIL), without_cpr])
    phone = StringField(_("Telefon (kan udelades)"), [without_cpr])
    group = SelectField(_("Gruppe"), default="")
    statement = TextAreaField(_("Din tekst til vælgerne (kan udelades)"), [without_cpr])
    declared = BooleanField(validators=[InputRequired(_("Du skal afgive erklæringen for at kunne stille op."))])
    consented = BooleanField(
        _("Jeg samtykker i, at mit navn og min tekst offentliggøres på valgets hjemmeside og på stemmesedlen."),
        [InputRequired(_("Uden samtykke til offentliggørelse kan du ikke stå på stemmesedlen."))],
    )

    def __init__(self, rules: RuleSet, declaration: str | None, **kwargs: Any) -> None:
        """Fit the form to a rule set; `declaration` is the wording to agree to, None where none is asked for."""
        super().__init__(**kwargs)
        self._rules = rules
        if declaration is None:
            del self.declared
        else:
            self.declared.label.text = declaration
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

    def validate_cpr(self, field: CprField) -> None:
        """The number names a date of birth, and is no replacement number; modulus 11 is not asked."""
        read = parse_cpr(field.data or "")
        if isinstance(read, CprRefusal):
            raise ValidationError(_say_cpr(read))

    def validate_email(self, field: StringField) -> None:
        """An address with something on both sides of the @ sign."""
        if not _EMAIL.fullmatch((field.data or "").strip()):
            raise ValidationError(gettext("E-mailen skal se ud som navn@eksempel.dk."))

    def validate_phone(self, field: StringField) -> None:
        """Digits, spaces and a plus sign."""
        if not _PHONE.fullmatch((field.data or "").strip()):
            raise ValidationError(gettext("Telefonnummeret må kun bestå af tal, mellemrum og +, højst 30 tegn."))

    def validate_group(self, field: SelectField) -> None:
        """Where every seat is reserved, a candidate without a group could not be elected."""
        if not field.data and sum(one.seats for one in self._rules.seats.reserved) == self._rules.seats.total:
            raise ValidationError(gettext("Vælg den gruppe, du stiller op for. Alle pladser er forbeholdt en gruppe."))

    def submission(self) -> Submission:
        """What was sent in, once the form has been found valid."""
        return Submission(
            name=_taken(read_name(self.name.data or "")),
            cpr=_taken(parse_cpr(self.cpr.data or "")),
            contact=Contact((self.email.data or "").strip(), (self.phone.data or "").strip()),
            statement=_taken(read_statement(self.statement.data or "", self._rules.nomination.statement_limit)),
            declaration=self._rules.eligibility.declaration if self.declared else None,
            group=(self.group.data or None) if self.group else None,
        )


def _groups(rules: RuleSet) -> list[tuple[str, Any]]:
    return [("", _("Ingen af grupperne")), *((one.group, one.group) for one in rules.seats.reserved)]


def _taken(read: Any) -> Any:
    if isinstance(read, RefusedText | CprRefusal):
        raise ValueError("the form was not found valid")  # noqa: TRY004 - a defect of the caller, not of a type
    return read


def _refuse(read: str | RefusedText) -> None:
    if isinstance(read, RefusedText):
        raise ValidationError(_say_text(read))


def _say_text(refused: RefusedText) -> object:
    match refused.fault:
        case TextFault.TOO_SHORT:
            return gettext("Teksten skal have mindst %(limit)s tegn.", limit=refused.limit)
        case TextFault.TOO_LONG:
            return gettext(
                "Teksten har %(length)s tegn, men må højst have %(limit)s. Grænsen er ens for alle, og intet skæres fra.",
                length=refused.length,
                limit=refused.limit,
            )
        case TextFault.FORBIDDEN_CHARACTER:
            return gettext(
                "Teksten indeholder et usynligt tegn, der ikke må bruges (%(sign)s).", sign=refused.character
            )
        case TextFault.NO_LETTER:
            return gettext("Der skal være mindst ét bogstav.")
        case TextFault.HEAPED_MARKS:
            return gettext("Der er for mange accenttegn på samme bogstav.")


def _say_cpr(refusal: CprRefusal) -> object:
    match refusal:
        case CprRefusal.MALFORMED:
            return gettext("CPR-nummeret skal have ti cifre: DDMMÅÅ-XXXX.")
        case CprRefusal.IMPOSSIBLE_DATE:
            return gettext("De første seks cifre er ikke en dato. Skriv CPR-nummeret igen.")
        case CprRefusal.REPLACEMENT_NUMBER:
            return gettext(
                "Det er et erstatningspersonnummer, og det står ikke i folkeregisteret. Du kan ikke stille op med det her. "
                "Kontakt sekretariatet med din legitimation før fristen, så behandles din opstilling manuelt."
            )
