"""The page by which two or more members of the board shut the doors and close the poll (lukning), step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ballots.poll import CEREMONIAL, LEAST_PRESENT, Obstacle, ObstacleCode, Report, Trail, may_seal
from votingapp.desks.poll import doors as shutting
from votingapp.desks.poll import service
from votingapp.desks.poll.door import BOARD, ONLOOKERS, blueprint
from votingapp.desks.poll.forms import AttendForm, CloseForm, DoorsForm, QueueForm, ReportForm
from votingapp.desks.poll.gathering import take_attendance
from votingapp.desks.poll.outcomes import Obstructed
from votingapp.desks.poll.reporting import Made, Moving
from votingapp.desks.poll.urn_report import make_urn_report, print_again
from votingapp.store import doors, paper_counts, paper_records, reports, sealing, urns
from votingapp.store.attendance import Ceremony, present_now
from votingapp.store.reports import URN_REPORT
from votingapp.store.staff import Role, Staff
from votingapp.web.access import current_election, current_staff, current_store, guard
from votingapp.web.cosign import complain, second_official
from votingapp.web.files import as_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask_wtf import FlaskForm
    from sqlalchemy import Connection
    from werkzeug.wrappers import Response

    from votingapp.store.elections import Election


@blueprint.get("/<slug>/poll/closing")
@guard(ONLOOKERS)
def closing(slug: str) -> str:
    """Who is there, the doors and the line, the close, and the report of the sealed urn; no ballot is counted before."""
    del slug
    return _page()


@blueprint.post("/<slug>/poll/closing/attend")
@guard(BOARD)
def attend_closing(slug: str) -> Response | tuple[str, int]:
    """A member of the board says with her own password that she is there."""
    form = AttendForm()
    if not form.validate_on_submit():
        return _page(form), 422
    good, wrong = take_attendance(form, Ceremony.CLOSE)
    if wrong:
        form.form_errors.append(wrong)
        return _page(form), 422
    flash(good)
    return redirect(url_for("poll.closing", slug=slug, _anchor="present"))


@blueprint.post("/<slug>/poll/closing/doors")
@guard(BOARD)
def shut_doors(slug: str) -> Response | tuple[str, int]:
    """Shut the doors: who stands in line now may still vote, and nobody else."""
    form = DoorsForm()
    if not form.validate_on_submit():
        return _page(form), 422
    queue = form.queue.data or 0
    match shutting.shut_doors(current_store(), current_staff(), current_election(), queue, form.reason.data):
        case shutting.DoorsShut(queue):
            flash(
                ngettext(
                    "Dørene er lukket. %(num)s vælger i køen kan stadig lukkes ind.",
                    "Dørene er lukket. %(num)s vælgere i køen kan stadig lukkes ind.",
                    queue,
                )
            )
            return redirect(url_for("poll.closing", slug=slug, _anchor="doors"))
        case Obstructed(obstacles):
            return _page(form, refused=obstacles), 409


@blueprint.post("/<slug>/poll/closing/queue")
@guard(BOARD)
def correct_queue(slug: str) -> Response | tuple[str, int]:
    """Put the number in line right; a second member of the board confirms it."""
    form = QueueForm()
    if not form.validate_on_submit():
        return _page(form), 422
    store, official, election = current_store(), current_staff(), current_election()
    second = second_official(store, official, election, form, {Role.BOARD})
    if not isinstance(second, Staff):
        complain(form, second)
        return _page(form), 422
    queue = form.queue.data or 0
    match shutting.correct_queue(store, (official, second), election, queue, form.reason.data):
        case shutting.QueueCorrected(queue):
            flash(_("Antallet i køen er rettet til %(count)s.", count=queue))
            return redirect(url_for("poll.closing", slug=slug, _anchor="doors"))
        case shutting.FewerThanAdmitted(admitted):
            form.form_errors.append(
                _("Der er allerede lukket %(count)s ind fra køen. Tallet kan ikke være mindre.", count=admitted)
            )
        case shutting.NotShut():
            form.form_errors.append(_("Dørene er ikke lukket endnu, eller afstemningen er slut."))
    return _page(form), 409


@blueprint.post("/<slug>/poll/close")
@guard(BOARD)
def close_poll(slug: str) -> Response | tuple[str, int]:
    """Close the poll for good."""
    form = CloseForm()
    if not form.validate_on_submit():
        return _page(form), 422
    match service.close_poll(current_store(), current_staff(), current_election()):
        case service.Closed(ballots, _sealed, shaken):
            flash(
                ngettext(
                    "Afstemningen er lukket. Der ligger %(num)s stemme i urnen.",
                    "Afstemningen er lukket. Der ligger %(num)s stemmer i urnen.",
                    ballots,
                )
            )
            if not shaken:
                flash(_("Noget læser stadig i databasen. Stemmerne kan først lægges sammen, når det er lukket."))
            return redirect(url_for("poll.closing", slug=slug, _anchor="account"))
        case Obstructed(obstacles):
            return _page(form, refused=obstacles), 409


@blueprint.post("/<slug>/poll/closing/report")
@guard(BOARD)
def urn_report(slug: str) -> Response | tuple[str, int]:
    """Make the report of the sealed urn; it can be fetched as often as it is needed."""
    form = ReportForm()
    if not form.validate_on_submit():
        return _page(form), 422
    match make_urn_report(current_store(), current_staff(), current_election(), form.others.data):
        case Made():
            flash(_("Urnens rapport er lavet. Hent den, print den, læs den op, og skriv under."))
            return redirect(url_for("poll.closing", slug=slug, _anchor="report"))
        case Moving():
            form.form_errors.append(_("Noget ændrede sig, mens rapporten blev lavet. Vent lidt, og prøv igen."))
            return _page(form), 409
        case Obstructed(obstacles):
            return _page(refused=obstacles), 409


@blueprint.get("/<slug>/poll/urn-report.pdf")
@guard(ONLOOKERS)
def urn_report_pdf(slug: str) -> Response:
    """The latest report of the sealed urn."""
    with current_store().reading() as connection:
        pdf = print_again(connection, current_election())
    if pdf is None:
        abort(404)
    return as_pdf(pdf, f"urnens-rapport-{slug}.pdf")


def _page(used: FlaskForm | None = None, refused: tuple[Obstacle, ...] = ()) -> str:
    """Show the page; `used` is the form that was sent and found wanting, `refused` what refused the step."""
    store, election = current_store(), current_election()
    now = store.clock()
    with store.reading() as connection:
        here = present_now(connection, election.id, Ceremony.CLOSE, now)
        admitted = doors.admitted_since(connection, election)
        report = reports.kept(connection, election.id, URN_REPORT)
        standing = sealing.report_standing(connection, election)
        unsettled = may_seal(sealing.seal_facts(connection, election, now)) if election.closed_at else ()
        by_hand = tuple(_left_by_hand(connection, election)) if election.closed_at else ()
        ballots = urns.count(connection, election.urn_uuid) if election.closed_at else None
    finished = ObstacleCode.RESULT_KNOWN in {one.code for one in unsettled}
    return render_template(
        "poll/closing.html",
        used=used,
        refused=refused,
        present=here,
        enough=len(here) >= LEAST_PRESENT,
        admitted=admitted,
        ballots=ballots,
        unsettled=tuple(one for one in unsettled if one.code not in {*CEREMONIAL, ObstacleCode.RESULT_KNOWN}),
        finished=finished,
        by_hand=by_hand,
        report=report,
        report_stale=standing is Report.STALE and not finished,
        too_early=now < election.rules.election.closes_at,
        closes_at=election.rules.election.closes_at,
        attend=used if isinstance(used, AttendForm) else AttendForm(formdata=None),
        doors_form=used if isinstance(used, DoorsForm) else DoorsForm(formdata=None),
        queue_form=used if isinstance(used, QueueForm) else QueueForm(formdata=None),
        report_form=used if isinstance(used, ReportForm) else ReportForm(formdata=None),
        close=used if isinstance(used, CloseForm) else CloseForm(formdata=None),
    )


def _left_by_hand(connection: Connection, election: Election) -> Iterator[Obstacle]:
    """What two must count, or explain, before the urn is added up, beside the account of slips."""
    if paper_counts.is_uncounted(connection, election.id):
        yield Obstacle(ObstacleCode.PAPER_BALLOTS_UNCOUNTED)
    match paper_records.trail(connection, election):
        case Trail.UNCOUNTED:
            yield Obstacle(ObstacleCode.PAPER_RECORD_UNCOUNTED)
        case Trail.UNEXPLAINED:
            yield Obstacle(ObstacleCode.PAPER_RECORD_UNEXPLAINED)
