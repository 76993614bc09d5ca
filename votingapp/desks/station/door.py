"""The one blueprint on which all pages of the evening hang."""

from flask import Blueprint

blueprint = Blueprint("station", __name__)

UNPROCESSABLE = 422

Page = str | tuple[str, int]
