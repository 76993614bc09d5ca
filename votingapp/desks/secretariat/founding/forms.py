"""What is filled in to found an election."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired

from votingapp.desks.secretariat.founding.service import LARGEST_RULE_SET, fits_address, shipped

if TYPE_CHECKING:
    from votingapp.desks.secretariat.founding.service import Shipped

_OWN_FILE = ""


class _SlugForm(FlaskForm):
    """The word by which an election is found in addresses."""

    slug = StringField(_("Kort navn i adressen"), [InputRequired(_("Skriv et kort navn."))])

    def validate_slug(self, field: StringField) -> None:
        """A word that no other page of the house has."""
        slug = (field.data or "").strip()
        if not fits_address(slug):
            raise ValidationError(gettext("Brug 3 til 60 tegn: små bogstaver a-z, tal og enkelte bindestreger."))
        if slug in _own_addresses():
            raise ValidationError(gettext("Det navn bruger systemet selv. Vælg et andet."))


class NewElectionForm(_SlugForm):
    """Which rule set, and under which address."""

    shipped = SelectField(_("Regelsæt"))
    upload = FileField(_("Egen fil (TOML)"))

    def __init__(self, **kwargs: Any) -> None:
        """List the rule sets of the house."""
        super().__init__(**kwargs)
        self._shipped: tuple[Shipped, ...] = shipped()
        named = [(one.key, f"{one.name} ({one.key}.toml)") for one in self._shipped]
        self.shipped.choices = [*named, (_OWN_FILE, gettext("Egen fil, som vælges herunder"))]

    def validate_upload(self, field: FileField) -> None:
        """Either a shipped rule set or a file, not both and not neither."""
        if bool(field.data) == bool(self.shipped.data):
            raise ValidationError(gettext("Vælg enten et regelsæt på listen eller “Egen fil” og en fil."))

    def rules(self) -> bytes:
        """The bytes of the chosen rule set; of a large file no more than shows that it is too large."""
        if self.upload.data:
            read: bytes = self.upload.data.read(LARGEST_RULE_SET + 1)
            return read
        return next(one.text for one in self._shipped if one.key == self.shipped.data).encode()


class ConfirmForm(_SlugForm):
    """The same once more, after the rules have been read in plain words.

    The rule set travels in base64, since a browser would change its line ends and so its hash.
    """

    rules_base64 = HiddenField(validators=[InputRequired()])

    def validate_rules_base64(self, field: HiddenField) -> None:
        """Base64, as the page before wrote it."""
        try:
            base64.b64decode(field.data or "", validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(gettext("Regelsættet gik tabt undervejs. Begynd forfra.")) from error

    def rules(self) -> bytes:
        """The bytes of the rule set."""
        return base64.b64decode(self.rules_base64.data or "")


def _own_addresses() -> frozenset[str]:
    """The first words of all addresses that belong to no election."""
    paths = (rule.rule for rule in current_app.url_map.iter_rules())
    return frozenset(path.split("/")[1] for path in paths if not path.startswith("/<"))
