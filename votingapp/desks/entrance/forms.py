"""What is typed at the entrance."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length

from votingapp.store.staff import MINIMUM_PASSWORD

_LONGEST = 200


class SignInForm(FlaskForm):
    """Login and password."""

    login = StringField(_("Brugernavn"), [InputRequired(_("Skriv dit brugernavn.")), Length(max=60)])
    password = PasswordField(_("Adgangskode"), [InputRequired(_("Skriv din adgangskode.")), Length(max=_LONGEST)])

    def validate_login(self, field: StringField) -> None:
        """A login is written with printable signs."""
        if not (field.data or "").isprintable():
            raise ValidationError(str(_("Skriv dit brugernavn.")))


class FirstPasswordForm(FlaskForm):
    """A password of one's own in place of the one-time password that has just opened the door, typed twice."""

    new = PasswordField(
        _("Ny adgangskode"),
        [
            InputRequired(_("Vælg en ny adgangskode.")),
            Length(min=MINIMUM_PASSWORD, max=_LONGEST, message=_("Adgangskoden skal have mindst 12 tegn.")),
        ],
    )
    repeated = PasswordField(
        _("Ny adgangskode igen"), [EqualTo("new", _("De to nye adgangskoder er ikke ens. Skriv dem igen."))]
    )


class PasswordForm(FirstPasswordForm):
    """The same in place of one's own password, which is typed first."""

    current = PasswordField(
        _("Nuværende adgangskode"),
        [InputRequired(_("Skriv din nuværende adgangskode.")), Length(max=_LONGEST)],
    )
