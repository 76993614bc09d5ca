"""What is filled in about a photograph."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerRangeField
from wtforms.validators import InputRequired, NumberRange

from votingapp.store.photos import SMALLEST_CROP, WHOLE, Crop


class PhotoForm(FlaskForm):
    """A photograph as a file."""

    photo = FileField(_("Vælg et billede"), [FileRequired(_("Vælg et billede."))])


class CropForm(FlaskForm):
    """Which part of which photograph voters see, in per mille."""

    of = HiddenField(validators=[InputRequired()])
    x = IntegerRangeField(_("Fra venstre mod højre"), [InputRequired(), NumberRange(0, WHOLE)])
    y = IntegerRangeField(_("Fra øverst til nederst"), [InputRequired(), NumberRange(0, WHOLE)])
    size = IntegerRangeField(_("Hvor meget der er med"), [InputRequired(), NumberRange(SMALLEST_CROP, WHOLE)])

    def crop(self) -> Crop:
        """The square she chose; the form must have been found valid."""
        return Crop(self.x.data, self.y.data, self.size.data)


class RemoveForm(FlaskForm):
    """Nothing but the press of the button."""
