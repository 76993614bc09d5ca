"""The pages on which nominations are looked at and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from candidates.ballot_order import MustDistinguish
from candidates.nomination import NominationObstacle, NominationState
from votingapp.desks.secretariat.decisions import findings, service
from votingapp.desks.secretariat.decisions.forms import DecisionForm, LineForm, SeedForm, WithdrawForm
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.web.access import current_election, current_staff, current_store, guard

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from votingapp.desks.secretariat.decisions.service import Outcome

Answer = str | tuple[str, int]


@blueprint.get("/<slug>/secretariat/nominations")
@guard(SECRETARIAT)
def nominations(slug: str) -> str:
    """The queue."""
    del slug
    election = current_election()
    listed = findings.queue(current_store(), election)
    return render_template(
        "secretariat/nominations.html",
        election=election,
        waiting=[one for one in listed if one.filed.state is NominationState.SUBMITTED],
        decided=[one for one in listed if one.filed.state is not NominationState.SUBMITTED],
    )


@blueprint.get("/<slug>/secretariat/nominations/<nomination_id>")
@guard(SECRETARIAT)
def nomination(slug: str, nomination_id: str) -> Answer:
    """One nomination beside the facts."""
    del slug
    return _page(nomination_id)


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/accept")
@guard(SECRETARIAT)
def accept_nomination(slug: str, nomination_id: str) -> Response | Answer:
    """Accept a candidate."""
    form = DecisionForm(prefix="accept")
    if not form.validate_on_submit():
        return _page(nomination_id, form)
    outcome = service.accept(current_store(), current_staff(), current_election(), nomination_id, _reason(form))
    return _answer(slug, nomination_id, outcome, form, _("Kandidaten er godkendt."))


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/refuse")
@guard(SECRETARIAT)
def refuse_nomination(slug: str, nomination_id: str) -> Response | Answer:
    """Refuse a candidate."""
    form = DecisionForm(prefix="refuse")
    if not form.validate_on_submit():
        return _page(nomination_id, form)
    outcome = service.refuse(current_store(), current_staff(), current_election(), nomination_id, _reason(form))
    return _answer(slug, nomination_id, outcome, form, _("Opstillingen er afvist."))


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/withdraw")
@guard(SECRETARIAT)
def withdraw_nomination(slug: str, nomination_id: str) -> Response | Answer:
    """Let a candidate step back."""
    form = WithdrawForm(prefix="withdraw")
    if not form.validate_on_submit():
        return _page(nomination_id, form)
    outcome = service.withdraw(current_store(), current_staff(), current_election(), nomination_id)
    return _answer(slug, nomination_id, outcome, form, _("Opstillingen er trukket tilbage."))


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/line")
@guard(SECRETARIAT)
def set_line(slug: str, nomination_id: str) -> Response | Answer:
    """Set the distinguishing line."""
    form = LineForm(prefix="line")
    if not form.validate_on_submit():
        return _page(nomination_id, form)
    outcome = service.set_line(current_store(), current_staff(), current_election(), nomination_id, form.read())
    return _answer(slug, nomination_id, outcome, form, _("Tilføjelsen er gemt."))


@blueprint.get("/<slug>/secretariat/ballot-order")
@guard(SECRETARIAT)
def ballot_order(slug: str) -> str:
    """The order the ballot would have now."""
    del slug
    election, store = current_election(), current_store()
    form = SeedForm(request.args)
    seed = (form.seed.data or "").strip() if form.validate() else ""
    order = findings.ballot_order(store, election, seed)
    return render_template(
        "secretariat/ballot_order.html",
        election=election,
        form=form,
        seed=seed,
        order=order if isinstance(order, tuple) else None,
        alike=order.groups if isinstance(order, MustDistinguish) else (),
        by_receipt=findings.names_by_receipt(store, election),
    )


def _page(nomination_id: str, used: FlaskForm | None = None, status: int = 422) -> Answer:
    """The page of a nomination, with the form that was just filled in wrongly among its forms."""
    examined = findings.examine(current_store(), current_election(), nomination_id)
    if examined is None:
        abort(404)
    forms = {
        "accept": DecisionForm(formdata=None, prefix="accept"),
        "refuse": DecisionForm(formdata=None, prefix="refuse"),
        "withdraw": WithdrawForm(formdata=None, prefix="withdraw"),
        "line": LineForm(formdata=None, prefix="line", line=examined.filed.line),
    }
    if used is not None:
        forms[used._prefix.rstrip("-")] = used  # noqa: SLF001 - WTForms keeps the prefix nowhere else
    page = render_template(
        "secretariat/nomination.html",
        election=current_election(),
        examined=examined,
        forms=forms,
        fixed=current_election().frozen_at is not None,
    )
    return page if used is None else (page, status)


def _answer(slug: str, nomination_id: str, outcome: Outcome, form: FlaskForm, done: str) -> Response | Answer:
    match outcome:
        case service.Decided():
            flash(done)
            return redirect(url_for("secretariat.nomination", slug=slug, nomination_id=nomination_id))
        case service.Hindered(obstacle):
            form.form_errors.append(_say(obstacle))
        case service.StandsAlready():
            form.form_errors.append(
                _("En anden opstilling fra samme person er godkendt. En person kan kun stå én gang.")
            )
        case service.NoSuchNomination():
            abort(404)
    return _page(nomination_id, form, 409)


def _reason(form: DecisionForm) -> str:
    return (form.reason.data or "").strip()


def _say(obstacle: NominationObstacle) -> object:  # noqa: PLR0911 - one sentence for each obstacle
    match obstacle:
        case NominationObstacle.REASON_MISSING:
            return _("Skriv en begrundelse. Den vises for kandidaten og står i loggen.")
        case NominationObstacle.ALREADY_DECIDED:
            return _("Der er allerede truffet afgørelse.")
        case NominationObstacle.LATE:
            return _("Opstillingen kom efter fristen og er afvist af reglen selv.")
        case NominationObstacle.WITHDRAWN:
            return _("Opstillingen er trukket tilbage.")
        case NominationObstacle.NOTHING_TO_CURE:
            return _("Der er ikke sendt et mangelbrev.")
        case NominationObstacle.NOT_DECIDED:
            return _("Der er ikke truffet afgørelse endnu.")
        case NominationObstacle.BALLOT_FIXED:
            return _("Stemmesedlen ligger fast, og intet kan ændres.")
        case NominationObstacle.CURE_PERIOD_OVER:
            return _("Fristen for at rette fejl er udløbet.")
        case NominationObstacle.NOT_OPEN_YET:
            return _("Opstillingen er ikke åbnet endnu.")
