"""Complaints about the election, from the door to the decision."""

from flask import Blueprint

blueprint = Blueprint("complaints", __name__)
