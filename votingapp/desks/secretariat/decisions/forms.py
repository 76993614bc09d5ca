"""What is filled in to decide on a nomination."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from candidates.texts import RefusedText, read_distinguishing_line
from votingapp.web.fields import without_cpr
from votingapp.web.wording import say_text

_LONGEST_REASON = 1000
_LONGEST_EVIDENCE = 200


class DecisionForm(FlaskForm):
    """The reason of a decision."""

    reason = TextAreaField(_("Begrundelse"), [Length(max=_LONGEST_REASON), without_cpr])


class ReturnForm(DecisionForm):
    """The defect notice: what is to be mended, and whether that is what voters read."""

    opens_presentation = BooleanField(_("Det, vælgerne ser, må også rettes efter fristen: navn, tekst og foto."))


class IdentityForm(FlaskForm):
    """What the official has seen of who a candidate is."""

    evidence = StringField(
        _("Hvad har du set?"),
        [InputRequired(_("Skriv, hvilken legitimation du har set.")), Length(max=_LONGEST_EVIDENCE), without_cpr],
    )


class AskForm(FlaskForm):
    """Which nominations to show; nothing is kept, so the form needs no token."""

    class Meta:
        """Sent in the address, so that a list can be opened again."""

        csrf = False

    words = StringField(_("Navn eller kvitteringsnummer"), [Length(max=100), without_cpr])
    only = SelectField(_("Vis"), default="")


class WithdrawForm(FlaskForm):
    """Stepping back."""

    asked = BooleanField(
        _("Kandidaten har selv bedt om det."), [InputRequired(_("Kun kandidaten selv kan trække sin opstilling."))]
    )


class LineForm(FlaskForm):
    """The distinguishing line."""

    line = StringField(_("Tilføjelse på stemmesedlen"), [without_cpr])

    def validate_line(self, field: StringField) -> None:
        """Empty, or text that can be printed."""
        read = read_distinguishing_line(field.data or "")
        if field.data and isinstance(read, RefusedText):
            raise ValidationError(say_text(read))

    def read(self) -> str:
        """The line as it will be printed."""
        read = read_distinguishing_line(self.line.data or "")
        return "" if isinstance(read, RefusedText) else read
