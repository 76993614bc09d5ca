"""The pages on which nominations are looked at and decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from candidates.nomination import NominationObstacle
from votingapp.desks.secretariat.decisions import service
from votingapp.desks.secretariat.decisions.examining import examine
from votingapp.desks.secretariat.decisions.forms import (
    AskForm,
    DecisionForm,
    IdentityForm,
    LineForm,
    ReturnForm,
    WithdrawForm,
)
from votingapp.desks.secretariat.decisions.queue import Asked, queue
from votingapp.desks.secretariat.decisions.words import listed_choices
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.addresses import whole_address
from votingapp.web.outgoing import deliver_soon

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from votingapp.desks.secretariat.decisions.service import Outcome

Answer = str | tuple[str, int]


@blueprint.get("/<slug>/secretariat/nominations")
@guard(SECRETARIAT)
def nominations(slug: str) -> str | Response:
    """The queue, by what needs a decision; what cannot be asked for, such as a CPR number, leaves the address at once."""
    election = current_election()
    form = AskForm(request.args)
    form.only.choices = listed_choices()
    if not form.validate():
        flash(_("Det kan du ikke søge på. Skriv en del af et navn eller et kvitteringsnummer, aldrig et CPR-nummer."))
        return redirect(url_for("secretariat.nominations", slug=slug))
    asked = Asked(form.words.data or "", form.only.data or "")
    return render_template(
        "secretariat/nominations.html",
        election=election,
        form=form,
        queue=queue(current_store(), current_staff(), election, asked),
        asked=asked,
        fixed=election.ballot_fixed,
    )


@blueprint.get("/<slug>/secretariat/nominations/<nomination_id>")
@guard(SECRETARIAT)
def nomination(slug: str, nomination_id: str) -> Answer:
    """One nomination beside the facts."""
    del slug
    return _page(nomination_id)


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/identity")
@guard(SECRETARIAT)
def check_identity(slug: str, nomination_id: str) -> Response | Answer:
    """Write down that it was seen who she is."""
    form = IdentityForm(prefix="identity")
    if not form.validate_on_submit():
        return _page(nomination_id, form)
    evidence = (form.evidence.data or "").strip()
    outcome = service.check_identity(
        current_store(), current_staff(), current_election(), nomination_id, evidence, seen=_seen()
    )
    return _answer(slug, nomination_id, outcome, form, _("Det er noteret, at du har set legitimation."))


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/accept")
@guard(SECRETARIAT)
def accept_nomination(slug: str, nomination_id: str) -> Response | Answer:
    """Accept a candidate."""
    return _decide(slug, nomination_id, DecisionForm(prefix="accept"), service.accept, _("Kandidaten er godkendt."))


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/refuse")
@guard(SECRETARIAT)
def refuse_nomination(slug: str, nomination_id: str) -> Response | Answer:
    """Refuse a candidate."""
    return _decide(slug, nomination_id, DecisionForm(prefix="refuse"), service.refuse, _("Opstillingen er afvist."))


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/return")
@guard(SECRETARIAT)
def return_nomination(slug: str, nomination_id: str) -> Response | Answer:
    """Send a nomination back with a defect notice."""
    form = ReturnForm(prefix="return")
    step = partial(service.send_back, opens_presentation=bool(form.opens_presentation.data))
    return _decide(slug, nomination_id, form, step, _("Mangelbrevet er skrevet."))


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/reopen")
@guard(SECRETARIAT)
def reopen_nomination(slug: str, nomination_id: str) -> Response | Answer:
    """Take a decision back."""
    return _decide(
        slug,
        nomination_id,
        DecisionForm(prefix="reopen"),
        service.reopen,
        _("Sagen er åbnet igen og skal afgøres på ny."),
    )


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/withdraw")
@guard(SECRETARIAT)
def withdraw_nomination(slug: str, nomination_id: str) -> Response | Answer:
    """Let a candidate step back."""
    form = WithdrawForm(prefix="withdraw")
    if not form.validate_on_submit():
        return _page(nomination_id, form)
    outcome = service.withdraw(
        current_store(), current_staff(), current_election(), nomination_id, seen=_seen(), site=_site(slug)
    )
    return _answer(slug, nomination_id, outcome, form, _("Opstillingen er trukket tilbage."))


@blueprint.post("/<slug>/secretariat/nominations/<nomination_id>/line")
@guard(SECRETARIAT)
def set_line(slug: str, nomination_id: str) -> Response | Answer:
    """Set the distinguishing line."""
    form = LineForm(prefix="line")
    if not form.validate_on_submit():
        return _page(nomination_id, form)
    outcome = service.set_line(
        current_store(),
        current_staff(),
        current_election(),
        nomination_id,
        form.read(),
        seen=_seen(),
        site=_site(slug),
    )
    return _answer(slug, nomination_id, outcome, form, _("Tilføjelsen er gemt."))


def _decide(
    slug: str, nomination_id: str, form: DecisionForm, step: Callable[..., Outcome], done: str
) -> Response | Answer:
    """Take a step that has a reason."""
    if not form.validate_on_submit():
        return _page(nomination_id, form)
    reason = (form.reason.data or "").strip()
    outcome = step(
        current_store(), current_staff(), current_election(), nomination_id, reason, seen=_seen(), site=_site(slug)
    )
    return _answer(slug, nomination_id, outcome, form, done)


def _page(nomination_id: str, used: FlaskForm | None = None, status: int = 422) -> Answer:
    """The page of a nomination, with the form that was just filled in wrongly among its forms."""
    election = current_election()
    examined = examine(current_store(), current_staff(), election, nomination_id)
    if examined is None:
        abort(404)
    forms = {
        **{step: DecisionForm(formdata=None, prefix=step) for step in ("accept", "refuse", "reopen")},
        "return": ReturnForm(formdata=None, prefix="return"),
        "identity": IdentityForm(formdata=None, prefix="identity"),
        "withdraw": WithdrawForm(formdata=None, prefix="withdraw"),
        "line": LineForm(formdata=None, prefix="line", line=examined.filed.line),
    }
    if used is not None:
        forms[used._prefix.rstrip("-")] = used  # noqa: SLF001 - WTForms keeps the prefix nowhere else
    page = render_template(
        "secretariat/nomination.html",
        election=election,
        examined=examined,
        seen=service.seen_mark(examined.filed, [one.asked for one in examined.proposers]),
        forms=forms,
        fixed=election.ballot_fixed,
    )
    return page if used is None else (page, status)


def _answer(slug: str, nomination_id: str, outcome: Outcome, form: FlaskForm, done: str) -> Response | Answer:
    match outcome:
        case service.Decided():
            deliver_soon()
            flash(done)
            return redirect(url_for("secretariat.nomination", slug=slug, nomination_id=nomination_id))
        case service.Hindered(obstacle):
            form.form_errors.append(_say(obstacle))
        case service.Changed():
            form.form_errors.append(
                _("Opstillingen er ændret, efter at du åbnede siden. Din afgørelse er ikke gemt. Læs siden igen.")
            )
        case service.StandsAlready():
            form.form_errors.append(
                _("En anden opstilling fra samme person er godkendt. En person kan kun stå én gang.")
            )
        case service.IdentityCertain():
            form.form_errors.append(_("Kandidaten har brugt MitID. Der skal ikke ses legitimation."))
        case service.NobodyAlike():
            form.form_errors.append(
                _(
                    "Ingen anden kandidat hedder næsten det samme. Derfor kan der ikke stå en tilføjelse på stemmesedlen."
                )
            )
        case service.NoSuchNomination():
            abort(404)
    return _page(nomination_id, form, 409)


def _seen() -> str:
    """The mark of what the official had before her; a form without one was not made by the page."""
    return request.form.get("seen", "")


def _site(slug: str) -> str:
    """The whole address of the election's pages, for the mail."""
    return whole_address("public.election", slug=slug)


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
