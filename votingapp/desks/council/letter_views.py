"""The page from which everybody who stood is told what the byråd ruled, and the letters for the post room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tally.deadlines import copenhagen_day
from votingapp.desks.council import telling, words
from votingapp.desks.council.door import SECRETARIAT, blueprint
from votingapp.desks.council.forms import StepForm
from votingapp.desks.council.standing import NotKnown
from votingapp.documents.outcome_letters import render_letters
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.files import as_pdf
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from flask import Response as File
    from werkzeug.wrappers import Response

Answer = tuple[str, int]


@blueprint.get("/<slug>/council/letters")
@guard(SECRETARIAT)
def letters(slug: str) -> Answer:
    """Who is to be told, and who was."""
    del slug
    return _page(200)


@blueprint.post("/<slug>/council/letters")
@guard(SECRETARIAT)
def send_letters(slug: str) -> Response | Answer:
    """Tell everybody who is due."""
    if not StepForm().validate_on_submit():
        abort(400)
    site = whole_address("public.election", slug=slug)
    match telling.send(current_store(), current_staff(), current_election(), site):
        case telling.Sent(number, by_mail):
            deliver_soon()
            flash(
                ngettext(
                    "%(num)s kandidat får besked, %(mails)s af dem med e-mail. Brevene kan hentes herunder.",
                    "%(num)s kandidater får besked, %(mails)s af dem med e-mail. Brevene kan hentes herunder.",
                    number,
                    mails=by_mail,
                )
            )
            return redirect(url_for("council.letters", slug=slug))
        case telling.NothingDue():
            return _page(409, _("Der er ikke nogen, der skal have besked nu."))
        case NotKnown(why):
            return _page(409, str(words.LACKING[why]))


@blueprint.get("/<slug>/council/letters.pdf")
@guard(SECRETARIAT)
def letters_pdf(slug: str) -> File:
    """The letters on paper in one file: those that no mail has carried, or with `?all=1` all of them."""
    everybody = request.args.get("all") == "1"
    found = telling.letters_for_post(current_store(), current_staff(), current_election(), everybody=everybody)
    if isinstance(found, NotKnown) or not found:
        abort(404)
    return as_pdf(render_letters(found, copenhagen_day(current_store().clock())), f"breve-{slug}.pdf")


def _page(status: int, trouble: str = "") -> Answer:
    election = current_election()
    with current_store().reading() as connection:
        found = telling.overview(connection, election)
    if isinstance(found, NotKnown):
        return render_template("council/not_known.html", election=election, why=words.LACKING[found.why]), status
    page = render_template(
        "council/letters.html",
        election=election,
        found=found,
        kinds=words.KINDS,
        deliveries=words.DELIVERIES,
        step=StepForm(formdata=None),
        trouble=trouble,
    )
    return page, status
