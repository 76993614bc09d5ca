"""The page on which officials are added and appointed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.desks.secretariat.staffing import hiring, service
from votingapp.desks.secretariat.staffing.forms import AppointForm, ConfirmForm, HireForm
from votingapp.desks.secretariat.staffing.guarding import DECIDING, Alone, needs_two
from votingapp.desks.secretariat.staffing.people import NEEDED
from votingapp.desks.secretariat.staffing.sheet import sheet_of
from votingapp.documents.dates import COPENHAGEN
from votingapp.documents.first_sign_in import render_first_sign_in
from votingapp.store.staff import Role
from votingapp.store.staff import Staff as OfficialOfTheHouse
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.cosign import complain, second_official
from votingapp.web.files import as_pdf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Response


@blueprint.get("/<slug>/secretariat/staff")
@guard(SECRETARIAT)
def staff(slug: str) -> str:
    """Who works at this election."""
    del slug
    return _page()


@blueprint.post("/<slug>/secretariat/staff/hire")
@guard(SECRETARIAT)
def hire_staff(slug: str) -> str | tuple[str, int]:
    """Add and appoint everybody. The answer is a page and no redirect, since the codes are shown in it and kept nowhere."""
    del slug
    form, official, election = HireForm(), current_staff(), current_election()
    if not form.validate_on_submit():
        return _page(hire_form=form), 422
    seal = ConfirmForm(prefix="hire")
    second = _second(seal, [role for one in form.people for role in one.roles])
    if isinstance(second, NotSealed):
        return _page(hire_form=form, hire_seal=seal), 422
    match hiring.hire(current_store(), official, election, form.once_id(election, official), form.people, second):
        case hiring.Hired(people):
            return render_template("secretariat/hired.html", election=election, people=people, needed=NEEDED)
        case hiring.NotHired(wrong):
            form.tell(wrong)
            return _page(hire_form=form), 409
        case Alone():  # the poll was closed while she wrote
            return _page(hire_form=form), 409


@blueprint.post("/<slug>/secretariat/staff/slips")
@guard(SECRETARIAT)
def first_sign_in_slips(slug: str) -> Response | tuple[str, int]:
    """The codes on the screen as slips of paper; they come back from the page, for the house has not kept them."""
    del slug
    store, election = current_store(), current_election()
    written = zip(request.form.getlist("login"), request.form.getlist("code"), strict=False)
    people = hiring.still_to_come(store, election, islice(written, hiring.MOST_AT_ONCE))
    if not people:
        return render_template("secretariat/no_codes.html", election=election), 422
    today = store.clock().astimezone(COPENHAGEN).date()
    sheet = sheet_of(election, people, current_app.extensions["settings"].office_url)
    return as_pdf(render_first_sign_in(sheet, today), "engangskoder.pdf")


@blueprint.post("/<slug>/secretariat/staff/appoint")
@guard(SECRETARIAT)
def appoint_staff(slug: str) -> Response | tuple[str, int]:
    """Appoint an official to a role at this election."""
    form = AppointForm(prefix="appoint")
    if not form.validate_on_submit():
        return _page(appoint_form=form), 422
    role, seal = Role(form.role.data), ConfirmForm(prefix="appoint")
    second = _second(seal, [role])
    if isinstance(second, NotSealed):
        return _page(appoint_form=form, appoint_seal=seal), 422
    match service.appoint(current_store(), current_staff(), current_election(), form.login.data, role, second):
        case service.Appointed(official):
            flash(_("%(name)s er udpeget.", name=official.name))
        case service.AppointedBefore(official):
            flash(_("%(name)s havde allerede den rolle. Intet er ændret.", name=official.name))
        case service.UnknownLogin():
            form.login.errors = [_("Ingen har det brugernavn. Tilføj medarbejderen først.")]
            return _page(appoint_form=form), 422
        case Alone():
            return _page(appoint_form=form), 409
    return redirect(url_for("secretariat.staff", slug=slug))


@blueprint.post("/<slug>/secretariat/staff/withdraw")
@guard(SECRETARIAT)
def withdraw_staff(slug: str) -> Response | tuple[str, int]:
    """Take a role back."""
    form = AppointForm(prefix="withdraw")
    if not form.validate_on_submit():
        return _page(withdraw_form=form), 422
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
    return _page(withdraw_form=form), 409


class NotSealed:
    """Two are wanted, and the second is missing or does not hold; why stands beside her fields."""


def _second(seal: ConfirmForm, wanted: Iterable[Role]) -> OfficialOfTheHouse | NotSealed | None:
    """Who confirms an appointment to these roles; None where it takes one alone."""
    official, election = current_staff(), current_election()
    with current_store().reading() as connection:
        if not needs_two(connection, election, wanted):
            return None
    if not seal.validate_on_submit():
        return NotSealed()
    found = second_official(current_store(), official, election, seal, DECIDING)
    if isinstance(found, OfficialOfTheHouse):
        return found
    complain(seal, found)
    return NotSealed()


def _page(
    hire_form: HireForm | None = None,
    appoint_form: AppointForm | None = None,
    withdraw_form: AppointForm | None = None,
    *,
    hire_seal: ConfirmForm | None = None,
    appoint_seal: ConfirmForm | None = None,
) -> str:
    with current_store().reading() as connection:
        two = needs_two(connection, current_election(), DECIDING)
    return render_template(
        "secretariat/staff.html",
        election=current_election(),
        crews=service.crews(current_store(), current_election()),
        hire_form=hire_form or HireForm(formdata=None),
        hire_fields=NEEDED,
        hire_seal=(hire_seal or ConfirmForm(formdata=None, prefix="hire")) if two else None,
        appoint_seal=(appoint_seal or ConfirmForm(formdata=None, prefix="appoint")) if two else None,
        appoint_form=appoint_form or AppointForm(formdata=None, prefix="appoint"),
        withdraw_form=withdraw_form or AppointForm(formdata=None, prefix="withdraw"),
    )
