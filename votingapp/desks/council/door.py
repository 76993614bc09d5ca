"""The one blueprint on which the pages of the council hang, and who may open them."""

from flask import Blueprint

from votingapp.store.staff import Role
from votingapp.web.access import roles

blueprint = Blueprint("council", __name__)

SECRETARIAT = roles(Role.SECRETARIAT)

SECOND = frozenset({Role.SECRETARIAT, Role.BOARD})
"""Who may confirm what the byråd ruled beside the one who enters it: a small town hall has one secretary."""
