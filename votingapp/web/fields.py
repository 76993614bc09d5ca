"""Where people type: a CPR number is taken where it is asked for, never shown again, and refused everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext
from wtforms import Field, StringField, ValidationError

from candidates.cpr import blank_out_cpr

if TYPE_CHECKING:
    from wtforms import Form


class CprField(StringField):
    """A field whose content never goes back into a page: after a mistake the number is typed again."""

    def _value(self) -> str:
        return ""


def without_cpr(_form: Form, field: Field) -> None:
    """Refuse a CPR number in a text that others read, and make it illegible before the page shows the field again."""
    legible = field.data or ""
    field.data = blank_out_cpr(legible)
    if field.data != legible:
        raise ValidationError(gettext("Skriv ikke et CPR-nummer her. Det er fjernet fra feltet."))
