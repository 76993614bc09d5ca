"""The register of members: who sits, who left, and who enters after whom."""

from flask import Blueprint

blueprint = Blueprint("members", __name__)
