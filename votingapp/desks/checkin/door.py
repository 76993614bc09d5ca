"""The one blueprint on which all of the check-in's pages hang, who may open them, and which desk is sitting there."""

from __future__ import annotations

from flask import Blueprint, render_template

from votingapp.desks.checkin.service import Desk
from votingapp.store.devices import Kind
from votingapp.store.staff import Role
from votingapp.web.access import at_desk, current_election, current_staff, roles
from votingapp.web.devices import device_here

blueprint = Blueprint("checkin", __name__)

AT_THE_DESK = at_desk(Role.DESK, Role.BOARD)
"""The rule of whatever is done at a desk, on its own device."""

SUPERVISOR = roles(Role.BOARD)
"""The rule of what a supervisor decides, at a desk or from a laptop of the board."""

UNPROCESSABLE = 422

Page = str | tuple[str, int]


def this_desk() -> Desk:
    """The desk that this device is, and who sits at it; the guard has let nobody else past."""
    device = device_here(Kind.DESK, current_election().id)
    if device is None:
        raise LookupError("a route of the check-in without its guard")
    return Desk(device.name, current_staff())


def desk_page(template: str, **shown: object) -> str:
    """A page of the desk, which knows its desk's name."""
    return render_template(template, desk=this_desk().name, **shown)
