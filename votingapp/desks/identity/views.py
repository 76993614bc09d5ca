"""The pages on which a person says who she is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for

from votingapp.web.access import PUBLIC, current_election, guard
from votingapp.web.applicants import end_applicant_session

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("identity", __name__)


@blueprint.get("/<slug>/identify")
@guard(PUBLIC)
def identify(slug: str) -> str:
    """The ways to say who one is."""
    del slug
    return render_template("identity/identify.html", election=current_election())


@blueprint.post("/<slug>/identify/leave")
@guard(PUBLIC)
def leave(slug: str) -> Response:
    """Stop being known in this browser."""
    end_applicant_session()
    return redirect(url_for("public.election", slug=slug))
