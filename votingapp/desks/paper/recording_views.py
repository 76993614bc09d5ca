"""The page where the papers of the booths (kontrolsedler) are counted by two, and held against the urn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from votingapp.desks.paper import recording
from votingapp.desks.paper.recording_forms import LONGEST_EXPLANATION, ExplainTrailForm
from votingapp.store import apart, ballot_paper, elections
from votingapp.store.settled import RecordStands, ResultKnown
from votingapp.store.staff import Role, Staff
from votingapp.web import cosign
from votingapp.web.access import current_election, current_staff, current_store, guard, roles
from votingapp.web.paper_boxes import BoxByCandidateForm, BoxForm, tell_fault

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("paper_record", __name__)

_BOARD = roles(Role.BOARD)
_SIGNING = (Role.BOARD, Role.DESK)
_COUNTERS = roles(*_SIGNING)

_UNPROCESSABLE, _CONFLICT = 422, 409

Page = str | tuple[str, int]


@blueprint.get("/<slug>/paper/record")
@guard(_COUNTERS)
def overview(slug: str) -> Page:
    """How far the count of the papers has come; no such page where the rules ask for none."""
    del slug
    return _overview()


@blueprint.post("/<slug>/paper/record/count")
@guard(_COUNTERS)
def count(slug: str) -> Page | Response:
    """Enter what one official counted."""
    form = _box_form()
    if isinstance(form, BoxByCandidateForm) and len(form.votes) != len(_candidates()):
        return _overview(), _UNPROCESSABLE  # a form of another ballot, which no page of ours shows
    if not form.validate_on_submit():
        return _overview(counted=form), _UNPROCESSABLE
    match recording.enter(current_store(), current_staff(), current_election(), form.figures):
        case apart.Waiting():
            flash(_("Dine tal er gemt. Nu tæller en anden for sig, uden at kende dine tal."))
        case apart.Agreed():
            flash(_("I har talt det samme. Tallene ligger fast."))
        case apart.Differ():
            flash(_("I har talt forskelligt. Se forskellene herunder, og tæl begge igen."))
        case apart.AlreadyAgreed():
            flash(_("Kontrolsedlerne er talt, og tallene ligger fast."))
        case recording.Impossible(faults):
            form.form_errors.extend(tell_fault(fault) for fault in faults)
            return _overview(counted=form), _UNPROCESSABLE
        case apart.NotClosed() | recording.NotAsked() | ResultKnown():  # the page says itself why not
            return _overview(), _CONFLICT
        case recording.BallotsFirst() | apart.CountedAlready() as no:
            form.form_errors.append(_why_not_now(no))
            return _overview(counted=form), _CONFLICT
    return redirect(url_for("paper_record.overview", slug=slug))


@blueprint.post("/<slug>/paper/record/explain")
@guard(_BOARD)
def explain(slug: str) -> Page | Response:
    """Two officials explain a difference in words."""
    form = ExplainTrailForm()
    second = _second_of(form)
    if second is None:
        return _overview(explained=form), _UNPROCESSABLE
    figures = int(form.expected.data or 0), int(form.found.data or 0)
    signed_by = current_staff(), second
    match recording.explain(
        current_store(), current_election(), form.account.data or "", figures, form.text.data or "", signed_by
    ):
        case recording.Explained():
            flash(_("Forklaringen er gemt og kommer med i valgprotokollen."))
            return redirect(url_for("paper_record.overview", slug=slug))
        case recording.ExplainedBefore():
            flash(_("To andre har forklaret forskellen imens. Jeres forklaring er ikke gemt."))
        case recording.OtherFigures():
            flash(_("Regnskabet har andre tal nu. Intet er gemt. Se tallene igen."))
        case RecordStands():
            flash(_("Resultatet er offentliggjort, og protokollen ligger fast. Intet er gemt."))
    return _overview(), _CONFLICT


def _why_not_now(no: recording.BallotsFirst | apart.CountedAlready) -> str:
    match no:
        case recording.BallotsFirst():
            return str(_("Tæl papirstemmerne først. Den, der kender kontrolsedlerne, ved, hvad urnen vil give."))
        case apart.CountedAlready():
            return str(_("Du har talt i denne omgang. Nu skal en anden tælle."))


def _second_of(form: ExplainTrailForm) -> Staff | None:
    if not form.validate_on_submit():
        return None
    found = cosign.second_official(current_store(), current_staff(), current_election(), form, _SIGNING)
    if isinstance(found, Staff):
        return found
    cosign.complain(form, found)
    return None


def _overview(counted: BoxForm | None = None, explained: ExplainTrailForm | None = None) -> str:
    with current_store().reading() as connection:
        election = elections.by_id(connection, current_election().id)
        if not election.rules.audit.paper_record:
            abort(404)
        progress = recording.read_progress(connection, current_staff(), election)
        lines = ballot_paper.lines(connection, election.id)
    return render_template(
        "paper/record.html",
        counting=counted or _box_form(empty=True),
        used=counted or explained,
        progress=progress,
        lines=lines,
        by_candidate=election.rules.audit.counted == "by_candidate",
        longest=LONGEST_EXPLANATION,
        unexplained=[
            (account, _form_for(account.account, explained))
            for account in progress.accounts
            if not (account.comes_out or account.explanation)
        ],
    )


def _form_for(account: str, used: ExplainTrailForm | None) -> ExplainTrailForm:
    """The form under a difference: each has ids of its own."""
    form = used if used is not None and used.names(account) else ExplainTrailForm(formdata=None)
    for field in form:
        field.id = f"{field.id}-{account}"
    return form


def _box_form(*, empty: bool = False) -> BoxForm:
    by_candidate = current_election().rules.audit.counted == "by_candidate"
    options = {"formdata": None} if empty else {}
    return BoxByCandidateForm(_candidates(), **options) if by_candidate else BoxForm(**options)


def _candidates() -> tuple[str, ...]:
    with current_store().reading() as connection:
        lines = ballot_paper.lines(connection, current_election().id)
    return tuple(f"{line.number}. {line.label}" for line in lines)
