"""The pages on which a candidate asks for proposers, and the page that a link opens for one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import TooManyRequests

from candidates.declarations import find_declaration
from votingapp.desks.proposers import service
from votingapp.desks.proposers.forms import AskForm, ConfirmForm, PressForm
from votingapp.web import throttle
from votingapp.web.access import APPLICANT, PUBLIC, current_election, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.applicants import current_applicant
from votingapp.web.languages import page_language
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.desks.proposers.service import Opened, Sought

blueprint = Blueprint("proposers", __name__)

Answer = str | tuple[str, int]


@blueprint.route("/<slug>/stand/proposers", methods=["GET", "POST"])
@guard(APPLICANT)
def ask(slug: str) -> Response | Answer:
    """Ask people to back one's nomination."""
    sought = _sought()
    form = AskForm()
    if not form.validate_on_submit():
        page = render_template("proposers/ask.html", election=current_election(), sought=sought, form=form)
        return page, 422 if form.is_submitted() else 200
    asked, visitor = form.read(), throttle.visitor_of(request.remote_addr)
    match service.ask(current_store(), current_election(), current_applicant(), asked, _reader(), visitor):
        case service.Done():
            deliver_soon()
            flash(gettext("Vi sender en e-mail til %(name)s.", name=asked[0]))
        case service.NotNow():
            flash(gettext("Du kan ikke spørge flere nu. Intet er ændret."))
        case service.HeldBack():
            raise TooManyRequests
    return redirect(url_for("proposers.ask", slug=slug))


@blueprint.post("/<slug>/stand/proposers/<proposer_id>/remove")
@guard(APPLICANT)
def remove(slug: str, proposer_id: str) -> Response:
    """Ask somebody no longer."""
    _sought()
    match service.remove(current_store(), current_election(), current_applicant(), proposer_id):
        case service.Done():
            flash(gettext("Stilleren er fjernet."))
        case service.NotNow():
            flash(gettext("Stilleren kan ikke fjernes. Intet er ændret."))
    return redirect(url_for("proposers.ask", slug=slug))


@blueprint.route("/<slug>/propose/<token>", methods=["GET", "POST"])
@guard(PUBLIC)
def answer(slug: str, token: str) -> Response | Answer:
    """Read whom one was asked to back, and say yes; looking alone changes nothing, for mail programs look too."""
    opened = service.open_link(current_store(), current_election(), token)
    if opened is None:
        abort(404)
    form = ConfirmForm(_declaration_text())
    if not form.validate_on_submit():
        return _page(opened, form), 422 if form.is_submitted() else 200
    declared = current_election().rules.eligibility.declaration or None
    address = throttle.visitor_of(request.remote_addr)
    outcome = service.confirm(current_store(), current_election(), token, form.read(), declared, address)
    return _tell(outcome, gettext("Tak. Dit svar er modtaget."), slug, token)


@blueprint.post("/<slug>/propose/<token>/take-back")
@guard(PUBLIC)
def take_back(slug: str, token: str) -> Response:
    """Back her no longer."""
    visitor = throttle.visitor_of(request.remote_addr)
    outcome = service.take_back(current_store(), current_election(), token, visitor)
    return _tell(outcome, gettext("Du er ikke længere stiller."), slug, token)


def _sought() -> Sought:
    """The applicant's proposers; not found where the rules ask for none or she has sent no nomination."""
    found = service.sought(current_store(), current_election(), current_applicant())
    if found is None or not current_election().rules.eligibility.proposers:
        abort(404)
    return found


def _tell(outcome: service.Done | service.NotNow | service.HeldBack, done: str, slug: str, token: str) -> Response:
    match outcome:
        case service.Done():
            flash(done)
        case service.NotNow():
            flash(gettext("Fristen er udløbet. Intet er ændret."))
        case service.HeldBack():
            raise TooManyRequests
    return redirect(url_for("proposers.answer", slug=slug, token=token))


def _page(opened: Opened, form: ConfirmForm) -> str:
    return render_template(
        "proposers/answer.html", election=current_election(), opened=opened, form=form, press=PressForm()
    )


def _reader() -> tuple[str, str]:
    return page_language(), whole_address("public.election", slug=current_election().slug)


def _declaration_text() -> str | None:
    """The voters' wording, in the language of the page; the id itself if the house has no such text."""
    declaration_id = current_election().rules.eligibility.declaration
    if not declaration_id:
        return None
    found = find_declaration(declaration_id)
    return declaration_id if found is None else found.voter.in_language(page_language())[1]
