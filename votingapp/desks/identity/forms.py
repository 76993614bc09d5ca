"""What is typed where no broker tells us who a person is."""

from __future__ import annotations

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, ValidationError
from wtforms.validators import InputRequired, Length

# Each sign can be read in one way only, so that a long line of dots is refused as fast as a short one. The signs that
# would make several addresses of one are left out.
_EMAIL = re.compile(r"[^@\s<>()\[\]\\,;:\"]+@[^@\s<>()\[\]\\,;:\".]+(\.[^@\s<>()\[\]\\,;:\".]+)+")
_LONGEST = 200


class EmailForm(FlaskForm):
    """The address to which a link is mailed."""

    email = EmailField(_("E-mail"), [InputRequired(_("Skriv din e-mail.")), Length(max=_LONGEST)])

    def validate_email(self, field: EmailField) -> None:
        """One address, at a domain that the mail system can name."""
        address = (field.data or "").strip()
        if not (_EMAIL.fullmatch(address) and address.isprintable() and _has_a_name(address.rpartition("@")[2])):
            raise ValidationError(gettext("E-mailen skal se ud som navn@eksempel.dk."))

    @property
    def address(self) -> str:
        """The address, once the form has been found valid."""
        return (self.email.data or "").strip()


def _has_a_name(domain: str) -> bool:
    try:
        domain.encode("idna")
    except UnicodeError:
        return False
    return True
