"""The blueprint of the key ceremony, and who may pass: the board's members hold keys, the secretariat begins and gives up."""

from flask import Blueprint

from votingapp.store.staff import Role
from votingapp.web.access import roles

blueprint = Blueprint("ceremony", __name__)

BOARD = roles(Role.BOARD)
SECRETARIAT = roles(Role.SECRETARIAT)
ONLOOKERS = roles(Role.SECRETARIAT, Role.BOARD)
