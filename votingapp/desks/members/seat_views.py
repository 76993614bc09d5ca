"""The page of one seat: who sat there, what its member missed, and the form with which she leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tally.vacancy import Cause
from votingapp.desks.members import leaving, missing, reading, words
from votingapp.desks.members.door import SECOND, SECRETARIAT, blueprint
from votingapp.desks.members.forms import AbsenceForm, ExcuseForm, LeavingForm
from votingapp.desks.members.leaving import Leaving
from votingapp.store.staff import Staff
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.cosign import complain, second_official
from votingapp.web.vacancy_words import CAUSES

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

Answer = tuple[str, int]


@blueprint.get("/<slug>/secretariat/members/<int:number>")
@guard(SECRETARIAT)
def seat(slug: str, number: int) -> Answer:
    """One seat."""
    del slug
    return _page(number, None, 200)


@blueprint.post("/<slug>/secretariat/members/<int:number>/left")
@guard(SECRETARIAT)
def left(slug: str, number: int) -> Response | Answer:
    """Enter that the member leaves; a second official confirms it."""
    store, official, election = current_store(), current_staff(), current_election()
    form = LeavingForm(prefix="leaving-")
    if not form.validate_on_submit() or form.left_on.data is None:
        return _page(number, form, 422)
    second = second_official(store, official, election, form, SECOND)
    if not isinstance(second, Staff):
        complain(form, second)
        return _page(number, form, 422)
    entered = Leaving(Cause(form.cause.data), form.left_on.data, (form.evidence.data or "").strip())
    match leaving.leave(store, election, number, entered, (official, second)):
        case leaving.Left(vacancy_id):
            flash(_("Det er gemt. Pladsen er ledig fra dagen efter."))
            return redirect(url_for("members.case", slug=slug, vacancy_id=vacancy_id))
        case refusal:
            form.form_errors.append(words.LEAVING[refusal])
            return _page(number, form, 409)


@blueprint.post("/<slug>/secretariat/members/<int:number>/absence")
@guard(SECRETARIAT)
def absence(slug: str, number: int) -> Response | Answer:
    """Enter that the member stayed away from a meeting."""
    form = AbsenceForm(prefix="absence-")
    if not form.validate_on_submit() or form.met_on.data is None:
        return _page(number, form, 422)
    outcome = missing.note_absence(
        current_store(),
        current_staff(),
        current_election(),
        number,
        form.met_on.data,
        (form.note.data or "").strip(),
        excused=form.excused.data,
    )
    match outcome:
        case missing.Noted():
            flash(_("Udeblivelsen er gemt."))
            return redirect(url_for("members.seat", slug=slug, number=number))
        case refusal:
            form.form_errors.append(words.MISSING[refusal])
            return _page(number, form, 409)


@blueprint.post("/<slug>/secretariat/members/<int:number>/absence/<absence_id>")
@guard(SECRETARIAT)
def excuse(slug: str, number: int, absence_id: str) -> Response | Answer:
    """Enter a reason that was told afterwards."""
    form = ExcuseForm(prefix=f"{absence_id}-")
    if not form.validate_on_submit():
        return _page(number, form, 422, absence_id)
    note = (form.note.data or "").strip()
    match missing.excuse(current_store(), current_staff(), current_election(), absence_id, note):
        case missing.Excused(None):
            flash(_("Forklaringen er gemt. Udeblivelsen tæller ikke mere."))
        case missing.Excused():
            flash(_("Forklaringen er gemt. Se sagen om pladsen: den kan tages tilbage, så længe ingen er indtrådt."))
        case refusal:
            form.form_errors.append(words.MISSING[refusal])
            return _page(number, form, 409, absence_id)
    return redirect(url_for("members.seat", slug=slug, number=number))


def _page(number: int, used: FlaskForm | None, status: int, excusing: str = "") -> Answer:
    """The seat with its forms, the one that was sent with what is wrong in it; `excusing` is the absence it was about."""
    election = current_election()
    found = reading.seat_page(current_store(), current_staff(), election, number)
    if found is None:
        abort(404)
    forms = {
        "leaving": used if isinstance(used, LeavingForm) else LeavingForm(formdata=None, prefix="leaving-"),
        "absence": used if isinstance(used, AbsenceForm) else AbsenceForm(formdata=None, prefix="absence-"),
        "excuses": {
            one.id: used
            if isinstance(used, ExcuseForm) and one.id == excusing
            else ExcuseForm(formdata=None, prefix=f"{one.id}-")
            for one, _note in found.missed
        },
    }
    page = render_template("members/seat.html", election=election, page=found, used=used, causes=CAUSES, **forms)
    return page, status
