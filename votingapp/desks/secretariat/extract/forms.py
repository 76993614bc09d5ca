"""What is filled in about the register extract."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import InputRequired


class UploadForm(FlaskForm):
    """An extract as a file."""

    extract = FileField(_("Udtræk (CSV-fil)"), [FileRequired(_("Vælg en fil."))])


class TakeOverForm(FlaskForm):
    """Which extract was looked over."""

    fingerprint = HiddenField(validators=[InputRequired()])
