"""The page on which a holder opens her part of the trial sum from the sheet, while others play that theirs are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from votingapp.desks.ceremony.door import BOARD, blueprint
from votingapp.desks.ceremony.relaying import answer, submission
from votingapp.desks.ceremony.trying import submit_trial_part
from votingapp.store import keys
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.headers import with_camera

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect


@blueprint.get("/<slug>/ceremony/trial")
@guard(BOARD)
@with_camera
def trial(slug: str) -> str | Redirect:
    """A holder's own browser restores her keys from the sheet and opens her part of a sum of which everything is public."""
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
    own = None if ceremony is None else ceremony.member(current_staff().id)
    if ceremony is None or own is None or ceremony.step is not None or current_election().frozen_at is not None:
        flash(_("Prøven kan holdes af nøgleholderne, når nøglen er færdig, og til valget låses."))
        return redirect(url_for("ceremony.overview", slug=slug))
    return render_template("ceremony/trial.html", ceremony=ceremony, own=own)


@blueprint.post("/<slug>/ceremony/trial")
@guard(BOARD)
def trial_part(slug: str) -> tuple[Response, int]:
    """Take a holder's part of the trial sum."""
    del slug
    return answer(submit_trial_part(*submission()))
