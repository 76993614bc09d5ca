"""The record: what is missing in it, drawing it up, and the signatures of the whole board."""

from flask import Blueprint

blueprint = Blueprint("record", __name__)
