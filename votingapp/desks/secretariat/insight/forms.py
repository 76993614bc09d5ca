"""What is filled in to find what is kept about a person."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Length, Optional, Regexp

from votingapp.web.fields import CprField, WrittenDateField, without_cpr
from votingapp.web.once import UUID_TEXT


class PersonForm(FlaskForm):
    """A CPR number, or by what somebody is known who has given none: her e-mail address, or her name and birth date."""

    cpr = CprField(_("CPR-nummer"), [Length(max=20, message=_("Et CPR-nummer har ti cifre. Skriv det igen."))])
    email = StringField(
        _("Eller e-mail"),
        [Length(max=200, message=_("Højst 200 tegn.")), without_cpr],
        filters=[lambda text: (text or "").strip()],
    )

    name = StringField(
        _("Eller navn"),
        [Length(max=100, message=_("Højst 100 tegn.")), without_cpr],
        filters=[lambda text: (text or "").strip()],
    )
    birth_date = WrittenDateField(_("og fødselsdato"))

    def validate(self, extra_validators: object = None) -> bool:
        """One way, and not two: they may be two people's."""
        if not super().validate(extra_validators):
            return False
        by_name = (bool(self.name.data), bool(self.birth_date.data))
        ways = (bool(self.cpr.data), bool(self.email.data), any(by_name))
        if sum(ways) == 1 and by_name[0] == by_name[1]:
            return True
        self.form_errors.append(gettext("Skriv enten et CPR-nummer, en e-mail eller navn og fødselsdato."))
        return False


class FileForm(FlaskForm):
    """Who the file is about, as the page before it found her, and whether it names the officials who looked."""

    key = HiddenField(validators=[Optional(), Regexp(r"[0-9a-f]{64}\Z")])
    nomination_id = HiddenField(validators=[Optional(), Regexp(UUID_TEXT)])
    names = BooleanField(_("Skriv også navnene på de medarbejdere, der har set oplysningerne."))
