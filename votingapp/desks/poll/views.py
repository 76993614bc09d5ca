"""The page where the board sees how far the poll has come, and freezes the election."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ballots.poll import CEREMONIAL, Obstacle, PollState, may_freeze, may_open
from votingapp.desks.poll import closing, opening, service
from votingapp.desks.poll.door import BOARD, ONLOOKERS, blueprint
from votingapp.desks.poll.facts import freeze_facts, open_facts
from votingapp.desks.poll.forms import FreezeForm
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.seal import logged_seal
from votingapp.store import ballot_paper, keys, nominations, urns
from votingapp.store.elections import urn_of
from votingapp.web.access import current_election, current_staff, current_store, guard

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from sqlalchemy import Connection
    from werkzeug.wrappers import Response

    from votingapp.store.elections import Election

__all__ = ["blueprint", "closing", "opening"]


@blueprint.get("/<slug>/poll")
@guard(ONLOOKERS)
def overview(slug: str) -> str:
    """Where the poll stands, what the next step is, and what stands in its way."""
    del slug
    return _overview()


@blueprint.post("/<slug>/poll/freeze")
@guard(BOARD)
def freeze(slug: str) -> Response | tuple[str, int]:
    """Fix rules, candidates, slips and key."""
    form = FreezeForm()
    if not form.validate_on_submit():
        return _overview(form), 422
    match service.freeze(current_store(), current_staff(), current_election()):
        case service.Frozen():
            flash(_("Valget er låst. Skriv aftrykkene herunder i protokollen."))
            return redirect(url_for("poll.overview", slug=slug))
        case Obstructed(obstacles):
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
            freeze=used if isinstance(used, FreezeForm) else FreezeForm(formdata=None),
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
    """What stands in the way of the next step, before anybody begins with it."""
    match election.state:
        case PollState.PREPARING:
            return may_freeze(freeze_facts(connection, election, current_store().clock()))
        case PollState.FROZEN:
            found = may_open(open_facts(connection, election, current_store().clock()))
            return tuple(one for one in found if one.code not in CEREMONIAL)
        case PollState.OPEN | PollState.CLOSED:
            return ()
