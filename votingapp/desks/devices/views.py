"""The pages on which devices are invited and revoked, and on which a device says which one it is to be."""

from __future__ import annotations

from flask import Blueprint, render_template

from votingapp.desks.devices import service
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_store, guard, roles

blueprint = Blueprint("devices", __name__)

_KEEPERS = roles(Role.SECRETARIAT, Role.BOARD)


@blueprint.get("/<slug>/devices")
@guard(_KEEPERS)
def overview(slug: str) -> str:
    """Every device of the election."""
    del slug
    seen = service.look_over(current_store(), current_election())
    return render_template("devices/overview.html", election=current_election(), seen=seen)
