"""The pages on which a citizen stands for election, and follows what becomes of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm

from candidates.declarations import find_declaration
from votingapp.desks.nomination import outcomes, own, service
from votingapp.desks.nomination.clock import time_left
from votingapp.desks.nomination.forms import StandForm
from votingapp.desks.nomination.mails import Reader
from votingapp.web import own_languages, throttle
from votingapp.web.access import APPLICANT, PUBLIC, current_election, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.applicants import WARN_AFTER, current_applicant
from votingapp.web.languages import page_language
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.desks.nomination.own import Own

blueprint = Blueprint("nomination", __name__)

Answer = str | tuple[str, int]


@blueprint.get("/<slug>/stand")
@guard(PUBLIC)
def stand(slug: str) -> str:
    """What it takes to stand, until when, and what happens to what one tells."""
    del slug
    election, now = current_election(), current_store().clock()
    return render_template(
        "nomination/stand.html",
        election=election,
        window=service.window_at(election, now),
        now=now,
        left=time_left(now, election.rules.nomination.closes),
        declaration=_declaration_text(),
    )


@blueprint.route("/<slug>/stand/form", methods=["GET", "POST"])
@guard(APPLICANT)
def form(slug: str) -> Response | Answer:
    """Write, save and send a nomination."""
    known = own.read(current_store(), current_election(), current_applicant())
    if request.method == "GET":
        return _form_page(_form(known, **_prefilled(known)), known)
    filled = _form(known)
    if known.presentation_closed and filled.hold(known.content):
        flash(_presentation_stays())
    match request.form.get("act"):
        case "send":
            return _send(filled, known)
        case "preview":
            return _save(filled, known, url_for("nomination.preview", slug=slug))
        case "stay":
            return _save(filled, known, url_for("nomination.form", slug=slug))
        case "photo":
            return _save(filled, known, url_for("photo.photo", slug=slug))
        case _:
            return _save(filled, known, url_for("nomination.mine", slug=slug))


@blueprint.get("/<slug>/stand/preview")
@guard(APPLICANT)
def preview(slug: str) -> str | Response:
    """Her own page and her line on the ballot, exactly as voters would see them."""
    known = own.read(current_store(), current_election(), current_applicant())
    if not known.content.name.strip():
        return redirect(url_for("nomination.form", slug=slug))
    return render_template(
        "nomination/preview.html",
        election=current_election(),
        own=known,
        own_language=own_languages.code_of(known.content.own_language, known.content.other_language),
    )


@blueprint.get("/<slug>/stand/mine")
@guard(APPLICANT)
def mine(slug: str) -> str:
    """How it stands, what comes next, and everything that was said."""
    del slug
    election, now = current_election(), current_store().clock()
    known = own.read(current_store(), election, current_applicant())
    return render_template(
        "nomination/mine.html",
        election=election,
        own=known,
        window=service.window_at(election, now),
        now=now,
        left=time_left(now, known.step.until) if known.step.until else "",
    )


@blueprint.route("/<slug>/stand/withdraw", methods=["GET", "POST"])
@guard(APPLICANT)
def withdraw(slug: str) -> str | Response:
    """Step back, after having been asked once."""
    asked = FlaskForm()
    if not asked.validate_on_submit():
        known = own.read(current_store(), current_election(), current_applicant())
        return render_template("nomination/withdraw.html", election=current_election(), own=known, form=asked)
    match service.withdraw(current_store(), current_election(), current_applicant(), _reader()):
        case outcomes.Withdrawn():
            deliver_soon()
            flash(gettext("Du har trukket din opstilling tilbage."))
        case outcomes.NotWithdrawn():
            flash(gettext("Opstillingen kan ikke trækkes tilbage. Intet er ændret."))
    return redirect(url_for("nomination.mine", slug=slug))


@blueprint.get("/<slug>/stand/<number>")
@guard(PUBLIC)
def receipt(slug: str, number: str) -> str:
    """What became of a nomination, for whoever holds its receipt number."""
    del slug
    found = own.receipt(current_store(), current_election(), number.upper())
    if found is None:
        abort(404)
    return render_template("nomination/receipt.html", election=current_election(), filed=found.filed)


def _form(known: Own, **kwargs: object) -> StandForm:
    return StandForm(current_election().rules, current_applicant(), _declaration_text(), known.cpr, **kwargs)


def _prefilled(known: Own) -> dict[str, object]:
    """What the form begins with; the number is never among it, and declaration and consent are given anew."""
    return {"data": {name: text for name, text in asdict(known.content).items() if name != "cpr"}}


def _form_page(filled: StandForm, known: Own, status: int = 200, **told: object) -> Answer:
    election, now = current_election(), current_store().clock()
    page = render_template(
        "nomination/form.html",
        election=election,
        form=filled,
        own=known,
        window=service.window_at(election, now),
        now=now,
        left=time_left(now, known.step.until) if known.step.until else "",
        warn_after=int(WARN_AFTER.total_seconds()),
        **({"broken": (), "saved": False, "held_back": False} | told),
    )
    return page, status


def _save(filled: StandForm, known: Own, onward: str) -> Response | Answer:
    """Keep the draft and go on; what does not fit into one is told and stays on the page."""
    if not filled.fits_a_draft():
        return _form_page(filled, known, 422)
    match service.save(current_store(), current_election(), current_applicant(), filled.content()):
        case outcomes.Saved():
            flash(gettext("Det, du har skrevet, er gemt. Det er ikke sendt endnu."))
            if filled.cpr_is_unread():
                flash(gettext("CPR-nummeret er ikke gemt, for det kunne ikke læses. Skriv det igen senere."))
            return redirect(onward)
        case outcomes.HeldBack():
            return _form_page(filled, known, 429, held_back=True)
        case outcomes.NotReceived():
            return _form_page(filled, known, 409)


def _send(filled: StandForm, known: Own) -> Response | Answer:
    """Send; where something is missing the draft keeps what is there, and the page tells what is missing."""
    if not filled.validate():
        saved = filled.fits_a_draft() and _keep_quietly(filled)
        return _form_page(filled, known, 422, saved=saved)
    submission = filled.submission()
    broken = own.broken_for_sure(current_election(), submission)
    codes = {one.code.value for one in broken}
    if not codes <= set((filled.warned.data or "").split()):
        filled.warned.data = " ".join(sorted(codes))
        return _form_page(filled, known, 422, broken=broken, saved=_keep_quietly(filled))
    address = throttle.visitor_of(request.remote_addr)
    outcome = service.send(current_store(), current_election(), current_applicant(), submission, address, _reader())
    return _tell(outcome, filled, known)


def _tell(outcome: outcomes.Sent, filled: StandForm, known: Own) -> Response | Answer:
    match outcome:
        case outcomes.Received() | outcomes.Unchanged():
            deliver_soon()
        case outcomes.Changed(presentation_stays=stays):
            deliver_soon()
            flash(gettext("Din ændring er modtaget."))
            if stays:
                flash(_presentation_stays())
        case outcomes.NotChanged():
            flash(
                gettext(
                    "Fristen er udløbet. Din opstilling er, som du sendte den før. "
                    "Det nye, du skrev, er gemt som kladde, men det gælder ikke."
                )
            )
        case outcomes.HeldBack():
            return _form_page(filled, known, 429, held_back=True, saved=_keep_quietly(filled))
        case outcomes.NotReceived():
            return _form_page(filled, known, 409)
    return redirect(url_for("nomination.mine", slug=current_election().slug))


def _presentation_stays() -> str:
    return str(gettext("Fristen for at stille op er udløbet. Navn, tekst og foto er, som du sendte dem før."))


def _keep_quietly(filled: StandForm) -> bool:
    saved = service.save(current_store(), current_election(), current_applicant(), filled.content())
    return isinstance(saved, outcomes.Saved)


def _reader() -> Reader:
    """Her language, and the address of the election's pages as the settings know it: a visitor's headers are not asked."""
    return Reader(page_language(), whole_address("public.election", slug=current_election().slug))


def _declaration_text() -> str | None:
    """The wording to agree to, in the language of the page; the id itself if the house has no such text."""
    declaration_id = current_election().rules.eligibility.declaration
    if not declaration_id:
        return None
    found = find_declaration(declaration_id)
    return declaration_id if found is None else found.candidate.in_language(page_language())[1]
