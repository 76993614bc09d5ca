"""The overview, the rules and the log."""

from __future__ import annotations

from flask import render_template, request

from ballots.poll import PollState
from candidates.declarations import find_declaration
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.desks.secretariat.overview import service
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_roles, current_store, guard, roles


@blueprint.get("/<slug>/secretariat")
@guard(SECRETARIAT)
def overview(slug: str) -> str:
    """The guided list of steps."""
    del slug
    election = current_election()
    return render_template(
        "secretariat/overview.html", election=election, overview=service.overview(current_store(), election)
    )


@blueprint.get("/<slug>/secretariat/rules")
@guard(SECRETARIAT)
def rules(slug: str) -> str:
    """The rules in plain words, their hash and who adopted them."""
    del slug
    election = current_election()
    declaration = find_declaration(election.rules.eligibility.declaration)
    return render_template("secretariat/rules.html", election=election, declaration=declaration)


@blueprint.get("/<slug>/log")
@guard(roles(Role.SECRETARIAT, Role.BOARD, Role.OBSERVER))
def log(slug: str) -> str:
    """The log of this election, and whether its chain holds.

    While the poll is open it is the board's alone: an entry for each admission tells the turnout, line by line.
    """
    del slug
    if current_election().state is PollState.OPEN and Role.BOARD not in current_roles():
        return render_template("secretariat/log_later.html")
    number = request.args.get("page", default=1, type=int)
    page = service.log_page(current_store(), current_election(), number)
    return render_template("secretariat/log.html", election=current_election(), page=page)
