"""What two fill in to delete."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from votingapp.web.cosign import SecondOfficial


class DeleteForm(SecondOfficial, FlaskForm):
    """The name of the election, so that nobody deletes another one, and who confirms."""

    election_name = StringField(_("Valgets navn"), [InputRequired(_("Skriv valgets navn.")), Length(max=200)])

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def validate_election_name(self, field: StringField) -> None:
        """The name as it stands on the page."""
        if " ".join((field.data or "").split()) != self._name:
            raise ValidationError(_("Det er ikke valgets navn. Skriv det, som det står på siden."))


class AgainForm(FlaskForm):
    """A press, and nothing else."""
