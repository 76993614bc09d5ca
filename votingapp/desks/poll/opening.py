"""The page by which two or more members of the board open the poll (åbning), step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ballots.poll import CEREMONIAL, LEAST_PRESENT, Obstacle, ObstacleCode, may_open
from votingapp.desks.poll import service
from votingapp.desks.poll.door import BOARD, ONLOOKERS, blueprint
from votingapp.desks.poll.facts import open_facts
from votingapp.desks.poll.forms import AttendForm, OpenForm, ReportForm
from votingapp.desks.poll.gathering import take_attendance
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.reporting import Made, Moving
from votingapp.desks.poll.zero_report import make_zero_report, print_again
from votingapp.store import reports
from votingapp.store.attendance import Ceremony, present_now
from votingapp.store.reports import ZERO_REPORT
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.files import as_pdf

if TYPE_CHECKING:
    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response


@blueprint.get("/<slug>/poll/opening")
@guard(ONLOOKERS)
def opening(slug: str) -> str:
    """Who is there, what stands in the way, the report of the empty urn, and last the opening itself."""
    del slug
    return _page()


@blueprint.post("/<slug>/poll/opening/attend")
@guard(BOARD)
def attend_opening(slug: str) -> Response | tuple[str, int]:
    """A member of the board says with her own password that she is there."""
    form = AttendForm()
    if not form.validate_on_submit():
        return _page(form), 422
    good, wrong = take_attendance(form, Ceremony.OPEN)
    if wrong:
        form.form_errors.append(wrong)
        return _page(form), 422
    flash(good)
    return redirect(url_for("poll.opening", slug=slug, _anchor="present"))


@blueprint.post("/<slug>/poll/opening/report")
@guard(BOARD)
def zero_report(slug: str) -> Response | tuple[str, int]:
    """Make the report of the empty urn; it can be fetched as often as it is needed."""
    form = ReportForm()
    if not form.validate_on_submit():
        return _page(form), 422
    match make_zero_report(current_store(), current_staff(), current_election(), form.others.data):
        case Made():
            flash(_("Nulrapporten er lavet. Hent den, print den, læs den op, og skriv under."))
            return redirect(url_for("poll.opening", slug=slug, _anchor="report"))
        case Moving():
            form.form_errors.append(_("Noget ændrede sig, mens rapporten blev lavet. Vent lidt, og prøv igen."))
            return _page(form), 409
        case Obstructed(obstacles):
            return _page(refused=obstacles), 409


@blueprint.get("/<slug>/poll/zero-report.pdf")
@guard(ONLOOKERS)
def zero_report_pdf(slug: str) -> Response:
    """The latest report of the empty urn."""
    with current_store().reading() as connection:
        pdf = print_again(connection, current_election())
    if pdf is None:
        abort(404)
    return as_pdf(pdf, f"nulrapport-{slug}.pdf")


@blueprint.post("/<slug>/poll/open")
@guard(BOARD)
def open_poll(slug: str) -> Response | tuple[str, int]:
    """Open the poll."""
    form = OpenForm()
    if not form.validate_on_submit():
        return _page(form), 422
    match service.open_poll(current_store(), current_staff(), current_election(), form.reason.data):
        case service.Opened():
            flash(_("Afstemningen er åben. Nu må bordene lukke vælgere ind."))
            return redirect(url_for("poll.overview", slug=slug))
        case Obstructed(obstacles):
            return _page(form, refused=obstacles), 409


def _page(used: FlaskForm | None = None, refused: tuple[Obstacle, ...] = ()) -> str:
    """Show the page; `used` is the form that was sent and found wanting, `refused` what refused the step."""
    store, election = current_store(), current_election()
    now = store.clock()
    with store.reading() as connection:
        obstacles = may_open(open_facts(connection, election, now))
        here = present_now(connection, election.id, Ceremony.OPEN, now)
        report = reports.kept(connection, election.id, ZERO_REPORT)
    codes = {one.code for one in obstacles}
    return render_template(
        "poll/opening.html",
        used=used,
        refused=_alone(refused),
        standing=tuple(one for one in _alone(obstacles) if one.code not in CEREMONIAL),
        present=here,
        enough=len(here) >= LEAST_PRESENT,
        report=report,
        report_stale=ObstacleCode.REPORT_STALE in codes,
        ready=codes <= {ObstacleCode.BEFORE_TIME},
        too_early=ObstacleCode.BEFORE_TIME in codes,
        opens_at=election.rules.election.opens_at,
        attend=used if isinstance(used, AttendForm) else AttendForm(formdata=None),
        report_form=used if isinstance(used, ReportForm) else ReportForm(formdata=None),
        open=used if isinstance(used, OpenForm) else OpenForm(formdata=None),
    )


def _alone(obstacles: tuple[Obstacle, ...]) -> tuple[Obstacle, ...]:
    """Before the freeze, and after the opening, that is all there is to say: nothing else was to be looked for."""
    first = tuple(one for one in obstacles if one.code is ObstacleCode.NOT_FROZEN)
    return first or obstacles
