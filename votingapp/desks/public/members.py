"""The page on which everybody sees who sits in the council, and who sat when; why somebody left is nobody's business."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from flask import abort
from markupsafe import Markup

from tally.deadlines import copenhagen_day
from votingapp.desks.public.door import blueprint, page, press
from votingapp.documents.seat_history import draw, history_of, render_history
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.files import as_pdf
from votingapp.web.seat_words import seat_wording

if TYPE_CHECKING:
    from datetime import date

    from flask import Response

    from votingapp.documents.seat_history import History


@blueprint.get("/<slug>/members")
@guard(PUBLIC)
def members(slug: str) -> str:
    """Who sits in the council, and who sat when; before the byråd has ruled the page says that it has not."""
    del slug
    today, history = _known_today()
    wording = seat_wording()
    picture = None if history is None else Markup(draw(history, wording))  # noqa: S704 - every text in it is escaped where it is drawn
    return page("members", history=history, today=today, wording=wording, picture=picture)


@blueprint.get("/<slug>/members.pdf")
@guard(PUBLIC)
def members_pdf(slug: str) -> Response:
    """The same as a paper, in Danish."""
    election = current_election()
    today, history = _known_today()
    if history is None:
        abort(404)
    rules = election.rules.election
    about = (rules.name, rules.municipality, election.rehearsal, today)
    made = press().paper(
        f"members|{sha256(repr((history, *about)).encode()).hexdigest()}",
        lambda: render_history(
            history, election=rules.name, municipality=rules.municipality, rehearsal=election.rehearsal, today=today
        ),
    )
    return as_pdf(made, f"{slug}-members.pdf")


def _known_today() -> tuple[date, History | None]:
    """What everybody may know on this day: None before somebody was appointed."""
    store, election = current_store(), current_election()
    today = copenhagen_day(store.clock())
    with store.reading() as connection:
        history = history_of(connection, election, today, for_everybody=True)
    sat = history is not None and any(one.who is not None for seat in history.seats for one in seat.stretches)
    return today, history if sat else None
