"""The page with every seat and every substitute, and the whole term as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template
from markupsafe import Markup

from votingapp.desks.members import reading
from votingapp.desks.members.door import SECRETARIAT, blueprint
from votingapp.documents.seat_history import draw, render_history
from votingapp.web.access import current_election, current_store, guard
from votingapp.web.files import as_pdf
from votingapp.web.seat_words import seat_wording
from votingapp.web.vacancy_words import CAUSES, REASONS

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/<slug>/secretariat/members")
@guard(SECRETARIAT)
def overview(slug: str) -> str:
    """Who sits today, which seats are free, and who stands ready."""
    del slug
    election = current_election()
    found = reading.register(current_store(), election)
    wording = seat_wording()
    picture = None if found.history is None else Markup(draw(found.history, wording))  # noqa: S704 - every text in it is escaped where it is drawn
    return render_template(
        "members/overview.html",
        election=election,
        register=found,
        wording=wording,
        picture=picture,
        causes=CAUSES,
        reasons=REASONS,
    )


@blueprint.get("/<slug>/secretariat/members.pdf")
@guard(SECRETARIAT)
def paper(slug: str) -> Response:
    """The register as a paper, with the name of everybody who sat."""
    election = current_election()
    found = reading.register(current_store(), election)
    if found.history is None:
        abort(404)
    rules = election.rules.election
    pdf = render_history(
        found.history,
        election=rules.name,
        municipality=rules.municipality,
        rehearsal=election.rehearsal,
        today=found.today,
    )
    return as_pdf(pdf, f"medlemmer-{slug}.pdf")
