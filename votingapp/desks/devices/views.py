"""The pages on which devices are invited and revoked, and on which a device says which desk it is to be."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from votingapp.desks.devices import service, words
from votingapp.desks.devices.forms import InviteForm, JoinForm, RevokeForm, SeveralForm
from votingapp.desks.devices.sheet import sheet_of
from votingapp.documents.dates import COPENHAGEN
from votingapp.documents.invitations import join_link, render_invitations
from votingapp.documents.qr import qr_svg
from votingapp.store import elections
from votingapp.store.devices import Device, Kind, NameTaken
from votingapp.store.staff import Role
from votingapp.web import joining
from votingapp.web.access import PUBLIC, current_election, current_staff, current_store, guard, roles
from votingapp.web.devices import remember_device
from votingapp.web.files import as_pdf

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

    from votingapp.settings import Settings

blueprint = Blueprint("devices", __name__)

_KEEPERS = roles(Role.SECRETARIAT, Role.BOARD)
_UNPROCESSABLE, _CONFLICT, _TOO_MANY = 422, 409, 429

Page = str | tuple[str, int]


@blueprint.get("/<slug>/devices")
@guard(_KEEPERS)
def overview(slug: str) -> str:
    """Every device of the election, and where more are invited."""
    del slug
    return _overview(InviteForm(formdata=None), SeveralForm(formdata=None))


@blueprint.post("/<slug>/devices/invite")
@guard(_KEEPERS)
def invite(slug: str) -> Page:
    """Invite one device. The answer is a page and no redirect, since the code is shown in it and kept nowhere."""
    del slug
    form = InviteForm()
    if not form.validate_on_submit():
        return _overview(form, SeveralForm(formdata=None)), _UNPROCESSABLE
    kind, name = Kind(form.kind.data), form.name.data or ""
    outcome = service.invite(current_store(), current_staff(), current_election(), kind, name)
    match outcome:
        case service.Invited():
            return _invited(outcome)
        case NameTaken():
            form.name.errors = [_taken(outcome)]
        case service.TooMany():
            form.name.errors = [_too_many()]
    return _overview(form, SeveralForm(formdata=None)), _CONFLICT


@blueprint.post("/<slug>/devices/invite-several")
@guard(_KEEPERS)
def invite_several(slug: str) -> Page:
    """Invite as many desks and booths as the polling station has."""
    del slug
    form = SeveralForm()
    if not form.validate_on_submit():
        return _overview(InviteForm(formdata=None), form), _UNPROCESSABLE
    outcome = service.invite_several(
        current_store(), current_staff(), current_election(), form.desks.data or 0, form.booths.data or 0
    )
    match outcome:
        case service.Invited():
            return _invited(outcome)
        case NameTaken():
            form.form_errors.append(_taken(outcome))
        case service.TooMany():
            form.form_errors.append(_too_many())
    return _overview(InviteForm(formdata=None), form), _CONFLICT


@blueprint.post("/<slug>/devices/sheet")
@guard(_KEEPERS)
def sheet(slug: str) -> Response | Page:
    """The codes on the screen as a sheet of paper; they come back from the page, for the house has not kept them."""
    del slug
    store, election = current_store(), current_election()
    invitations = service.open_invitations(store, election, request.form.getlist("code"))
    if not invitations:
        return render_template("devices/no_codes.html", election=election), _UNPROCESSABLE
    today = store.clock().astimezone(COPENHAGEN).date()
    return as_pdf(render_invitations(sheet_of(election, invitations, _settings()), today), "invitationer.pdf")


@blueprint.get("/<slug>/devices/<device_id>")
@guard(_KEEPERS)
def device(slug: str, device_id: str) -> str:
    """One device, with what can be done about it."""
    del slug
    return _device(_find(device_id), RevokeForm(formdata=None))


@blueprint.post("/<slug>/devices/<device_id>/invite-again")
@guard(_KEEPERS)
def invite_again(slug: str, device_id: str) -> Page | BaseResponse:
    """A fresh code for a device; what it had before is worth nothing now."""
    outcome = service.invite_again(current_store(), current_staff(), current_election(), _find(device_id).id)
    match outcome:
        case service.Invited():
            return _invited(outcome)
        case service.NoSuchDevice():
            return _gone(slug)


@blueprint.post("/<slug>/devices/<device_id>/revoke")
@guard(_KEEPERS)
def revoke(slug: str, device_id: str) -> Page | BaseResponse:
    """Take a device's access back, after a tick."""
    found, form = _find(device_id), RevokeForm()
    if not form.validate_on_submit():
        return _device(found, form), _UNPROCESSABLE
    match service.revoke(current_store(), current_staff(), current_election(), found.id):
        case Device(name=name):
            flash(_("Adgangen er taget tilbage fra %(name)s. Enheden kan ikke bruges mere.", name=name))
            return redirect(url_for("devices.overview", slug=slug))
        case service.NoSuchDevice():
            return _gone(slug)


@blueprint.route("/join", methods=["GET", "POST"])
@guard(PUBLIC)
def join() -> Page | BaseResponse:
    """Where a device gives the code of its invitation. The code comes in a form: an address would be written down."""
    form = JoinForm()
    if not form.validate_on_submit():
        return render_template("devices/join.html", form=form), _UNPROCESSABLE if form.is_submitted() else 200
    match joining.join(current_store(), form.code.data or "", Kind.DESK):
        case joining.Joined(device, token):
            flash(_("Denne enhed er nu %(name)s. Se efter, at der står det samme på skiltet.", name=device.name))
            answer = redirect(url_for("checkin.lookup", slug=_slug_of(device)))
            remember_device(answer, token)
            return answer
        case joining.NotJoined():
            form.code.errors = [
                _(
                    "Koden kan ikke bruges her. Den er skrevet forkert, brugt før, for gammel eller lavet til en stemmeboks. "
                    "Prøv igen, eller bed om en ny kode."
                )
            ]
            return render_template("devices/join.html", form=form), _UNPROCESSABLE
        case joining.TriedTooOften():
            form.code.errors = [_("Der er prøvet for mange gange. Vent et kvarter, og prøv igen.")]
            return render_template("devices/join.html", form=form), _TOO_MANY


def _slug_of(device: Device) -> str:
    with current_store().reading() as connection:
        return elections.by_id(connection, device.election_id).slug


def _overview(form: InviteForm, several: SeveralForm) -> str:
    seen = service.look_over(current_store(), current_election())
    told = [(one, words.tell_kind(one.kind), words.tell(one, seen.now)) for one in seen.devices]
    return render_template(
        "devices/overview.html",
        election=current_election(),
        working=[line for line in told if line[0].revoked_at is None],
        revoked=[line for line in told if line[0].revoked_at is not None],
        now=seen.now,
        form=form,
        several=several,
    )


def _device(found: Device, form: RevokeForm) -> str:
    told = words.tell(found, current_store().clock())
    return render_template(
        "devices/device.html",
        election=current_election(),
        device=found,
        kind=words.tell_kind(found.kind),
        told=told,
        form=form,
    )


def _invited(outcome: service.Invited) -> str:
    """The codes, each as a square that a camera reads and as letters; nothing of it is kept."""
    settings = _settings()
    shown = []
    for one in outcome.invitations:
        link = join_link(_address(settings, one.device.kind), one.code)
        square = "data:image/svg+xml;base64," + b64encode(qr_svg(link, "M")).decode()
        shown.append((one, words.tell_kind(one.device.kind), square, link.partition("#")[0]))
    return render_template(
        "devices/invited.html", election=current_election(), shown=shown, only_here=_only_here(settings)
    )


def _address(settings: Settings, kind: Kind) -> str:
    return settings.office_url if kind is Kind.DESK else settings.booth_url


def _only_here(settings: Settings) -> bool:
    """Whether the addresses lead nowhere but to this very machine, so that no other device could follow them."""
    return any("//127." in one or "//localhost" in one for one in (settings.office_url, settings.booth_url))


def _find(device_id: str) -> Device:
    found = service.find(current_store(), current_election(), device_id)
    return abort(404) if isinstance(found, service.NoSuchDevice) else found


def _gone(slug: str) -> BaseResponse:
    flash(_("Enhedens adgang er allerede taget tilbage. Intet er ændret."))
    return redirect(url_for("devices.overview", slug=slug))


def _taken(outcome: NameTaken) -> str:
    return str(_("Der er allerede en enhed, der hedder %(name)s. Vælg et andet navn.", name=outcome.name))


def _too_many() -> str:
    return str(_("Et valg kan højst have %(most)s enheder.", most=service.MOST_DEVICES))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
