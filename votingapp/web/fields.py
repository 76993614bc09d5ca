"""Where people type: a CPR number is taken where it is asked for, never shown again, and refused everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from wtforms import DateTimeLocalField, Field, StringField, ValidationError

from candidates.clauses import utc_instant
from candidates.cpr import blank_out_cpr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from wtforms import Form


class CprField(StringField):
    """A field whose content never goes back into a page: after a mistake the number is typed again."""

    def _value(self) -> str:
        return ""


class CopenhagenField(DateTimeLocalField):
    """A day and an hour as the clock in Copenhagen shows them; `instant` is what they are in UTC, None until they fit.

    The hour that summer time skips or repeats is refused, since a deadline must be one instant to everybody.
    """

    instant: datetime | None = None

    def __init__(self, label: str, validators: Sequence[object] = (), **options: Any) -> None:
        written = [f"%Y-%m-%d{glue}{clock}" for glue in "T " for clock in ("%H:%M", "%H:%M:%S")]
        super().__init__(label, validators, format=written, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Skriv en dato og et klokkeslæt.")) from error

    def pre_validate(self, form: Form) -> None:
        """Find the instant."""
        del form
        if self.data is None:
            return
        try:
            self.instant = utc_instant(self.data)
        except (ValueError, OverflowError) as error:
            raise ValidationError(gettext("Det klokkeslæt findes ikke, eller det kommer to gange den nat.")) from error


def without_cpr(_form: Form, field: Field) -> None:
    """Refuse a CPR number in a text that others read, and make it illegible before the page shows the field again."""
    legible = field.data or ""
    field.data = blank_out_cpr(legible)
    if field.data != legible:
        raise ValidationError(gettext("Skriv ikke et CPR-nummer her. Det er fjernet fra feltet."))
