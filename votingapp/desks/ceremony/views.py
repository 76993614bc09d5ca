"""The pages of the key ceremony, and the routes by which the members' devices speak with the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from votingapp.desks.ceremony import confirm_views, service, trial_views
from votingapp.desks.ceremony.door import BOARD, ONLOOKERS, SECRETARIAT, blueprint
from votingapp.desks.ceremony.forms import CeremonyForm, StepForm
from votingapp.desks.ceremony.progress import progress
from votingapp.desks.ceremony.relaying import answer, submission
from votingapp.desks.ceremony.trying import trial_of
from votingapp.store import confirmations, keys, trials
from votingapp.store.staff import Role, appointed
from votingapp.web.access import current_election, current_roles, current_staff, current_store, guard
from votingapp.web.headers import with_camera
from votingapp.web.languages import local_time
from votingapp.web.sessions import asked_by_the_page

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect


__all__ = ["blueprint", "confirm_views", "trial_views"]

_FEWEST_USUAL = 2
"""So many are needed at least, as it is proposed: one alone opens no urn."""


@blueprint.route("/<slug>/ceremony", methods=["GET", "POST"])
@guard(ONLOOKERS)
def overview(slug: str) -> str | Redirect | tuple[str, int]:
    """Who holds a part of the key and how far everybody has come; before that, the form that begins it."""
    with current_store().reading() as connection:
        board = appointed(connection, current_election().id, Role.BOARD)
    usual = max(_FEWEST_USUAL, len(board) // 2 + 1)
    form = CeremonyForm(
        threshold=usual, members=[one.id for one in board]
    )  # whoever holds a part signs the record with it
    form.members.choices = [(one.id, one.name) for one in board]
    if request.method == "POST" and Role.SECRETARIAT not in current_roles():
        abort(403)
    if not form.validate_on_submit():
        return _overview(form, 422 if form.is_submitted() else 200)
    outcome = service.start_ceremony(
        current_store(), current_staff(), current_election(), form.members.data or [], form.threshold.data or 0
    )
    match outcome:
        case service.Started():
            flash(_("Nøgleceremonien er begyndt. Nu skal hver nøgleholder logge ind på sin egen enhed."))
            return redirect(url_for("ceremony.overview", slug=slug))
        case service.AlreadyStarted():
            form.form_errors.append(_("Ceremonien er allerede begyndt."))
        case service.TooLate():
            form.form_errors.append(_("Valget er låst. Nøglen kan ikke ændres."))
        case service.NotOnBoard():
            form.members.errors = [_("Vælg blandt valgbestyrelsens medlemmer.")]
        case service.BadThreshold(members):
            form.threshold.errors = [_threshold_error(members)]
    return _overview(form, 422)


def _threshold_error(members: int) -> str:
    if members < service.FEWEST_MEMBERS:
        return str(_("Der skal være mindst tre nøgleholdere."))
    text = _(
        "Af %(members)s nøgleholdere skal der bruges mindst to og færre end %(members)s. Ellers kan én åbne urnen alene, "
        "eller ét tabt nøgleark koste valget.",
        members=members,
    )
    return str(text)


def _overview(form: CeremonyForm, status: int) -> tuple[str, int]:
    return render_template("ceremony/overview.html", form=form, abandon=StepForm(), **_seen()), status


@blueprint.get("/<slug>/ceremony/live.json")
@guard(ONLOOKERS)
@asked_by_the_page
def live(slug: str) -> dict[str, Any]:
    """The part of the overview that tells how far everybody has come, once more, for the page that renews itself."""
    del slug
    seen = _seen()
    shown = render_template("ceremony/_progress.html", **seen) if seen["ceremony"] else ""
    return {"at": seen["shown_at"], "regions": {"progress": shown}}


def _seen() -> dict[str, Any]:
    """Everything the overview shows of a ceremony; `waiting` names those who are waited for at the step it has come to."""
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
        said = {one.position: one for one in confirmations.every(connection, current_election().id)}
        setup = confirmations.setup_of(connection, current_election())
        parts = trials.every(connection, current_election().id)
    step = None if ceremony is None else ceremony.step
    trustees = None if ceremony is None else ceremony.trustees()
    trial = None if ceremony is None else trial_of(ceremony, parts, current_election().urn_uuid)
    return {
        "ceremony": ceremony,
        "own": None if ceremony is None else ceremony.member(current_staff().id),
        "steps": tuple(keys.Step),
        "step": step,
        "waiting": () if ceremony is None or step is None else tuple(one.name for one in ceremony.missing(step)),
        "said": said,
        "stopped": tuple(one.name for one in said.values() if not one.agrees),
        "setup": setup,
        "trial": trial,
        "spared": tuple(one.name for one in ceremony.members if one.position in trial.spared)
        if ceremony and trial
        else (),
        "fingerprint": None if trustees is None else keys.key_fingerprint(trustees.combined_public_key),
        "shown_at": f"{local_time(current_store().clock()):%H.%M.%S}",
    }


@blueprint.post("/<slug>/ceremony/abandon")
@guard(SECRETARIAT)
def abandon(slug: str) -> Redirect:
    """Forget the ceremony, so that it can begin anew."""
    if not StepForm().validate_on_submit():
        abort(400)
    match service.abandon_ceremony(current_store(), current_staff(), current_election()):
        case service.Abandoned():
            flash(_("Ceremonien er opgivet. De gamle nøgleark kan ikke bruges mere: makulér dem, og begynd forfra."))
        case service.NotYet():
            flash(_("Der er ingen ceremoni at opgive."))
        case service.TooLate():
            flash(_("Valget er låst. Nøglen kan ikke ændres."))
    return redirect(url_for("ceremony.overview", slug=slug))


@blueprint.get("/<slug>/ceremony/key")
@guard(BOARD)
@with_camera
def key(slug: str) -> str | Redirect:
    """The page on which a member's own browser makes her part of the key."""
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
    own = None if ceremony is None else ceremony.member(current_staff().id)
    if ceremony is None or own is None:
        flash(_("Du er ikke nøgleholder ved dette valg."))
        return redirect(url_for("ceremony.overview", slug=slug))
    return render_template("ceremony/key.html", ceremony=ceremony, own=own, form=StepForm())


@blueprint.get("/<slug>/ceremony/state")
@guard(BOARD)
@asked_by_the_page
def state(slug: str) -> Response | tuple[Response, int]:
    """What a member's device must know to go on, as JSON."""
    del slug
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
        stopped = confirmations.stopped_by(connection, current_election().id)
        parts = trials.every(connection, current_election().id)
    own = None if ceremony is None else ceremony.member(current_staff().id)
    if ceremony is None or own is None:
        return jsonify(status="not_a_member"), 403
    trial = trial_of(ceremony, parts, current_election().urn_uuid)
    # The ceremony may outlast a form token, so each look at the state brings a fresh one.
    return jsonify(progress(ceremony, own, trial) | {"stopped": stopped, "csrf": generate_csrf()})


@blueprint.post("/<slug>/ceremony/certificate")
@guard(BOARD)
def certificate(slug: str) -> tuple[Response, int]:
    """Step 1, from a member's device."""
    del slug
    return answer(service.submit_certificate(*submission()))


@blueprint.post("/<slug>/ceremony/dealing")
@guard(BOARD)
def dealing(slug: str) -> tuple[Response, int]:
    """Step 3, from a member's device."""
    del slug
    return answer(service.submit_dealing(*submission()))


@blueprint.post("/<slug>/ceremony/share")
@guard(BOARD)
def share(slug: str) -> tuple[Response, int]:
    """Step 5, from a member's device."""
    del slug
    return answer(service.submit_share(*submission()))
