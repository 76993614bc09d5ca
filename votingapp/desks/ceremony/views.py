"""The pages of the key ceremony, and the routes by which the members' devices speak with the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from votingapp.desks.ceremony import service
from votingapp.desks.ceremony.forms import AbandonForm, CeremonyForm
from votingapp.desks.ceremony.progress import progress
from votingapp.store import keys
from votingapp.store.staff import Role, appointed
from votingapp.web.access import current_election, current_roles, current_staff, current_store, guard, roles
from votingapp.web.headers import with_camera
from votingapp.web.sessions import asked_by_the_page

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Redirect

    from votingapp.desks.ceremony.service import Submitted
    from votingapp.store.keys import Ceremony

blueprint = Blueprint("ceremony", __name__)

LARGEST_MESSAGE = 256 * 1024
"""Bytes: the longest line is a dealing, some 2,000 for each member of the board."""

_BOARD_AND_SECRETARIAT = roles(Role.SECRETARIAT, Role.BOARD)
_USUAL_MEMBERS, _USUAL_THRESHOLD = 3, 2


@blueprint.route("/<slug>/ceremony", methods=["GET", "POST"])
@guard(_BOARD_AND_SECRETARIAT)
def overview(slug: str) -> str | Redirect | tuple[str, int]:
    """Who holds a part of the key and how far everybody has come; before that, the form that begins it."""
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
        board = appointed(connection, current_election().id, Role.BOARD)
    form = CeremonyForm(threshold=_USUAL_THRESHOLD, members=[one.id for one in board[:_USUAL_MEMBERS]])
    form.members.choices = [(one.id, one.name) for one in board]
    if request.method == "POST" and Role.SECRETARIAT not in current_roles():
        abort(403)
    if not form.validate_on_submit():
        return _overview(ceremony, form, 422 if form.is_submitted() else 200)
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
    return _overview(ceremony, form, 422)


def _threshold_error(members: int) -> str:
    if members < service.FEWEST_MEMBERS:
        return str(_("Der skal være mindst tre nøgleholdere."))
    text = _(
        "Af %(members)s nøgleholdere skal der bruges mindst to og færre end %(members)s. Ellers kan én åbne urnen alene, "
        "eller ét tabt nøgleark koste valget.",
        members=members,
    )
    return str(text)


def _overview(ceremony: Ceremony | None, form: CeremonyForm, status: int) -> tuple[str, int]:
    trustees = None if ceremony is None else ceremony.trustees()
    page = render_template(
        "ceremony/overview.html",
        ceremony=ceremony,
        steps=tuple(keys.Step),
        form=form,
        abandon=AbandonForm(),
        own=None if ceremony is None else ceremony.member(current_staff().id),
        fingerprint=None if trustees is None else keys.key_fingerprint(trustees.combined_public_key),
    )
    return page, status


@blueprint.post("/<slug>/ceremony/abandon")
@guard(roles(Role.SECRETARIAT))
def abandon(slug: str) -> Redirect:
    """Forget the ceremony, so that it can begin anew."""
    if not AbandonForm().validate_on_submit():
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
@guard(roles(Role.BOARD))
@with_camera
def key(slug: str) -> str | Redirect:
    """The page on which a member's own browser makes her part of the key."""
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
    own = None if ceremony is None else ceremony.member(current_staff().id)
    if ceremony is None or own is None:
        flash(_("Du er ikke nøgleholder ved dette valg."))
        return redirect(url_for("ceremony.overview", slug=slug))
    return render_template("ceremony/key.html", ceremony=ceremony, own=own)


@blueprint.get("/<slug>/ceremony/state")
@guard(roles(Role.BOARD))
@asked_by_the_page
def state(slug: str) -> Response | tuple[Response, int]:
    """What a member's device must know to go on, as JSON."""
    del slug
    with current_store().reading() as connection:
        ceremony = keys.ceremony_of(connection, current_election().id)
    own = None if ceremony is None else ceremony.member(current_staff().id)
    if ceremony is None or own is None:
        return jsonify(status="not_a_member"), 403
    # The ceremony may outlast a form token, so each look at the state brings a fresh one.
    return jsonify(progress(ceremony, own) | {"csrf": generate_csrf()})


@blueprint.post("/<slug>/ceremony/certificate")
@guard(roles(Role.BOARD))
def certificate(slug: str) -> tuple[Response, int]:
    """Step 1, from a member's device."""
    del slug
    return _answer(service.submit_certificate(*_submission()))


@blueprint.post("/<slug>/ceremony/dealing")
@guard(roles(Role.BOARD))
def dealing(slug: str) -> tuple[Response, int]:
    """Step 3, from a member's device."""
    del slug
    return _answer(service.submit_dealing(*_submission()))


@blueprint.post("/<slug>/ceremony/share")
@guard(roles(Role.BOARD))
def share(slug: str) -> tuple[Response, int]:
    """Step 5, from a member's device."""
    del slug
    return _answer(service.submit_share(*_submission()))


def _submission() -> tuple[Any, Any, Any, bytes]:
    """Give what each step's service takes; the body is the exact line of JSON."""
    if request.mimetype != "application/json":
        abort(415)
    raw = request.get_data(cache=False)
    if len(raw) > LARGEST_MESSAGE:
        abort(413)
    return current_store(), current_staff(), current_election(), raw


def _answer(outcome: Submitted) -> tuple[Response, int]:
    match outcome:
        case service.Taken(complete):
            return jsonify(status="taken", complete=complete), 201
        case service.Refused(name, reason, message):
            return jsonify(status="refused", name=name, reason=reason, message=message), 422
        case service.AlreadySent():
            return jsonify(status="already_sent"), 409
        case service.NotYet():
            return jsonify(status="not_yet"), 409
        case service.TooLate():
            return jsonify(status="too_late"), 409
        case service.NotMember():
            return jsonify(status="not_a_member"), 403
