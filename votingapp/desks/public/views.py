"""The pages that everybody may open."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from candidates.declarations import find_declaration
from votingapp.desks.public import service
from votingapp.web.access import PUBLIC, current_election, current_store, guard

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@guard(PUBLIC)
def home() -> str:
    """The front page: every election of the house."""
    return render_template("public/home.html", elections=service.announced(current_store()))


@blueprint.get("/<slug>/")
@guard(PUBLIC)
def election(slug: str) -> str:
    """One election: what it is, when, and where it is in its life."""
    del slug
    found = current_election()
    phase = service.phase_of(current_store(), found)
    return render_template("public/election.html", election=found, phase=phase, has_archive=found.frozen_at is not None)


@blueprint.get("/<slug>/candidates")
@guard(PUBLIC)
def candidates(slug: str) -> str:
    """Who stands."""
    del slug
    found = current_election()
    return render_template(
        "public/candidates.html",
        election=found,
        candidates=service.candidates(current_store(), found),
        frozen=found.frozen_at is not None,
        phase=service.phase_of(current_store(), found),
    )


@blueprint.get("/<slug>/rules")
@guard(PUBLIC)
def rules(slug: str) -> str:
    """The rules in plain words, with the file and its hash."""
    del slug
    found = current_election()
    declaration = find_declaration(found.rules.eligibility.declaration)
    return render_template("public/rules.html", election=found, declaration=declaration)


@blueprint.get("/<slug>/rules.toml")
@guard(PUBLIC)
def rules_file(slug: str) -> Response:
    """The rule set byte for byte as it was adopted."""
    answer = Response(current_election().rules.text.encode(), mimetype="application/toml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-rules.toml"'
    return answer
