"""The board's page with the whole account, and every difference until two officials have explained it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from votingapp.desks.slips import explaining, words
from votingapp.desks.slips.door import BOARD, CONFLICT, SLIPS, UNPROCESSABLE, Page, blueprint, second_of, set_apart
from votingapp.desks.slips.forms import ExplainForm
from votingapp.store import accounts, elections, explanations, ledger
from votingapp.store.ledger import Paper
from votingapp.store.settled import ResultKnown
from votingapp.web.access import current_election, current_staff, current_store, guard

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from ballots.slips import Difference


@blueprint.get("/<slug>/slips/account", defaults=SLIPS)
@blueprint.get("/<slug>/slips/account/<any(ballot):paper>")
@guard(BOARD)
def account(slug: str, paper: str) -> str:
    """The whole account and every box; no figure of ballots before the close."""
    del slug
    return _account(Paper(paper))


@blueprint.post("/<slug>/slips/account/explain", defaults=SLIPS)
@blueprint.post("/<slug>/slips/account/<any(ballot):paper>/explain")
@guard(BOARD)
def explain(slug: str, paper: str) -> Response | Page:
    """Two officials explain a difference in words."""
    form = ExplainForm()
    second = second_of(form)
    if second is None:
        return _account(Paper(paper), form), UNPROCESSABLE
    outcome = explaining.explain(
        current_store(),
        current_election(),
        form.difference(),
        form.text.data or "",
        (current_staff(), second),
        Paper(paper),
    )
    match outcome:
        case explaining.Explained():
            flash(_("Forklaringen er gemt og kommer med i valgprotokollen."))
            return redirect(url_for("slips.account", slug=slug, paper=paper))
        case explaining.ExplainedBefore():
            flash(_("To andre har forklaret forskellen imens. Jeres forklaring er ikke gemt."))
            return _account(Paper(paper)), CONFLICT
        case explaining.OtherFigures():
            flash(_("Regnskabet har andre tal nu. Intet er gemt. Se tallene igen."))
            return _account(Paper(paper)), CONFLICT
        case ResultKnown():
            flash(words.say_result_known())
            return _account(Paper(paper)), CONFLICT


def _account(paper: Paper, used: ExplainForm | None = None) -> str:
    """Show the account; `used` is an explanation that was sent and found wanting."""
    with current_store().reading() as connection:
        election = elections.by_id(connection, current_election().id)
        drawn = accounts.account_of(connection, election, paper)
        given = explanations.every(connection, election.id, paper)
        elsewhere = accounts.count_unexplained(connection, election)
    explained = {one.difference for one in given}
    open_ones = [one for one in drawn.differences if one not in explained]
    return render_template(
        "slips/account.html",
        paper=paper.value,
        closed=election.closed_at is not None,
        account=drawn.whole,
        boxes=drawn.boxes,
        board=ledger.BOARD,
        uncounted=drawn.uncounted,
        unexplained=[(one, _form_for(one, used, place)) for place, one in enumerate(open_ones)],
        explanations=given,
        elsewhere={other: number for other, number in elsewhere.items() if other is not paper},
        name_box=words.name_box,
        name_difference=lambda difference: words.name_difference(difference, paper),
        used=used,
    )


def _form_for(difference: Difference, used: ExplainForm | None, place: int) -> ExplainForm:
    """The form under a difference: each has ids of its own."""
    form = used if used is not None and used.names(difference) else ExplainForm(formdata=None)
    set_apart(form, str(place))
    return form
