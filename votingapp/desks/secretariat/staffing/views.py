"""The page on which officials are added and appointed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.desks.secretariat.staffing import service
from votingapp.desks.secretariat.staffing.forms import AddForm, AppointForm
from votingapp.store.staff import LoginTaken, Role
from votingapp.web.access import current_election, current_staff, current_store, guard

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.desks.secretariat.staffing.service import Added


@blueprint.get("/<slug>/secretariat/staff")
@guard(SECRETARIAT)
def staff(slug: str) -> str:
    """Who works at this election."""
    del slug
    return _page(_empty_add_form(), _empty_appoint_form())


@blueprint.post("/<slug>/secretariat/staff/add")
@guard(SECRETARIAT)
def add_staff(slug: str) -> str | tuple[str, int]:
    """Add an official. The answer is a page and no redirect, since the password is shown in it and kept nowhere."""
    del slug
    form = AddForm(prefix="add")
    if not form.validate_on_submit():
        return _page(form, _empty_appoint_form()), 422
    match service.add(current_store(), current_staff(), form.login.data, form.name.data):
        case service.Added() as added:
            appoint_form = _empty_appoint_form()
            appoint_form.login.data = added.official.login
            return _page(_empty_add_form(), appoint_form, added)
        case LoginTaken():
            form.login.errors = [_("Det brugernavn er i brug. Udpeg den, der har det, eller vælg et andet.")]
            return _page(form, _empty_appoint_form()), 409


@blueprint.post("/<slug>/secretariat/staff/appoint")
@guard(SECRETARIAT)
def appoint_staff(slug: str) -> Response | tuple[str, int]:
    """Appoint an official to a role at this election."""
    form = AppointForm(prefix="appoint")
    if not form.validate_on_submit():
        return _page(_empty_add_form(), form), 422
    role = Role(form.role.data)
    match service.appoint(current_store(), current_staff(), current_election(), form.login.data, role):
        case service.Appointed(official):
            flash(_("%(name)s er udpeget.", name=official.name))
        case service.AppointedBefore(official):
            flash(_("%(name)s havde allerede den rolle. Intet er ændret.", name=official.name))
        case service.UnknownLogin():
            form.login.errors = [_("Ingen har det brugernavn. Tilføj medarbejderen først.")]
            return _page(_empty_add_form(), form), 422
    return redirect(url_for("secretariat.staff", slug=slug))


@blueprint.post("/<slug>/secretariat/staff/withdraw")
@guard(SECRETARIAT)
def withdraw_staff(slug: str) -> Response | tuple[str, int]:
    """Take a role back."""
    form = AppointForm(prefix="withdraw")
    if not form.validate_on_submit():
        return _page(_empty_add_form(), _empty_appoint_form(), withdraw_form=form), 422
    role = Role(form.role.data)
    match service.withdraw(current_store(), current_staff(), current_election(), form.login.data, role):
        case service.Withdrawn(official):
            flash(_("%(name)s har ikke rollen mere.", name=official.name))
            return redirect(url_for("secretariat.staff", slug=slug))
        case service.NotAppointed(official):
            said = _("%(name)s har ikke den rolle. Intet er ændret.", name=official.name)
        case service.HoldsKey(official):
            said = _(
                "%(name)s har en del af nøglen, og uden den kan urnen måske ikke åbnes. Intet er ændret.",
                name=official.name,
            )
        case service.NeededHere(official):
            said = _("Udpeg først en anden. Uden %(name)s er der for få tilbage i rollen.", name=official.name)
        case service.UnknownLogin():
            said = _("Ingen har det brugernavn.")
    form.login.errors = [said]
    return _page(_empty_add_form(), _empty_appoint_form(), withdraw_form=form), 409


def _empty_add_form() -> AddForm:
    return AddForm(formdata=None, prefix="add")


def _empty_appoint_form() -> AppointForm:
    return AppointForm(formdata=None, prefix="appoint")


def _page(
    add_form: AddForm,
    appoint_form: AppointForm,
    added: Added | None = None,
    withdraw_form: AppointForm | None = None,
) -> str:
    crews = service.crews(current_store(), current_election())
    return render_template(
        "secretariat/staff.html",
        election=current_election(),
        crews=crews,
        add_form=add_form,
        appoint_form=appoint_form,
        withdraw_form=withdraw_form or AppointForm(formdata=None, prefix="withdraw"),
        added=added,
    )
