"""A press counts once: a form that is sent twice, because somebody pressed twice or the line broke, is one act."""

from __future__ import annotations

import uuid

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import InputRequired, Regexp

UUID_TEXT = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"
"""How the house writes the UUIDs by which rows and forms are named."""


class OnceForm(FlaskForm):
    """A form with a random name of its own, made with the page and sent along; `{{ form.once }}` puts it there."""

    once = HiddenField(default=lambda: str(uuid.uuid4()), validators=[InputRequired(), Regexp(UUID_TEXT)])

    def id_of(self, *said: object) -> str:
        """The id of what this form says: the same sent again is the same, with anything changed it is another one."""
        return str(uuid.uuid5(uuid.UUID(self.once.data or ""), "|".join(str(one) for one in said)))
