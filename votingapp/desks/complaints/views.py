"""The pages of the complaints: all of them without names, and one with who wrote it and everything that was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tally.complaints import StepKind, Subject, appeal_until
from tally.deadlines import is_over
from votingapp.desks.complaints import service, words
from votingapp.desks.complaints.forms import DecisionForm, ReceiveForm, StepForm, form_of
from votingapp.desks.complaints.service import Said, Written
from votingapp.store import ballot_paper, complaints
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store, guard, roles
from votingapp.web.cosign import SecondOfficial, complain, second_official

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from votingapp.store.ballot_paper import Line

Answer = tuple[str, int]

blueprint = Blueprint("complaints", __name__)

_SECRETARIAT = roles(Role.SECRETARIAT)
_SECOND = frozenset({Role.SECRETARIAT, Role.BOARD})


@blueprint.get("/<slug>/secretariat/complaints")
@guard(_SECRETARIAT)
def overview(slug: str) -> Answer:
    """Every complaint by number, with what it is about and how far it has come, and the form for another."""
    del slug
    return _overview(ReceiveForm(formdata=None), 200)


@blueprint.post("/<slug>/secretariat/complaints")
@guard(_SECRETARIAT)
def receive(slug: str) -> Response | Answer:
    """Take a complaint in."""
    form = ReceiveForm()
    if not form.validate_on_submit() or form.received_at.instant is None:
        return _overview(form, 422)
    particulars = form.particulars()
    received_at, subject = form.received_at.instant, Subject(form.subject.data)
    written = Written(form.id_of(received_at, subject, particulars.words), received_at, subject, particulars)
    match service.receive(current_store(), current_staff(), current_election(), written):
        case service.Received(number):
            flash(_("Klage nr. %(number)s er modtaget. Send en kvittering til den, der har klaget.", number=number))
            return redirect(url_for("complaints.complaint", slug=slug, complaint_id=written.id))
        case service.NotCome():
            form.received_at.errors = [_("Tidspunktet ligger i fremtiden.")]
        case service.Late():
            form.late.errors = [_("Klagen kom efter fristen. Skriv hvorfor, eller at det ikke er oplyst.")]
    return _overview(form, 422)


@blueprint.get("/<slug>/secretariat/complaints/<complaint_id>")
@guard(_SECRETARIAT)
def complaint(slug: str, complaint_id: str) -> Answer:
    """One complaint, who wrote it, what was done and what can be done."""
    del slug
    return _complaint(complaint_id, 200)


@blueprint.post("/<slug>/secretariat/complaints/<complaint_id>/step")
@guard(_SECRETARIAT)
def step(slug: str, complaint_id: str) -> Response | Answer:
    """Do something with a complaint."""
    try:
        kind = StepKind(request.form.get("kind", ""))
    except ValueError:
        abort(400)
    form = form_of(kind)()
    with current_store().reading() as connection:
        _offer(form, ballot_paper.lines(connection, current_election().id))
    signed_by = _signed_by(form)
    if signed_by is None:
        return _complaint(complaint_id, 422, form)
    said = Said(form.body_name(), form.words.data, cautions_seen=form.seen.data)
    match service.take_step(current_store(), signed_by, current_election(), complaint_id, form.step(), said):
        case service.Taken():
            flash(_("Det er skrevet ind."))
            return redirect(url_for("complaints.complaint", slug=slug, complaint_id=complaint_id))
        case service.Hindered(obstacles):
            form.form_errors.extend(str(words.OBSTACLES[one]) for one in obstacles)
            return _complaint(complaint_id, 409, form)
        case service.Cautioned(cautions):
            form.form_errors.extend(str(words.CAUTIONS[one]) for one in cautions)
            return _complaint(complaint_id, 409, form, cautioned=True)
        case service.Gone():
            return abort(404)


def _signed_by(form: StepForm) -> tuple[Staff, ...] | None:
    """Who signs the step, one or two; None where the form lacks something or the second does not hold."""
    if not form.validate_on_submit():
        return None
    official = current_staff()
    if not isinstance(form, SecondOfficial):
        return (official,)
    second = second_official(current_store(), official, current_election(), form, _SECOND)
    if isinstance(second, Staff):
        return official, second
    complain(form, second)
    return None


def _offer(form: StepForm, lines: tuple[Line, ...]) -> None:
    if isinstance(form, DecisionForm):
        form.offer(lines)


def _overview(form: ReceiveForm, status: int) -> Answer:
    store, election = current_store(), current_election()
    with store.reading() as connection:
        every = complaints.every(connection, store.vault, election.id)
        numbers = complaints.numbers(connection, election.id)
    page = render_template(
        "complaints/overview.html",
        election=election,
        every=every,
        numbers=numbers,
        words=words,
        over=is_over(election.complaints_end, store.clock()),
        form=form,
    )
    return page, status


def _complaint(complaint_id: str, status: int, used: StepForm | None = None, *, cautioned: bool = False) -> Answer:
    election = current_election()
    seen = service.see(current_store(), current_staff(), election, complaint_id)
    if seen is None:
        abort(404)
    page = render_template(
        "complaints/complaint.html",
        election=election,
        found=seen.complaint,
        words=words,
        labels={line.id: line.label for line in seen.candidates},
        forms_by_kind=[(kind, _form(kind, used, seen.candidates)) for kind in seen.next_steps],
        cautioned=cautioned,
        appeal_until=appeal_until(seen.complaint.steps, election.rules.complaints.appeal_days),
    )
    return page, status


def _form(kind: StepKind, used: StepForm | None, lines: tuple[Line, ...]) -> StepForm:
    """The form of a step, the used one where it was sent; each has ids of its own on the page."""
    form = used if used is not None and used.kind.data == kind.value else form_of(kind)(formdata=None)
    form.kind.data = kind.value
    _offer(form, lines)
    for one in form:
        one.id = f"{one.id.removesuffix(f'-{kind.value}')}-{kind.value}"
    return form
