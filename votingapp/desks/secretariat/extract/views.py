"""The pages on which the register extract is handed in, looked over and taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ballots.decoding import Undecodable
from ballots.register import Unusable
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.desks.secretariat.extract import service
from votingapp.desks.secretariat.extract.forms import TakeOverForm, UploadForm
from votingapp.web.access import current_election, current_staff, current_store, guard

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/<slug>/secretariat/register", methods=["GET", "POST"])
@guard(SECRETARIAT)
def register(slug: str) -> str | Response | tuple[str, int]:
    """Hand in an extract."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _page(form), 422 if form.is_submitted() else 200
    match service.hand_in(current_store(), current_staff(), current_election(), form.extract.data.read()):
        case service.DraftKept():
            return redirect(url_for("secretariat.register_preview", slug=slug))
        case service.Unreadable(reason):
            form.extract.errors = [_unreadable(reason)]
            return _page(form), 422
        case service.InUse():
            form.extract.errors = [_in_use()]
            return _page(form), 409


@blueprint.get("/<slug>/secretariat/register/draft")
@guard(SECRETARIAT)
def register_preview(slug: str) -> str | Response:
    """Look over the extract that waits."""
    preview = service.preview(current_store(), current_staff(), current_election())
    if preview is None:
        flash(_("Der ligger ikke noget udtræk til gennemsyn."))
        return redirect(url_for("secretariat.register", slug=slug))
    form = TakeOverForm(formdata=None, fingerprint=preview.fingerprint)
    return render_template("secretariat/register_preview.html", election=current_election(), preview=preview, form=form)


@blueprint.post("/<slug>/secretariat/register/take-over")
@guard(SECRETARIAT)
def take_over_register(slug: str) -> Response:
    """Put the extract in force."""
    form = TakeOverForm()
    if not form.validate_on_submit():
        abort(400)
    match service.take_over(current_store(), current_staff(), current_election(), form.fingerprint.data):
        case service.TakenOver(persons):
            flash(_("Udtrækket er taget i brug med %(count)s personer.", count=persons))
        case service.NothingToTake():
            flash(_("Udtrækket var fjernet eller udskiftet i mellemtiden. Intet er ændret. Indlæs det igen."))
        case service.BadRows():
            flash(_("Udtrækket har rækker med fejl. Intet er indlæst. Ret filen, og indlæs den igen."))
        case service.InUse():
            flash(_in_use())
    return redirect(url_for("secretariat.register", slug=slug))


@blueprint.post("/<slug>/secretariat/register/drop")
@guard(SECRETARIAT)
def drop_register(slug: str) -> Response:
    """Throw the waiting extract away."""
    if service.drop(current_store(), current_staff(), current_election()):
        flash(_("Udtrækket er kasseret. Det er ikke indlæst."))
    return redirect(url_for("secretariat.register", slug=slug))


def _page(form: UploadForm) -> str:
    state = service.state(current_store(), current_election())
    return render_template("secretariat/register.html", election=current_election(), form=form, state=state)


def _in_use() -> str:
    message: str = _("Vælgere har allerede fået adgang efter det nuværende udtræk. Det kan ikke udskiftes.")
    return message


def _unreadable(reason: Undecodable | Unusable) -> object:  # noqa: PLR0911 - one sentence for each reason
    match reason:
        case Undecodable.EMPTY:
            return _("Filen er tom.")
        case Undecodable.UTF_16:
            return _("Filen er gemt som “Unicode-tekst” (UTF-16). Gem den som CSV UTF-8, og prøv igen.")
        case Undecodable.BINARY:
            return _("Filen er ikke en tekstfil. Gem regnearket som CSV, og prøv igen.")
        case Undecodable.BROKEN_UTF_8:
            return _("Filens bogstaver er ødelagt undervejs (UTF-8 blandet med andet). Hent udtrækket igen.")
        case Undecodable.UNDEFINED_BYTES:
            return _("Filen er hverken UTF-8 eller Windows-1252. Gem den som CSV UTF-8, og prøv igen.")
        case Unusable.WRONG_HEADER:
            return _("Første linje skal være: personnummer;navn;kommunekode;beskyttet")
        case Unusable.NO_PERSONS:
            return _("Filen har ingen personer.")
