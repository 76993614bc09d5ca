"""What is filled in to have the roll and its cards on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import TextInput

from candidates.cpr import CprRefusal, parse_cpr
from votingapp.web.fields import CprField, WrittenDateField, without_cpr
from votingapp.web.once import UUID_TEXT

if TYPE_CHECKING:
    from candidates.cpr import Cpr

MOST = 999_999_999


class CardsForm(FlaskForm):
    """Which cards, and the file that tells where they go."""

    who = RadioField(
        _("Hvem skal have kort?"),
        [InputRequired(_("Vælg, hvem der skal have kort."))],
        choices=[
            SelectChoice("others", _("Alle uden navne- og adressebeskyttelse")),
            SelectChoice("protected", _("Kun dem med navne- og adressebeskyttelse")),
        ],
        default="others",
    )
    first = IntegerField(
        _("Fra nr. på valglisten"),
        [Optional(), NumberRange(1, MOST, _("Skriv et nummer fra 1."))],
        widget=TextInput(),
    )
    last = IntegerField(
        _("Til nr. på valglisten"),
        [Optional(), NumberRange(1, MOST, _("Skriv et nummer fra 1."))],
        widget=TextInput(),
    )
    addresses = FileField(_("Adresser (CSV-fil)"))
    sure = BooleanField(_("Ja, send valgkort, selv om valglisten er åben."))

    @property
    def file(self) -> bytes | None:
        """What was handed in, None where no file was chosen; read once."""
        chosen = self.addresses.data
        return chosen.read() if chosen else None


class SearchForm(FlaskForm):
    """A CPR number, or a name and a birth date."""

    cpr = CprField(_("CPR-nummer"), [Length(max=20, message=_("Et CPR-nummer har ti cifre. Skriv det igen."))])
    name = StringField(
        _("Eller navn"),
        [Length(max=100, message=_("Højst 100 tegn.")), without_cpr],
        filters=[lambda text: (text or "").strip()],
    )
    birth_date = WrittenDateField(_("og fødselsdato"))

    number: Cpr | None = None

    def validate(self, extra_validators: object = None) -> bool:
        """One of the two ways must be filled in whole."""
        if not super().validate(extra_validators):
            return False
        if self.cpr.data:
            return self._read_number(self.cpr.data)
        if self.name.data and self.birth_date.data:
            return True
        self.form_errors.append(gettext("Skriv enten CPR-nummeret eller både navn og fødselsdato."))
        return False

    def _read_number(self, typed: str) -> bool:
        read = parse_cpr(typed)
        if isinstance(read, CprRefusal):
            self.cpr.errors = [gettext("Det er ikke et CPR-nummer fra folkeregisteret. Skriv det igen.")]
            return False
        self.number = read
        return True


class AgainForm(FlaskForm):
    """Whose card is printed again."""

    person_id = HiddenField(validators=[InputRequired(), Regexp(UUID_TEXT)])


class ListForm(FlaskForm):
    """Nothing but the press of a button."""
