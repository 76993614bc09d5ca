"""The blueprint of the poll desk, and who may pass: the board acts, secretariat and observers look on."""

from flask import Blueprint

from votingapp.store.staff import Role
from votingapp.web.access import roles

blueprint = Blueprint("poll", __name__)

BOARD = roles(Role.BOARD)
ONLOOKERS = roles(Role.BOARD, Role.SECRETARIAT, Role.OBSERVER)
