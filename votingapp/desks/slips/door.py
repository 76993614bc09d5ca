"""The one blueprint on which all pages of the slips hang, who may open those of the board, and how a second official signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from votingapp.desks.slips import supply
from votingapp.store import accounts
from votingapp.store.ledger import Paper
from votingapp.store.staff import Role, Staff
from votingapp.web import cosign
from votingapp.web.access import current_election, current_staff, current_store, roles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from flask_wtf import FlaskForm
    from wtforms import Form

blueprint = Blueprint("slips", __name__)

BOARD = roles(Role.BOARD)
"""The rule of every page on which slips are printed, moved, counted or explained."""

UNPROCESSABLE, CONFLICT = 422, 409

SLIPS = {"paper": Paper.SLIP.value}
"""The address says what it is about only where that is paper ballots."""

Page = str | tuple[str, int]


def second_of(form: FlaskForm, allowed: Collection[Role] = (Role.BOARD, Role.DESK)) -> Staff | None:
    """The official who signs beside; None where the form was not sent, or lacks something that it says itself."""
    return cosigner(form, allowed) if form.validate_on_submit() else None


def cosigner(form: Form, allowed: Collection[Role]) -> Staff | None:
    """The official who signs beside, by the fields of a form that is filled in; None where they do not hold, with the reason."""
    found = cosign.second_official(current_store(), current_staff(), current_election(), form, allowed)
    if isinstance(found, Staff):
        return found
    cosign.complain(form, found)
    return None


def set_apart(form: FlaskForm, place: str) -> None:
    """Give a form's fields ids of their own, where a page holds several forms alike."""
    for field in form:
        field.id = f"{field.id}-{place}"


@blueprint.context_processor
def papers() -> dict[str, Callable[[], bool]]:
    """The pages lead to those of the paper ballots where there are any."""
    return {"paper_in_use": _paper_in_use}


def _paper_in_use() -> bool:
    with current_store().reading() as connection:
        return Paper.BALLOT in accounts.in_use(connection, current_election())


def desks_here() -> tuple[str, ...]:
    """The desks that can have a box."""
    with current_store().reading() as connection:
        return supply.boxes_of(connection, current_election().id)
