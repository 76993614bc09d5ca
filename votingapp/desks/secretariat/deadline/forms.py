"""What is filled in when the deadline is extended."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from votingapp.web.fields import CopenhagenField, without_cpr

_LONGEST_BODY = 100
_LONGEST_REASON = 1000


class ExtensionForm(FlaskForm):
    """The new deadlines, who decided them and why."""

    closes = CopenhagenField(_("Ny frist for at stille op (dansk tid)"), [InputRequired(_("Skriv en ny frist."))])
    cure_until = CopenhagenField(_("Ny frist for at rette fejl (dansk tid)"), [InputRequired(_("Skriv en ny frist."))])
    body = StringField(
        _("Hvem har besluttet det?"),
        [DataRequired(_("Skriv, hvem der har besluttet det.")), Length(max=_LONGEST_BODY), without_cpr],
    )
    reason = TextAreaField(
        _("Begrundelse"), [DataRequired(_("Skriv en begrundelse.")), Length(max=_LONGEST_REASON), without_cpr]
    )
    confirm = BooleanField(
        _("Beslutningen er truffet. Fristen kan ikke gøres kortere igen."),
        [InputRequired(_("Sæt kryds for at bekræfte."))],
    )
