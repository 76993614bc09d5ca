"""The pages of the audit: what it found, its steps by two, the drawing list, and the count of all papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tally.audit.sampling import draw_message
from tally.dice import command
from votingapp.desks.audit import full, preparing, reading, reading_views
from votingapp.desks.audit.door import BOARD, ONLOOKERS, READERS, READING, blueprint
from votingapp.desks.audit.forms import (
    LONGEST_TEXT,
    AnnounceForm,
    BatchesForm,
    DiceForm,
    ExplainForm,
    ReasonForm,
)
from votingapp.desks.audit.page import read_page
from votingapp.desks.audit.steps import Hindered, Taken
from votingapp.desks.audit.words import say
from votingapp.store import apart, ballot_paper, elections, sample_audits
from votingapp.store.staff import Role, Staff
from votingapp.web import cosign
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.paper_boxes import BoxByCandidateForm, tell_fault

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from votingapp.desks.audit.page import Shown
    from votingapp.desks.audit.steps import Answer

__all__ = ["blueprint", "reading_views"]

_UNPROCESSABLE, _CONFLICT = 422, 409
_USUAL_BATCH = 50

Page = str | tuple[str, int]


@blueprint.get("/<slug>/audit")
@guard(ONLOOKERS)
def overview(slug: str) -> Page:
    """How far the audit has come; no such page where the rules ask for none."""
    del slug
    return _overview()


@blueprint.post("/<slug>/audit/manifest")
@guard(BOARD)
def manifest(slug: str) -> Page | Response:
    """Two say how the shuffled papers lie in batches."""
    form = BatchesForm(prefix="manifest")
    second = _second_of(form, READING)
    if second is None:
        return _overview(form), _UNPROCESSABLE
    answer = preparing.lay(current_store(), (current_staff(), second), current_election(), form.sizes)
    return _answer(slug, answer, form, _("Bunkerne er gemt. Lås kassen, til stikprøven er trukket."))


@blueprint.post("/<slug>/audit/announce")
@guard(BOARD)
def announce(slug: str) -> Page | Response:
    """Two of the board announce the audit."""
    form = AnnounceForm(prefix="announce")
    second = _second_of(form, (Role.BOARD,))
    if second is None:
        return _overview(form), _UNPROCESSABLE
    signed_by = (current_staff(), second)
    answer = preparing.announce(
        current_store(), signed_by, current_election(), form.doubted.data or 0, form.most_draws.data or 0
    )
    return _answer(slug, answer, form, _("Stikprøven er annonceret. Kast nu terningerne, så alle kan se det."))


@blueprint.post("/<slug>/audit/dice")
@guard(BOARD)
def dice(slug: str) -> Page | Response:
    """One writes down what the dice showed, another writes it down again."""
    form = DiceForm(prefix="dice")
    second = _second_of(form, (Role.BOARD,))
    if second is None:
        return _overview(form), _UNPROCESSABLE
    answer = preparing.roll(
        current_store(),
        (current_staff(), second),
        current_election(),
        (form.digits.data or "", form.again.data or ""),
        (form.first_witness.data or "", form.second_witness.data or ""),
    )
    return _answer(slug, answer, form, _("Kastene er gemt. Nu ligger det fast, hvilke sedler der trækkes."))


@blueprint.get("/<slug>/audit/draw")
@guard(ONLOOKERS)
def draw(slug: str) -> Page:
    """Which papers the dice draw, and the command by which anybody finds the same."""
    del slug
    with current_store().reading() as connection:
        election = elections.by_id(connection, current_election().id)
        audit = sample_audits.audit_of(connection, election.id)
    if audit is None or audit.announced is None or not audit.digits:
        abort(404)
    line = command(draw_message(audit.digits, 1))
    return render_template("audit/draw.html", audit=audit, papers=reading.drawn_papers(audit), command=line)


@blueprint.post("/<slug>/audit/full-count")
@guard(BOARD)
def full_count(slug: str) -> Page | Response:
    """Two of the board let all papers be counted instead."""
    form = ReasonForm(prefix="full")
    second = _second_of(form, (Role.BOARD,))
    if second is None:
        return _overview(form), _UNPROCESSABLE
    signed_by = (current_staff(), second)
    answer = full.count_all(current_store(), signed_by, current_election(), form.reason.data or "")
    return _answer(slug, answer, form, _("Alle sedler tælles nu af to personer, hver for sig."))


@blueprint.post("/<slug>/audit/count")
@guard(READERS)
def count(slug: str) -> Page | Response:
    """Enter what one official counted of all papers."""
    form = BoxByCandidateForm(_candidates())
    if len(form.votes) != len(_candidates()):
        return _overview(), _UNPROCESSABLE  # a form of another ballot, which no page of ours shows
    if not form.validate_on_submit():
        return _overview(form), _UNPROCESSABLE
    match full.enter(current_store(), current_staff(), current_election(), form.figures):
        case Hindered(obstacle):
            form.form_errors.append(say(obstacle))
            return _overview(form), _CONFLICT
        case apart.CountedAlready():
            form.form_errors.append(_("Du har talt i denne omgang. Nu skal en anden tælle."))
            return _overview(form), _CONFLICT
        case apart.Waiting():
            flash(_("Dine tal er gemt. Nu tæller en anden for sig, uden at kende dine tal."))
        case apart.Agreed():
            flash(_("I har talt det samme. Tallene ligger fast."))
        case apart.Differ():
            flash(_("I har talt forskelligt. Se forskellene herunder, og tæl begge igen."))
        case faults:
            form.form_errors.extend(tell_fault(fault) for fault in faults)
            return _overview(form), _UNPROCESSABLE
    return redirect(url_for("audit.overview", slug=slug))


@blueprint.post("/<slug>/audit/explain")
@guard(BOARD)
def explain(slug: str) -> Page | Response:
    """Two say what they know of papers that do not agree with the urn."""
    form = ExplainForm(prefix="explain")
    second = _second_of(form, READING)
    if second is None:
        return _overview(form), _UNPROCESSABLE
    answer = full.explain(current_store(), (current_staff(), second), current_election(), form.text.data or "")
    return _answer(slug, answer, form, _("Forklaringen er gemt og kommer med i valgprotokollen."))


def _second_of(form: FlaskForm, allowed: tuple[Role, ...]) -> Staff | None:
    if not form.validate_on_submit():
        return None
    found = cosign.second_official(current_store(), current_staff(), current_election(), form, allowed)
    if isinstance(found, Staff):
        return found
    cosign.complain(form, found)
    return None


def _answer(slug: str, answer: Answer, form: FlaskForm, done: str) -> Page | Response:
    match answer:
        case Taken():
            flash(done)
            return redirect(url_for("audit.overview", slug=slug))
        case Hindered(obstacle):
            form.form_errors.append(say(obstacle))
            return _overview(form), _CONFLICT


def _candidates() -> tuple[str, ...]:
    with current_store().reading() as connection:
        lines = ballot_paper.lines(connection, current_election().id)
    return tuple(f"{line.number}. {line.label}" for line in lines)


def _overview(used: FlaskForm | None = None) -> str:
    """The page, with the form that was just filled in wrongly among its forms."""
    with current_store().reading() as connection:
        election = elections.by_id(connection, current_election().id)
        shown = read_page(connection, current_staff(), election)
    if shown is None:
        abort(404)
    forms = _empty_forms(shown)
    if used is not None:
        forms[_name_of(used)] = used
    return render_template(
        "audit/overview.html", election=election, shown=shown, forms_by_step=forms, used=used, longest=LONGEST_TEXT
    )


def _name_of(form: FlaskForm) -> str:
    return "count" if isinstance(form, BoxByCandidateForm) else form._prefix.rstrip("-")  # noqa: SLF001 - kept nowhere else


def _empty_forms(shown: Shown) -> dict[str, FlaskForm]:
    papers = shown.figures.papers if shown.figures else 0
    whole, rest = divmod(papers, _USUAL_BATCH)
    batches = [*[_USUAL_BATCH] * whole, *([rest] if rest else [])]
    doubted = abs(papers - shown.ballots)
    return {
        "manifest": BatchesForm(
            formdata=None, prefix="manifest", data={"batches": " ".join(str(size) for size in batches)}
        ),
        "announce": AnnounceForm(formdata=None, prefix="announce", data={"doubted": doubted, "most_draws": papers}),
        "dice": DiceForm(formdata=None, prefix="dice"),
        "full": ReasonForm(formdata=None, prefix="full"),
        "explain": ExplainForm(formdata=None, prefix="explain"),
        "count": BoxByCandidateForm(_candidates(), formdata=None),
    }
