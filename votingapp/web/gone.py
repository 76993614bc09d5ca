"""Once the personal data of an election is deleted, the desks that worked with it have nothing to show, and take nothing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template, request
from flask_babel import gettext as _

from ballots.poll import PollState
from votingapp.store import deletions
from votingapp.web.reading import reading

if TYPE_CHECKING:
    from votingapp.store.elections import Election

GONE = 410

CLOSED_DESKS = frozenset({"identity", "nomination", "proposers", "roll", "checkin", "slips", "paper", "station"})
"""Blueprints: an account without its lines would show differences that there never were, and an applicant would be kept anew."""


def tell_what_is_gone() -> tuple[str, int] | None:
    """Before each request to such a desk: say that the data is deleted, and where the record stands."""
    election: Election | None = g.get("election")
    if election is None or request.blueprint not in CLOSED_DESKS:
        return None
    if election.state is not PollState.CLOSED and not election.is_called_off:
        return None
    with reading() as connection:
        if not deletions.is_deleted(connection, election.id):
            return None
    page = render_template(
        "shared/message.html",
        title=_("Oplysningerne er slettet"),
        text=_(
            "Fristen for klager er forbi, og personoplysningerne fra valget er slettet. "
            "Resultatet og valgprotokollen står på valgets side."
        ),
    )
    return page, GONE
