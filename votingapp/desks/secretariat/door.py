"""The one blueprint on which all of the secretariat's pages hang, and who may open most of them."""

from flask import Blueprint

from votingapp.store.staff import Role
from votingapp.web.access import roles

blueprint = Blueprint("secretariat", __name__)

SECRETARIAT = roles(Role.SECRETARIAT)
"""The rule of every page on which something is decided or a person is shown."""
