"""The blueprint of the register of members, and who may open its pages and confirm what is entered there."""

from flask import Blueprint

from votingapp.store.staff import Role
from votingapp.web.access import roles

blueprint = Blueprint("members", __name__)

SECRETARIAT = roles(Role.SECRETARIAT)
"""The rule of every page: reasons are shown there that nobody else has to read."""

SECOND = frozenset({Role.SECRETARIAT, Role.BOARD})
"""Who confirms what another has entered."""
