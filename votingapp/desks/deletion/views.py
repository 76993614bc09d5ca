"""The deletion of an election's personal data by two."""

from flask import Blueprint

blueprint = Blueprint("deletion", __name__)
