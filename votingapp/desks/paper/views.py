"""The pages where paper ballots are printed, and counted by hand by two officials, each alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ballots.slips import Movement
from tally.paper import PaperFault
from votingapp.desks.paper import counting
from votingapp.desks.paper.forms import CountForm, PrintForm
from votingapp.desks.paper.printing import NotFrozen, PollOver, Printed, print_ballots
from votingapp.store import apart, ballot_paper, ledger
from votingapp.store.ledger import Paper
from votingapp.store.settled import ResultKnown
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_staff, current_store, guard, roles
from votingapp.web.files import as_pdf

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("paper", __name__)

_BOARD = roles(Role.BOARD)
_COUNTERS = roles(Role.BOARD, Role.DESK)
"""Board and desk staff may both count: what matters is that there are two of them."""

_UNPROCESSABLE, _CONFLICT = 422, 409

Page = str | tuple[str, int]


@blueprint.get("/<slug>/paper")
@guard(_COUNTERS)
def overview(slug: str) -> Page:
    """How many ballots were printed, and how far the hand count has come."""
    del slug
    return _overview()


@blueprint.post("/<slug>/paper/print")
@guard(_BOARD)
def print_paper(slug: str) -> Page | Response:
    """Print ballots; the answer is the PDF itself."""
    form = PrintForm()
    if not form.validate_on_submit():
        return _overview(printing=form), _UNPROCESSABLE
    match print_ballots(current_store(), current_staff(), current_election(), form.number.data or 0):
        case Printed(pdf):
            return as_pdf(pdf, f"papirstemmesedler-{slug}.pdf")
        case NotFrozen():
            form.form_errors.append(_("Lås valget først. Før det ligger stemmesedlens rækkefølge ikke fast."))
        case PollOver():
            form.form_errors.append(_("Afstemningen er lukket. Der kan ikke printes flere stemmesedler."))
    return _overview(printing=form), _CONFLICT


@blueprint.post("/<slug>/paper/count")
@guard(_COUNTERS)
def count(slug: str) -> Page | Response:
    """Enter what one official counted."""
    form = _count_form()
    if len(form.votes) != len(_candidates()):  # a form of another ballot, which no page of ours shows
        return _overview(), _UNPROCESSABLE
    if not form.validate_on_submit():
        return _overview(counted=form), _UNPROCESSABLE
    match counting.enter(current_store(), current_staff(), current_election(), form.figures):
        case apart.Waiting():
            flash(_("Dine tal er gemt. Nu tæller en anden for sig, uden at kende dine tal."))
        case apart.Agreed():
            flash(_("I har talt det samme. Papirstemmerne er med i resultatet."))
        case apart.Differ():
            flash(_("I har talt forskelligt. Se forskellene herunder, og tæl begge igen."))
        case apart.AlreadyAgreed():
            flash(_("Papirstemmerne er talt, og tallene ligger fast."))
        case counting.Impossible(faults):
            form.form_errors.extend(_tell(fault) for fault in faults)
            return _overview(counted=form), _UNPROCESSABLE
        case apart.NotClosed() | ResultKnown():  # the page says itself that it is too early, or too late
            return _overview(), _CONFLICT
        case apart.CountedAlready():
            form.form_errors.append(_("Du har talt i denne omgang. Nu skal en anden tælle."))
            return _overview(counted=form), _CONFLICT
    return redirect(url_for("paper.overview", slug=slug))


def _overview(printing: PrintForm | None = None, counted: CountForm | None = None) -> str:
    election = current_election()
    with current_store().reading() as connection:
        return render_template(
            "paper/overview.html",
            printing=printing or PrintForm(formdata=None),
            counting=counted or _count_form(empty=True),
            used=printing or counted,
            printed=ledger.total(connection, election.id, Paper.BALLOT, Movement.PRINTED),
            progress=counting.read_progress(connection, current_staff(), election),
            lines=ballot_paper.lines(connection, election.id),
        )


def _count_form(*, empty: bool = False) -> CountForm:
    return CountForm(_candidates(), formdata=None) if empty else CountForm(_candidates())


def _candidates() -> tuple[str, ...]:
    with current_store().reading() as connection:
        lines = ballot_paper.lines(connection, current_election().id)
    return tuple(f"{line.number}. {line.label}" for line in lines)


def _tell(fault: PaperFault) -> str:
    match fault:
        case PaperFault.MORE_VOTES_THAN_BALLOTS:
            return str(_("En kandidat har flere stemmer, end der er gyldige stemmesedler."))
        case PaperFault.TOO_FEW_VOTES:
            return str(_("Der er færre stemmer end gyldige stemmesedler. Hver gyldig seddel har mindst ét kryds."))
        case PaperFault.TOO_MANY_VOTES:
            return str(_("Der er flere stemmer, end de gyldige stemmesedler kan bære."))
