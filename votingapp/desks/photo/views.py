"""The page on which a candidate hands in her photograph, and the addresses at which photographs are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from votingapp.desks.photo import service
from votingapp.desks.photo.forms import CropForm, PhotoForm, RemoveForm
from votingapp.store.photos import Size
from votingapp.store.staff import Role
from votingapp.web.access import APPLICANT, PUBLIC, current_election, current_staff, current_store, guard, roles
from votingapp.web.applicants import current_applicant
from votingapp.web.pictures import PUBLISHED, UNPUBLISHED, picture, say

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

    from votingapp.desks.photo.service import BallotFixed, Gone, Kept, Removed

Answer = str | tuple[str, int]

blueprint = Blueprint("photo", __name__)


@blueprint.route("/<slug>/stand/photo", methods=["GET", "POST"])
@guard(APPLICANT)
def photo(slug: str) -> BaseResponse | Answer:
    """Hand in a photograph; what is there is shown."""
    form = PhotoForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    match service.add(current_store(), current_election(), current_applicant(), form.photo.data.read()):
        case service.NotTaken(reason):
            form.photo.errors = [say(reason)]
            return _page(form, 422)
        case service.HeldBack():
            raise TooManyRequests
        case outcome:
            return _go_on(slug, outcome, _("Billedet er gemt. Vælg nu, hvor meget af det vælgerne skal se."))


@blueprint.post("/<slug>/stand/photo/crop")
@guard(APPLICANT)
def crop(slug: str) -> BaseResponse:
    """Choose the part that voters see."""
    form = CropForm()
    if not form.validate_on_submit():
        abort(400)  # sliders send nothing out of their range
    outcome = service.crop(current_store(), current_election(), current_applicant(), form.of.data, form.crop())
    return _go_on(slug, outcome, _("Udsnittet er gemt."))


@blueprint.post("/<slug>/stand/photo/remove")
@guard(APPLICANT)
def remove(slug: str) -> BaseResponse:
    """Take the photograph away."""
    if not RemoveForm().validate_on_submit():
        abort(400)
    return _go_on(
        slug, service.remove(current_store(), current_election(), current_applicant()), _("Billedet er fjernet.")
    )


@blueprint.get("/<slug>/stand/photo/<any(source, page, ballot):size>.jpg")
@guard(APPLICANT)
def own(slug: str, size: str) -> Response:
    """Her own photograph."""
    del slug
    found = service.own_pixels(current_store(), current_election(), current_applicant(), Size(size))
    return _show(found, UNPUBLISHED)


@blueprint.get("/<slug>/candidates/<public_id>/<any(page, ballot):size>.jpg")
@guard(PUBLIC)
def published(slug: str, public_id: str, size: str) -> Response:
    """The photograph of a candidate who stands."""
    del slug
    return _show(service.published_pixels(current_store(), current_election(), public_id, Size(size)), PUBLISHED)


@blueprint.get("/<slug>/secretariat/nominations/<nomination_id>/photo.jpg")
@guard(roles(Role.SECRETARIAT))
def nominated(slug: str, nomination_id: str) -> Response:
    """The photograph beside a nomination that is looked at."""
    del slug
    found = service.nominated_pixels(current_store(), current_election(), current_staff(), nomination_id)
    return _show(found, UNPUBLISHED)


def _show(jpeg: bytes | None, caching: str) -> Response:
    if jpeg is None:
        abort(404)
    return picture(jpeg, caching)


def _page(form: PhotoForm, status: int) -> Answer:
    own = service.own(current_store(), current_election(), current_applicant())
    forms: dict[str, object] = {"photo_form": form}
    if own.photo is not None:
        chosen = own.photo.crop
        forms["crop_form"] = CropForm(formdata=None, of=own.photo.id, x=chosen.x, y=chosen.y, size=chosen.size)
    return render_template("photo/photo.html", election=current_election(), own=own, **forms), status


def _go_on(slug: str, outcome: Kept | Removed | Gone | BallotFixed, done: str) -> BaseResponse:
    match outcome:
        case service.Kept() | service.Removed():
            flash(done)
        case service.Gone():
            flash(_("Billedet er skiftet eller fjernet i mellemtiden. Intet er ændret."))
        case service.BallotFixed():
            flash(_("Stemmesedlen ligger fast. Billedet kan ikke ændres. Intet er gemt."))
    return redirect(url_for("photo.photo", slug=slug))
