"""The audit of the papers of the booths by a sample drawn with public dice."""

from flask import Blueprint

blueprint = Blueprint("audit", __name__)
