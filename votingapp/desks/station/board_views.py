"""The board's pages of the evening: what it watches, the log of incidents, and what it says to all desks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from ballots.poll import PollState
from votingapp.desks.station import service, words
from votingapp.desks.station.door import CONFLICT, UNPROCESSABLE, Page, blueprint
from votingapp.desks.station.forms import OWN_WORDS, READY_MESSAGES, IncidentForm, MessageForm
from votingapp.desks.station.watching import look_over
from votingapp.store import incidents as store_incidents
from votingapp.store import messages as store_messages
from votingapp.store import shifts
from votingapp.store.incidents import BOARD, NoSuchLine
from votingapp.store.settled import RecordStands
from votingapp.store.staff import Role
from votingapp.web.access import current_election, current_roles, current_staff, current_store, guard, roles
from votingapp.web.languages import AUTHENTIC, local_time
from votingapp.web.machine_words import tell, tell_clock
from votingapp.web.sessions import asked_by_the_page
from votingapp.web.watching import health

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

_BOARD = roles(Role.BOARD)

REGIONS = ("tasks", "machine", "desks", "message", "incidents")
"""The parts of the board's page that renew themselves, each a template of its own."""


@blueprint.get("/<slug>/station")
@guard(_BOARD)
def overview(slug: str) -> str:
    """The whole evening on one page; it renews itself where there is a script, and is the same without one."""
    del slug
    return render_template("station/overview.html", regions=REGIONS, **_seen())


@blueprint.get("/<slug>/station/live.json")
@guard(_BOARD)
@asked_by_the_page
def live(slug: str) -> dict[str, Any]:
    """The same parts once more, for the page that renews itself."""
    del slug
    seen = _seen()
    return {
        "at": seen["shown_at"],
        "regions": {name: render_template(f"station/_{name}.html", **seen) for name in REGIONS},
    }


@blueprint.get("/<slug>/station/incidents")
@guard(roles(Role.BOARD, Role.SECRETARIAT))
def incidents(slug: str) -> str:
    """The log of incidents in the order of the evening, and who took over from whom.

    What was counted at a handover tells how many a desk had admitted by then: before the close it is for the board alone.
    """
    del slug
    return _incidents(IncidentForm(formdata=None))


@blueprint.post("/<slug>/station/incidents")
@guard(_BOARD)
def write_incident(slug: str) -> Page | Response:
    """The board writes a line."""
    form = IncidentForm()
    if not form.validate_on_submit():
        return _incidents(form), UNPROCESSABLE
    written = form.line(current_election(), BOARD)
    match service.write_incident(current_store(), current_staff(), current_election(), written):
        case NoSuchLine():
            form.corrects.errors = [_("Der er ingen linje med det nummer.")]
            return _incidents(form), UNPROCESSABLE
        case service.BoardOnly() | RecordStands():
            return _incidents(form), CONFLICT
        case number:
            flash(_("Skrevet i hændelsesloggen som linje %(number)s.", number=number))
    return redirect(url_for("station.incidents", slug=slug))


@blueprint.route("/<slug>/station/messages", methods=["GET", "POST"])
@guard(_BOARD)
def messages(slug: str) -> Page | Response:
    """What has been said to all desks, and what is to be said now."""
    form = MessageForm()
    if not form.validate_on_submit():
        with current_store().reading() as connection:
            sent = store_messages.every(connection, current_election().id)
        page = render_template("station/messages.html", form=form, sent=sent, own_words=OWN_WORDS, **_telling())
        return page, UNPROCESSABLE if form.is_submitted() else 200
    service.send_message(current_store(), current_staff(), current_election(), _chosen(form))
    flash(_("Beskeden er sendt til alle borde."))
    return redirect(url_for("station.messages", slug=slug))


def _chosen(form: MessageForm) -> str:
    """The text to be sent; a ready one is Danish, whatever language its sender reads."""
    if form.ready.data == OWN_WORDS:
        return str(form.text.data)
    with force_locale(AUTHENTIC):
        return str(READY_MESSAGES[form.ready.data])


def _incidents(form: IncidentForm) -> str:
    election = current_election()
    with current_store().reading() as connection:
        return render_template(
            "station/incidents.html",
            form=form,
            lines=store_incidents.lines(connection, election.id),
            handovers=shifts.every(connection, election.id),
            figures=Role.BOARD in current_roles() or election.state is PollState.CLOSED,
            ended=words.tell_ended(service.what_ended(connection, election, BOARD)),
            **_telling(),
        )


def _seen() -> dict[str, Any]:
    evening, machine = look_over(current_store(), current_election()), health()
    return {
        "evening": evening,
        "shown_at": f"{local_time(evening.at):%H.%M.%S}",
        "concerns": tuple(tell(concern) for concern in machine.concerns),
        "health": words.tell_health(machine),
        **_telling(),
    }


def _telling() -> dict[str, Any]:
    now = current_store().clock()
    return {
        "tell_clock": tell_clock,
        "tell_age": lambda at: words.tell_age(at, now),
        "tell_waiting": words.tell_waiting,
    }
