"""The one blueprint on which all pages of the evening hang."""

from flask import Blueprint

blueprint = Blueprint("station", __name__)

UNPROCESSABLE, CONFLICT = 422, 409

Page = str | tuple[str, int]
