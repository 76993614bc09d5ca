"""What a candidate fills in to ask somebody, and what a proposer fills in to say yes."""

from __future__ import annotations

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import InputRequired

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.texts import RefusedText, read_name
from votingapp.web.fields import CprField, without_cpr
from votingapp.web.wording import say_text

# Each sign can be read in one way only, so that a long line of dots is refused as fast as a short one.
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST_EMAIL = 200


class AskForm(FlaskForm):
    """Whom to ask."""

    name = StringField(_("Stillerens navn"), [InputRequired(_("Skriv navnet.")), without_cpr])
    email = StringField(_("Stillerens e-mail"), [InputRequired(_("Skriv e-mailen.")), without_cpr])

    def validate_name(self, field: StringField) -> None:
        """A name that can be shown."""
        read = read_name(field.data or "")
        if isinstance(read, RefusedText):
            raise ValidationError(say_text(read))

    def validate_email(self, field: StringField) -> None:
        """An address with something on both sides of the @ sign, on one line."""
        typed = (field.data or "").strip()
        if not (_EMAIL.fullmatch(typed) and typed.isprintable() and len(typed) <= _LONGEST_EMAIL):
            raise ValidationError(gettext("E-mailen skal se ud som navn@eksempel.dk."))

    def read(self) -> tuple[str, str]:
        """Name and address, once the form has been found valid."""
        return str(read_name(self.name.data or "")), (self.email.data or "").strip()


class ConfirmForm(FlaskForm):
    """Saying yes."""

    cpr = CprField(_("Dit CPR-nummer"), [InputRequired(_("Skriv dit CPR-nummer."))])
    declared = BooleanField(validators=[InputRequired(_("Sæt kryds her, hvis du vil være stiller."))])

    def __init__(self, declaration: str | None) -> None:
        """Fit the form to a rule set; `declaration` is the wording for voters, None where none is asked for."""
        super().__init__()
        if declaration is None:
            del self.declared
        else:
            self.declared.label.text = declaration

    def validate_cpr(self, field: CprField) -> None:
        """The number names a date of birth; whose it is, is not asked here."""
        match parse_cpr(field.data or ""):
            case CprRefusal.REPLACEMENT_NUMBER:
                raise ValidationError(
                    gettext("Det er et erstatningspersonnummer. Kontakt sekretariatet, hvis du vil være stiller.")
                )
            case CprRefusal():
                raise ValidationError(gettext("CPR-nummeret skal have ti cifre: DDMMÅÅ-XXXX."))
            case Cpr():
                pass

    def read(self) -> Cpr:
        """The number, once the form has been found valid."""
        read = parse_cpr(self.cpr.data or "")
        if isinstance(read, CprRefusal):
            raise ValueError("the form was not found valid")  # noqa: TRY004 - a defect of the caller, not of a type
        return read


class PressForm(FlaskForm):
    """Nothing but the press of a button."""
