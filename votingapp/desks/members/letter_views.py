"""The letter by which a substitute is asked whether she will enter: sent with one press, and printed for the post room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _

from tally.deadlines import copenhagen_day
from votingapp.desks.members import asking
from votingapp.desks.members.door import SECRETARIAT, blueprint
from votingapp.desks.members.forms import AskForm
from votingapp.documents.outcome_letters import render_letters
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.files import as_pdf
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from flask import Response as File
    from werkzeug.wrappers import Response


@blueprint.post("/<slug>/secretariat/members/cases/<vacancy_id>/letter")
@guard(SECRETARIAT)
def ask(slug: str, vacancy_id: str) -> Response:
    """Write to whoever is proposed."""
    if not AskForm(prefix="ask-").validate_on_submit():
        abort(400)
    site = whole_address("public.election", slug=slug)
    match asking.ask(current_store(), current_staff(), current_election(), vacancy_id, site):
        case asking.AskedNow(by_mail=True):
            deliver_soon()
            flash(_("Suppleanten får en e-mail. Brevet kan også hentes herunder."))
        case asking.AskedNow():
            flash(_("Der er ingen e-mailadresse. Hent brevet herunder, og send det med posten."))
        case asking.AskedBefore():
            flash(_("Suppleanten er spurgt i forvejen."))
        case asking.NobodyToAsk():
            abort(404)
    return redirect(url_for("members.case", slug=slug, vacancy_id=vacancy_id))


@blueprint.get("/<slug>/secretariat/members/cases/<vacancy_id>/letter.pdf")
@guard(SECRETARIAT)
def letter(slug: str, vacancy_id: str) -> File:
    """The letter on paper."""
    found = asking.letter_of(current_store(), current_staff(), current_election(), vacancy_id)
    if found is None:
        abort(404)
    return as_pdf(render_letters((found,), copenhagen_day(current_store().clock())), f"brev-{slug}.pdf")
