"""The pages of a desk beside its check-in: how long the line is, what happened here, and who sits here from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from votingapp.desks.station import service, shifting, words
from votingapp.desks.station.door import CONFLICT, UNPROCESSABLE, Page, blueprint
from votingapp.desks.station.forms import IncidentForm, QueueForm, ShiftForm
from votingapp.desks.station.shifting import AlreadyDone, Counted, HandedOver
from votingapp.store import incidents, messages, queues, shifts
from votingapp.store.devices import Kind
from votingapp.store.incidents import NoSuchLine
from votingapp.store.settled import RecordStands, ResultKnown
from votingapp.store.staff import Role, Staff
from votingapp.web.access import at_desk, current_election, current_staff, current_store, guard
from votingapp.web.cosign import complain, second_official
from votingapp.web.devices import device_here
from votingapp.web.machine_words import tell_clock
from votingapp.web.sessions import end_session, start_session

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

_AT_THE_DESK = at_desk(Role.DESK, Role.BOARD)
_MAY_SIT_HERE = (Role.DESK, Role.BOARD)


@blueprint.get("/<slug>/station/desk")
@guard(_AT_THE_DESK)
def desk(slug: str) -> str:
    """What a desk tells the board beside its check-in."""
    del slug
    return _desk_page(IncidentForm(formdata=None))


@blueprint.post("/<slug>/station/desk/queue")
@guard(_AT_THE_DESK)
def queue(slug: str) -> Response | dict[str, object]:
    """One press says how many wait; the check-in's script stays on its page, without one the desk's own page follows."""
    form = QueueForm()
    if not form.validate_on_submit():
        abort(UNPROCESSABLE)
    waiting = int(form.waiting.data)
    service.report_queue(current_store(), current_election(), _desk_name(), waiting)
    if request.accept_mimetypes.best == "application/json":
        told = _("Meldt kl. %(time)s: %(waiting)s venter.", time=_clock_now(), waiting=words.tell_waiting(waiting))
        return {"waiting": waiting, "told": told}
    flash(_("Køen er meldt til valgbestyrelsen."))
    return redirect(url_for("station.desk", slug=slug))


@blueprint.post("/<slug>/station/desk/incidents")
@guard(_AT_THE_DESK)
def write_desk_incident(slug: str) -> Page | Response:
    """The desk writes a line for the log of incidents."""
    form = IncidentForm()
    if not form.validate_on_submit():
        return _desk_page(form), UNPROCESSABLE
    written = form.line(current_election(), _desk_name())
    match service.write_incident(current_store(), current_staff(), current_election(), written):
        case NoSuchLine():
            form.corrects.errors = [_("Der er ingen linje med det nummer.")]
            return _desk_page(form), UNPROCESSABLE
        case service.BoardOnly() | RecordStands():
            return _desk_page(form), CONFLICT
        case number:
            flash(_("Skrevet i hændelsesloggen som linje %(number)s.", number=number))
    return redirect(url_for("station.desk", slug=slug))


@blueprint.route("/<slug>/station/shift", methods=["GET", "POST"])
@guard(_AT_THE_DESK)
def shift(slug: str) -> Page | Response:
    """The two count, the new one signs in, and the desk is hers."""
    form = ShiftForm()
    has_ballots = shifting.has_paper_ballots(current_store(), current_election(), _desk_name())
    if not form.validate_on_submit():
        return _shift_page(form, has_ballots=has_ballots), UNPROCESSABLE if form.is_submitted() else 200
    if has_ballots and form.ballots.data is None:
        form.ballots.errors = [_("Tæl også papirstemmesedlerne, og skriv tallet.")]
        return _shift_page(form, has_ballots=has_ballots), UNPROCESSABLE
    confirmed = second_official(current_store(), current_staff(), current_election(), form, _MAY_SIT_HERE)
    if not isinstance(confirmed, Staff):
        complain(form, confirmed)
        return _shift_page(form, has_ballots=has_ballots), UNPROCESSABLE
    counted = _counted(form, confirmed, has_ballots=has_ballots)
    match shifting.change_shift(current_store(), current_election(), counted):
        case HandedOver() | AlreadyDone():
            if counted.outgoing is not None:
                end_session()
                start_session(counted.incoming)
        case ResultKnown():
            form.form_errors.append(
                _("Stemmerne er lagt sammen, og regnskabet ligger fast. Bordet skifter ikke hænder mere.")
            )
            return _shift_page(form, has_ballots=has_ballots), CONFLICT
    return redirect(url_for("station.shift_done", slug=slug))


@blueprint.get("/<slug>/station/shift/done")
@guard(_AT_THE_DESK)
def shift_done(slug: str) -> Page | Response:
    """Whether what they counted comes out, in large letters, and the way back to the check-in."""
    with current_store().reading() as connection:
        last = shifts.last_at(connection, current_election().id, _desk_name())
    if last is None:
        return redirect(url_for("station.shift", slug=slug))
    return render_template("station/shift_done.html", desk=last.desk, last=last, tell_clock=tell_clock)


def _counted(form: ShiftForm, confirmed: Staff, *, has_ballots: bool) -> Counted:
    here = current_staff()
    left = bool(form.left.data)
    return Counted(
        form=form.once.data or "",
        desk=_desk_name(),
        outgoing=None if left else here,
        incoming=here if left else confirmed,
        second=confirmed if left else here,
        slips=form.slips.data,
        ballots=form.ballots.data if has_ballots else None,
    )


def _shift_page(form: ShiftForm, *, has_ballots: bool) -> str:
    return render_template("station/shift.html", form=form, desk=_desk_name(), has_ballots=has_ballots)


def _desk_page(form: IncidentForm) -> str:
    store, election, name = current_store(), current_election(), _desk_name()
    now = store.clock()
    with store.reading() as connection:
        return render_template(
            "station/desk.html",
            form=form,
            desk=name,
            queue=queues.at_desk(connection, election.id, name),
            message=messages.latest(connection, election.id),
            lines=incidents.of_desk(connection, election.id, name),
            ended=words.tell_ended(service.what_ended(connection, election, name)),
            tell_clock=tell_clock,
            tell_age=lambda at: words.tell_age(at, now),
            tell_waiting=words.tell_waiting,
        )


def _desk_name() -> str:
    here = device_here(Kind.DESK, current_election().id)
    if here is None:
        raise LookupError("the route is for desks only")
    return here.name


def _clock_now() -> str:
    return tell_clock(current_store().clock())
