"""The pages on which a citizen stands for election."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.exceptions import TooManyRequests

from candidates.declarations import find_declaration
from votingapp.desks.nomination import service
from votingapp.desks.nomination.forms import StandForm
from votingapp.web.access import PUBLIC, current_election, current_store, guard

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.desks.nomination.service import Window

blueprint = Blueprint("nomination", __name__)


@blueprint.route("/<slug>/stand", methods=["GET", "POST"])
@guard(PUBLIC)
def stand(slug: str) -> str | Response | tuple[str, int]:
    """Stand for election."""
    election = current_election()
    form = StandForm(election.rules, _declaration_text(election.rules.eligibility.declaration))
    window = service.window_at(election, current_store().clock())
    if not form.validate_on_submit():
        return _page(form, window), 422 if form.is_submitted() else 200
    match service.stand(current_store(), election, form.submission(), request.remote_addr or ""):
        case service.Received(number):
            return redirect(url_for("nomination.receipt", slug=slug, number=number))
        case service.NotReceived(window):
            return _page(form, window), 409
        case service.HeldBack():
            raise TooManyRequests


@blueprint.get("/<slug>/stand/<number>")
@guard(PUBLIC)
def receipt(slug: str, number: str) -> str:
    """What became of a nomination, for whoever holds its receipt number."""
    del slug
    found = service.receipt(current_store(), current_election(), number.upper())
    if found is None:
        abort(404)
    return render_template("nomination/receipt.html", election=current_election(), receipt=found)


def _page(form: StandForm, window: Window) -> str:
    return render_template("nomination/stand.html", election=current_election(), form=form, window=window)


def _declaration_text(declaration_id: str) -> str | None:
    """The wording to agree to, in the language of the page; the id itself if the house has no such text."""
    if not declaration_id:
        return None
    found = find_declaration(declaration_id)
    locale = get_locale()
    return declaration_id if found is None else found.candidate.in_language(locale.language if locale else "da")[1]
