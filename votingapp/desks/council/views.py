"""The whole council: its composition, the item for the byråd, what the byråd ruled, and who is told."""

from flask import Blueprint

blueprint = Blueprint("council", __name__)
