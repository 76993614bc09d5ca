"""Where people type: a CPR number is taken where it is asked for, never shown again, and refused everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext
from wtforms import DateField, DateTimeLocalField, Field, IntegerField, StringField, ValidationError
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import TextInput

from candidates.clauses import utc_instant
from candidates.cpr import blank_out_cpr, may_hold_cpr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from wtforms import Form


class CprField(StringField):
    """A field whose content never goes back into a page: after a mistake the number is typed again."""

    def _value(self) -> str:
        return ""


class WrittenDateField(DateField):
    """A birth date as people in Denmark write it, day first; it may be left empty."""

    widget = TextInput()

    def __init__(self, label: str, **options: Any) -> None:
        written = ["%d%m%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"]
        super().__init__(label, [Optional()], format=written, render_kw={"maxlength": 10}, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Skriv datoen som dag, måned og år: 31-12-1980.")) from error


class DayField(DateField):
    """A day, chosen in the browser's own calendar; what is none is told in the house's own words."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was chosen."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Skriv en dato.")) from error


class WholeNumberField(IntegerField):
    """A whole number; what is none is told in the house's own words, once, and stands in the field as it was typed."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Skriv et helt tal.")) from error

    def pre_validate(self, form: Form) -> None:
        """What is no number is not held against limits too; what is empty is for the others to judge."""
        del form
        if self.process_errors and self.raw_data and self.raw_data[0].strip():
            raise StopValidation


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
    """Refuse what may be a CPR number in a text that others read; one that reads as such is gone from the field, too."""
    legible = field.data or ""
    if not may_hold_cpr(legible):
        return
    field.data = blank_out_cpr(legible)
    if field.data != legible:
        raise ValidationError(gettext("Skriv ikke et CPR-nummer her. Det er fjernet fra feltet."))
    raise ValidationError(gettext("Teksten ligner et CPR-nummer. Skriv tallene på en anden måde."))
