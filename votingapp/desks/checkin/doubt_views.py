"""A case in doubt on the desk's screen and on the supervisor's: raised, waiting, decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, request, url_for

from ballots.admission import Admitted, NeedsDeclaration
from ballots.poll import PollState
from candidates.declarations import find_declaration
from votingapp.desks.checkin import doubt_words, doubting, service, words
from votingapp.desks.checkin.door import (
    AT_THE_DESK,
    SUPERVISOR,
    UNPROCESSABLE,
    Page,
    blueprint,
    desk_page,
    this_desk,
)
from votingapp.desks.checkin.doubt_forms import DecisionForm, DoubtForm
from votingapp.desks.checkin.forms import LookupForm
from votingapp.desks.checkin.recognising import Alike, InRegister
from votingapp.store.admissions import Channel
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.headers import with_camera
from votingapp.web.languages import LANGUAGES

if TYPE_CHECKING:
    from uuid import UUID

    from werkzeug.wrappers import Response

    from votingapp.desks.checkin.words import Told
    from votingapp.store.doubts import Doubt
    from votingapp.store.register import Resident


@blueprint.post("/<slug>/checkin/doubts/raise")
@guard(AT_THE_DESK)
@with_camera
def raise_doubt(slug: str) -> Page | Response:
    """Lay a case before the supervisors, and wait on a page of its own."""
    form = DoubtForm()
    if not form.validate():
        if form.person_id.errors:
            abort(UNPROCESSABLE)
        return desk_page("checkin/doubt_form.html", form=form), UNPROCESSABLE
    desk, election = this_desk(), current_election()
    raised = doubting.raise_doubt(current_store(), desk, election, form.case(election, desk.name))
    if isinstance(raised, doubting.NobodyHere):
        abort(UNPROCESSABLE)
    if isinstance(raised, doubting.NotOpen):
        return _not_open_page(raised), UNPROCESSABLE
    return redirect(url_for("checkin.doubt", slug=slug, doubt_id=raised.doubt_id))


@blueprint.get("/<slug>/checkin/doubts/new")
@guard(AT_THE_DESK)
@with_camera
def new_doubt(slug: str) -> Page:  # noqa: ARG001
    """Raise a case about somebody whom no search has led to."""
    state = current_election().state
    if state is not PollState.OPEN:
        return _not_open_page(doubting.NotOpen(state))
    return desk_page("checkin/doubt_form.html", form=DoubtForm(formdata=None))


@blueprint.get("/<slug>/checkin/doubts/here")
@guard(AT_THE_DESK)
@with_camera
def desk_doubts(slug: str) -> Page:  # noqa: ARG001
    """What this desk has raised."""
    found = doubting.read_desk(current_store(), this_desk(), current_election())
    return desk_page("checkin/doubts_here.html", doubts=found, kinds=doubt_words.KINDS)


@blueprint.get("/<slug>/checkin/doubts/here/<uuid:doubt_id>")
@guard(AT_THE_DESK)
@with_camera
def doubt(slug: str, doubt_id: UUID) -> Page:  # noqa: ARG001
    """One case: it waits, or the answer is there, as large as any other answer of the desk."""
    desk = this_desk()
    found = doubting.read_doubt(current_store(), desk.official, current_election(), str(doubt_id))
    if found is None or found.desk != desk.name:
        abort(404)
    told = None if found.decided_at is None else doubt_words.tell_decision(found)
    return desk_page(
        "checkin/doubt.html", doubt=found, told=told, kinds=doubt_words.KINDS, form=LookupForm(formdata=None)
    )


@blueprint.get("/<slug>/checkin/doubts")
@guard(SUPERVISOR)
def doubts(slug: str) -> Page:  # noqa: ARG001
    """Everything that waits for a supervisor."""
    board = doubting.read_board(current_store(), current_staff(), current_election())
    return render_template("checkin/doubts.html", board=board, kinds=doubt_words.KINDS)


@blueprint.route("/<slug>/checkin/doubts/<uuid:doubt_id>", methods=["GET", "POST"])
@guard(SUPERVISOR)
def decide(slug: str, doubt_id: UUID) -> Page | Response:  # noqa: ARG001
    """Decide a case: yes with what the papers show, or no; either with a reason."""
    store, official, election = current_store(), current_staff(), current_election()
    found = doubting.read_doubt(store, official, election, str(doubt_id))
    if found is None:
        abort(404)
    form = DecisionForm()
    form.latest(store.clock().date())
    if found.decided_at is not None or not form.validate_on_submit():
        return _decide_page(found, form), UNPROCESSABLE if form.is_submitted() else 200
    decided = _refuse if "refuse" in request.form else _admit
    return decided(found, form)


def _not_open_page(refused: doubting.NotOpen) -> str:
    told, form = doubt_words.tell_not_raised(refused), LookupForm(formdata=None)
    return desk_page("checkin/answer.html", told=told, person=None, form=form, doubt=None)


def _refuse(found: Doubt, form: DecisionForm) -> Page | Response:
    outcome = doubting.refuse(current_store(), current_staff(), current_election(), found.id, form.reason.data)
    if isinstance(outcome, doubting.Refused):
        return redirect(url_for("checkin.doubts", slug=current_election().slug))
    return _decide_page(found, form, doubt_words.tell_verdict(outcome)), UNPROCESSABLE


def _admit(found: Doubt, form: DecisionForm) -> Page | Response:
    outcome = doubting.admit(current_store(), current_staff(), current_election(), found.id, _verdict(form))
    match outcome:
        case Admitted():
            return redirect(url_for("checkin.doubts", slug=current_election().slug))
        case NeedsDeclaration():
            form.declared.errors = [words.tell(outcome).text]
            return _decide_page(found, form), UNPROCESSABLE
        case InRegister(person):
            return _decide_page(found, form, doubt_words.tell_verdict(outcome), (person,)), UNPROCESSABLE
        case Alike(persons, mark):
            return _decide_page(found, form, doubt_words.tell_verdict(outcome), persons, mark), UNPROCESSABLE
        case _:
            return _decide_page(found, form, doubt_words.tell_verdict(outcome)), UNPROCESSABLE


def _verdict(form: DecisionForm) -> doubting.Verdict:
    papers = doubting.Papers(
        resident=bool(form.resident.data),
        person_id=form.person_id,
        none_of=form.is_none_of,
        name=form.name.data or "",
        birth_date=form.born,
        cpr=form.number,
    )
    channel = Channel.PAPER if form.paper.data else Channel.SLIP
    return doubting.Verdict(form.reason.data, papers, declared=bool(form.declared.data), channel=channel)


def _decide_page(
    found: Doubt, form: DecisionForm, told: Told | None = None, known: tuple[Resident, ...] = (), mark: str = ""
) -> str:
    """The page of one case; `known` are those on the roll who may be the voter, `mark` what to answer where none is she."""
    election = current_election()
    asked = service.declaration_asked(election)
    declaration = find_declaration(asked) if asked else None
    return render_template(
        "checkin/decide.html",
        doubt=found,
        form=form,
        told=told,
        known=known,
        mark=mark,
        kinds=doubt_words.KINDS,
        closed_roll=election.rules.admission.roll == "closed",
        declaration=declaration.voter if declaration else None,
        voters_languages=LANGUAGES,
    )
