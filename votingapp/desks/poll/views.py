"""The pages where the board prints slips, freezes the election, opens the poll and closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ballots.poll import Obstacle, PollState, may_freeze, may_open
from votingapp.desks.poll import service
from votingapp.desks.poll.facts import freeze_facts, open_facts
from votingapp.desks.poll.forms import CloseForm, FreezeForm, OpenForm, SlipsForm
from votingapp.desks.poll.seal import logged_seal
from votingapp.desks.poll.slips import BadNumber, ListClosed, SlipsPrinted, print_slips
from votingapp.store import ballot_paper, keys, nominations, urns
from votingapp.store.elections import urn_of
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_staff, current_store, guard, roles

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from sqlalchemy import Connection
    from werkzeug.wrappers import Response

    from votingapp.store.elections import Election

blueprint = Blueprint("poll", __name__)

_BOARD = roles(Role.BOARD)


@blueprint.get("/<slug>/poll")
@guard(roles(Role.BOARD, Role.SECRETARIAT, Role.OBSERVER))
def overview(slug: str) -> str:
    """Where the poll stands, what the next step is, and what stands in its way."""
    del slug
    return _overview()


@blueprint.post("/<slug>/poll/slips")
@guard(_BOARD)
def slips(slug: str) -> Response | tuple[str, int]:
    """Print fresh slips; the answer is the PDF itself, which nothing else in the house ever holds."""
    form = SlipsForm()
    if not form.validate_on_submit():
        return _overview(form), 422
    match print_slips(current_store(), current_staff(), current_election(), form.number.data or 0):
        case SlipsPrinted(pdf):
            return _paper(pdf, f"stemmesedler-{slug}.pdf")
        case ListClosed():
            form.form_errors.append(_("Valget er låst. Der kan ikke printes flere stemmesedler."))
            return _overview(form), 409
        case BadNumber():
            form.form_errors.append(_("Skriv et tal fra 1 til 1000. Print flere ad flere gange."))
    return _overview(form), 422


def _paper(pdf: bytes, name: str) -> Response:
    answer = make_response(pdf)
    answer.mimetype = "application/pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.post("/<slug>/poll/freeze")
@guard(_BOARD)
def freeze(slug: str) -> Response | tuple[str, int]:
    """Fix rules, candidates, slips and key."""
    form = FreezeForm()
    if not form.validate_on_submit():
        return _overview(form), 422
    match service.freeze(current_store(), current_staff(), current_election()):
        case service.Frozen():
            flash(_("Valget er låst. Skriv aftrykkene herunder i protokollen."))
            return redirect(url_for("poll.overview", slug=slug))
        case service.Obstructed(obstacles):
            return _obstructed(obstacles)


@blueprint.post("/<slug>/poll/open")
@guard(_BOARD)
def open_poll(slug: str) -> Response | tuple[str, int]:
    """Open the poll."""
    form = OpenForm()
    if not form.validate_on_submit():
        return _overview(form), 422
    match service.open_poll(current_store(), current_staff(), current_election()):
        case service.Opened():
            flash(_("Afstemningen er åben."))
            return redirect(url_for("poll.overview", slug=slug))
        case service.Obstructed(obstacles):
            return _obstructed(obstacles)


@blueprint.post("/<slug>/poll/close")
@guard(_BOARD)
def close_poll(slug: str) -> Response | tuple[str, int]:
    """Close the poll for good."""
    form = CloseForm()
    if not form.validate_on_submit():
        return _overview(form), 422
    match service.close_poll(current_store(), current_staff(), current_election()):
        case service.Closed(ballots, shaken):
            flash(
                ngettext(
                    "Afstemningen er lukket. Der ligger %(num)s stemme i urnen.",
                    "Afstemningen er lukket. Der ligger %(num)s stemmer i urnen.",
                    ballots,
                )
            )
            if not shaken:
                flash(_("Noget læser stadig i databasen. Stemmerne kan først lægges sammen, når det er lukket."))
            return redirect(url_for("count.overview", slug=slug))
        case service.Obstructed(obstacles):
            return _obstructed(obstacles)


def _obstructed(obstacles: tuple[Obstacle, ...]) -> tuple[str, int]:
    return _overview(None, obstacles), 409


def _overview(used: FlaskForm | None = None, obstacles: tuple[Obstacle, ...] = ()) -> str:
    """Show the page; `used` is the form that was sent and found wanting, `obstacles` what refused the step."""
    with current_store().reading() as connection:
        election = current_election()
        urn = urn_of(connection, election.urn_uuid)
        trustees = _key_holders(connection, election)
        return render_template(
            "poll/overview.html",
            used=used,
            refused=bool(obstacles),
            obstacles=obstacles or _ahead(connection, election),
            forms_by_step={
                "slips": used if isinstance(used, SlipsForm) else SlipsForm(formdata=None),
                "freeze": used if isinstance(used, FreezeForm) else FreezeForm(formdata=None),
                "open": used if isinstance(used, OpenForm) else OpenForm(formdata=None),
                "close": used if isinstance(used, CloseForm) else CloseForm(formdata=None),
            },
            slips_printed=urn.slips_printed,
            uncontested=_is_uncontested(connection, election),
            paper=ballot_paper.lines(connection, election.id),
            seal=logged_seal(connection, election.id),
            key=trustees,
            ballots=urns.count(connection, election.urn_uuid) if election.closed_at else None,
        )


def _is_uncontested(connection: Connection, election: Election) -> bool:
    """Whether there is a seat for every candidate; the vote may be held all the same, and is then counted as any other."""
    return 0 < len(nominations.accepted(connection, election.id)) <= election.rules.seats.total


def _key_holders(connection: Connection, election: Election) -> str | None:
    ceremony = keys.ceremony_of(connection, election.id)
    trustees = None if ceremony is None else ceremony.trustees()
    return None if trustees is None else keys.key_fingerprint(trustees.combined_public_key)


def _ahead(connection: Connection, election: Election) -> tuple[Obstacle, ...]:
    """What stands in the way of the next step."""
    match election.state:
        case PollState.PREPARING:
            return may_freeze(freeze_facts(connection, election, current_store().clock()))
        case PollState.FROZEN:
            return may_open(open_facts(connection, election))
        case PollState.OPEN | PollState.CLOSED:
            return ()
