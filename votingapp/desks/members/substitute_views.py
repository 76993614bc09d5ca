"""The page of one substitute: what is known of her, and the form by which she is passed over from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tally.succession import Reason
from votingapp.desks.members import reading, substituting, words
from votingapp.desks.members.door import SECOND, SECRETARIAT, blueprint
from votingapp.desks.members.forms import SubstituteForm
from votingapp.store.staff import Staff
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.cosign import complain, second_official
from votingapp.web.vacancy_words import REASONS

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

Answer = tuple[str, int]


@blueprint.get("/<slug>/secretariat/members/substitutes/<candidate>")
@guard(SECRETARIAT)
def substitute(slug: str, candidate: str) -> Answer:
    """One substitute."""
    del slug
    return _page(candidate, SubstituteForm(formdata=None), 200)


@blueprint.post("/<slug>/secretariat/members/substitutes/<candidate>")
@guard(SECRETARIAT)
def note_substitute(slug: str, candidate: str) -> Response | Answer:
    """Enter why she can no longer enter; a second official confirms it."""
    store, official, election = current_store(), current_staff(), current_election()
    form = SubstituteForm()
    if not form.validate_on_submit() or form.day.data is None:
        return _page(candidate, form, 422)
    second = second_official(store, official, election, form, SECOND)
    if not isinstance(second, Staff):
        complain(form, second)
        return _page(candidate, form, 422)
    told = substituting.note_substitute(
        store,
        election,
        candidate,
        Reason(form.reason.data),
        form.day.data,
        (form.evidence.data or "").strip(),
        (official, second),
    )
    match told:
        case substituting.NotedOf(None):
            flash(_("Det er gemt. Suppleanten springes over fra nu af."))
            return redirect(url_for("members.substitute", slug=slug, candidate=candidate))
        case substituting.NotedOf(vacancy_id):
            flash(_("Det er gemt. Nu skal den næste på listen foreslås."))
            return redirect(url_for("members.case", slug=slug, vacancy_id=vacancy_id))
        case substituting.Refusal.NO_SUCH_SUBSTITUTE:
            abort(404)
        case refusal:
            form.form_errors.append(words.SUBSTITUTING[refusal])
    return _page(candidate, form, 409)


def _page(candidate: str, form: SubstituteForm, status: int) -> Answer:
    election = current_election()
    found = reading.substitute_page(current_store(), current_staff(), election, candidate)
    if found is None:
        abort(404)
    page = render_template("members/substitute.html", election=election, page=found, form=form, reasons=REASONS)
    return page, status
