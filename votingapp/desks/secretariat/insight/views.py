"""The pages on which the secretariat answers a person who asks what is kept about her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template
from flask_babel import gettext as _

from candidates.cpr import CprRefusal
from votingapp.desks.secretariat.door import SECRETARIAT, blueprint
from votingapp.desks.secretariat.insight import export, service
from votingapp.desks.secretariat.insight.forms import FileForm, PersonForm
from votingapp.desks.secretariat.insight.words import PAGES, ROLES
from votingapp.store import deletions
from votingapp.store.insight import Subject
from votingapp.store.looks import What
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.files import as_file
from votingapp.web.vacancy_words import CAUSES, STEPS

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Response

    from votingapp.desks.secretariat.insight.service import Told

_UNPROCESSABLE = 422


@blueprint.route("/<slug>/secretariat/insight", methods=["GET", "POST"])
@guard(SECRETARIAT)
def insight(slug: str) -> str | tuple[str, int]:
    """Find a person by what she says of herself; it travels in the body of the request, never in an address."""
    del slug
    form = PersonForm()
    if not form.validate_on_submit():
        return _ask(form), _UNPROCESSABLE if form.is_submitted() else 200
    subject = _subject(form)
    if isinstance(subject, CprRefusal):
        form.cpr.errors = [_say(subject)]
        return _ask(form), _UNPROCESSABLE
    return _show(_tell(subject, What.INSIGHT))


@blueprint.get("/<slug>/secretariat/nominations/<nomination_id>/insight")
@guard(SECRETARIAT)
def nomination_insight(slug: str, nomination_id: str) -> str:
    """The same for somebody who stands."""
    del slug
    return _show(_tell(Subject(nomination_id=nomination_id), What.INSIGHT))


@blueprint.post("/<slug>/secretariat/insight/file")
@guard(SECRETARIAT)
def insight_file(slug: str) -> Response:
    """Everything in one file, to be handed to her."""
    form = FileForm()
    if not form.validate_on_submit() or not (form.key.data or form.nomination_id.data):
        abort(400)
    told = _tell(Subject(form.key.data or None, form.nomination_id.data or None), What.INSIGHT_EXPORT)
    body = export.write(told, current_election(), current_store().clock(), names=bool(form.names.data))
    return as_file(body, "application/json", f"indsigt-{slug}.json")


def _subject(form: PersonForm) -> Subject | CprRefusal:
    store, election = current_store(), current_election()
    if form.cpr.data:
        return service.find_by_cpr(store, election, form.cpr.data)
    if form.birth_date.data:
        return service.find_by_name(store, election, form.name.data or "", form.birth_date.data)
    return service.find_by_email(store, election, form.email.data or "")


def _tell(subject: Subject, what: What) -> Told:
    told = service.tell(current_store(), current_staff(), current_election(), subject, what)
    if told is None:
        abort(404)
    return told


def _ask(form: PersonForm) -> str:
    return render_template("secretariat/insight.html", election=current_election(), form=form, deleted_at=_deleted_at())


def _deleted_at() -> datetime | None:
    """When the roll, the check-ins and the rest went, so that nothing found is not taken for nothing ever kept."""
    with current_store().reading() as connection:
        done = deletions.of(connection, current_election().id)
    return None if done is None else done.at


def _show(told: Told) -> str:
    subject = told.subject
    form = FileForm(formdata=None, key=subject.key or "", nomination_id=subject.nomination_id or "")
    return render_template(
        "secretariat/insight_answer.html",
        election=current_election(),
        told=told,
        kept=told.kept,
        pages=PAGES,
        roles=ROLES,
        causes=CAUSES,
        steps=STEPS,
        form=form,
        deleted_at=_deleted_at(),
    )


def _say(refusal: CprRefusal) -> object:
    match refusal:
        case CprRefusal.MALFORMED:
            return _("Et CPR-nummer har ti cifre. Skriv det igen.")
        case CprRefusal.IMPOSSIBLE_DATE:
            return _("De første seks cifre er ingen dato. Skriv nummeret igen.")
        case CprRefusal.REPLACEMENT_NUMBER:
            return _(
                "Det er et erstatningspersonnummer. Det står ikke i folkeregisteret. Find personen under Opstillinger."
            )
