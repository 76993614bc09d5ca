"""What is typed and ticked at the check-in."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import TextInput

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"
_WRITTEN_DATES = ["%d%m%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"]


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


class LookupForm(FlaskForm):
    """A CPR number, or a name and a birth date."""

    cpr = StringField(_("CPR-nummer"), [Length(max=20, message=_("Et CPR-nummer har ti cifre. Skriv det igen."))])
    name = StringField(_("Navn"), [Length(max=100, message=_("Højst 100 tegn."))], filters=[_strip])
    birth_date = DateField(
        _("Fødselsdato"), [Optional()], format=_WRITTEN_DATES, widget=TextInput(), render_kw={"maxlength": 10}
    )

    def validate(self, extra_validators: object = None) -> bool:
        """One of the two ways must be filled in whole."""
        # A date that cannot be read is told in the house's own words, not in the library's.
        if self.birth_date.raw_data and self.birth_date.process_errors:
            self.birth_date.process_errors = [_("Skriv datoen som dag, måned og år: 31-12-1980.")]
        if not super().validate(extra_validators):
            return False
        if self.cpr.data or (self.name.data and self.birth_date.data):
            return True
        self.form_errors.append(str(_("Skriv enten CPR-nummeret eller både navn og fødselsdato.")))
        return False


class AdmitForm(FlaskForm):
    """Who is to be admitted, and what the official and the voter have said yes to."""

    person_id = HiddenField(validators=[InputRequired(), Regexp(_UUID)])
    confirmed = BooleanField(
        _("Vælgeren har selv oplyst eller vist sin fødselsdato, og den passer."),
        [InputRequired(_("Spørg om fødselsdatoen, og sæt kryds, når den passer."))],
    )
    declared = BooleanField(_("Vælgeren har sagt ja til erklæringen."))
