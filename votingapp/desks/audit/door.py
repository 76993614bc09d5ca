"""The door of the audit: its pages stand under one name, and each says who may open it."""

from flask import Blueprint

from votingapp.store.staff import Role
from votingapp.web.access import roles

blueprint = Blueprint("audit", __name__)

READING = (Role.BOARD, Role.DESK)
"""Who reads papers and counts them, each alone."""

BOARD = roles(Role.BOARD)
READERS = roles(*READING)
ONLOOKERS = roles(Role.BOARD, Role.DESK, Role.SECRETARIAT, Role.OBSERVER)
