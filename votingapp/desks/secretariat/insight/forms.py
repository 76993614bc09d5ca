"""What is filled in to find what is kept about a person."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Length, Optional, Regexp

from votingapp.web.fields import CprField, without_cpr
from votingapp.web.once import UUID_TEXT


class PersonForm(FlaskForm):
    """A CPR number, or the e-mail address of somebody who is known by nothing else."""

    cpr = CprField(_("CPR-nummer"), [Length(max=20, message=_("Et CPR-nummer har ti cifre. Skriv det igen."))])
    email = StringField(
        _("Eller e-mail"),
        [Length(max=200, message=_("Højst 200 tegn.")), without_cpr],
        filters=[lambda text: (text or "").strip()],
    )

    def validate(self, extra_validators: object = None) -> bool:
        """One of the two, and not both: they may be two people's."""
        if not super().validate(extra_validators):
            return False
        if bool(self.cpr.data) != bool(self.email.data):
            return True
        self.form_errors.append(gettext("Skriv enten et CPR-nummer eller en e-mail."))
        return False


class FileForm(FlaskForm):
    """Who the file is about, as the page before it found her, and whether it names the officials who looked."""

    key = HiddenField(validators=[Optional(), Regexp(r"[0-9a-f]{64}\Z")])
    nomination_id = HiddenField(validators=[Optional(), Regexp(UUID_TEXT)])
    names = BooleanField(_("Skriv også navnene på de medarbejdere, der har set oplysningerne."))
