"""The office: everything but the booth. Candidates, desks, secretariat, count and the public pages."""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING

from flask import Request, request, session
from flask_wtf.csrf import CSRFProtect

from votingapp.desks.audit import views as audit
from votingapp.desks.ceremony import views as ceremony
from votingapp.desks.checkin import views as checkin
from votingapp.desks.complaints import views as complaints
from votingapp.desks.council import views as council
from votingapp.desks.count import views as count
from votingapp.desks.deletion import views as deletion
from votingapp.desks.devices import views as devices
from votingapp.desks.entrance import views as entrance
from votingapp.desks.identity import views as identity
from votingapp.desks.members import views as members
from votingapp.desks.nomination import views as nomination
from votingapp.desks.paper import recording_views as paper_record
from votingapp.desks.paper import views as paper
from votingapp.desks.photo import views as photo
from votingapp.desks.poll import views as poll
from votingapp.desks.proposers import views as proposers
from votingapp.desks.public import views as public
from votingapp.desks.record import views as record
from votingapp.desks.roll import views as roll
from votingapp.desks.secretariat import views as secretariat
from votingapp.desks.slips import views as slips
from votingapp.desks.station import views as station
from votingapp.documents.pictures.normalising import LARGEST_FILE
from votingapp.web.access import check_access, current_roles, is_rehearsal, refuse_unguarded
from votingapp.web.app import make_frame
from votingapp.web.applicants import COOKIE_KEY, signed_in_applicant
from votingapp.web.errors import tell_errors
from votingapp.web.gone import tell_what_is_gone
from votingapp.web.headers import OFFICE_POLICY, send_headers
from votingapp.web.languages import speak
from votingapp.web.outgoing import hire_postman
from votingapp.web.sessions import signed_in_staff
from votingapp.web.watching import hire_watchman, machine_concerns

if TYPE_CHECKING:
    from flask import Flask

    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store

_DESKS = (
    entrance,
    public,
    identity,
    nomination,
    proposers,
    photo,
    secretariat,
    roll,
    ceremony,
    devices,
    slips,
    poll,
    station,
    checkin,
    paper,
    paper_record,
    count,
    audit,
    record,
    complaints,
    council,
    members,
    deletion,
)
"""Every desk of the office, in the order of an election."""

LARGEST_BODY = 512 * 1024
"""Bytes: a ceremony's longest line takes half of it; a stranger's form of many megabytes would cost seconds to read."""

LARGEST_EXTRACT = 16 * 1024 * 1024
"""Bytes: a register extract of 100,000 persons fits; only the door where it is handed in takes so much."""

LARGEST_PHOTO = LARGEST_FILE + 64 * 1024
"""Bytes: a photograph and the form around it; one byte more of photograph is refused in words and not by the door."""

_ROOM = {
    "secretariat.register": LARGEST_EXTRACT,
    "roll.print_cards": LARGEST_EXTRACT,
    "photo.photo": LARGEST_PHOTO,
    "secretariat.paper": LARGEST_PHOTO,
    "secretariat.paper_again": LARGEST_PHOTO,
}
"""The doors at which a file is handed in."""


class _KeptInMemory(Request):
    """A request whose files pass through memory alone: an extract's CPR numbers are not to lie in a temporary file."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        del total_content_length, content_type, filename, content_length
        return BytesIO()


def _make_room() -> None:
    if request.endpoint == "photo.photo" and COOKIE_KEY not in session:
        return  # the megabytes of a stranger, who is only asked who she is, are not read
    room = _ROOM.get(request.endpoint or "")
    if room is not None:
        request.max_content_length = room


def create_office(settings: Settings, store: Store | None = None) -> Flask:
    """Build the office app; raises UnguardedRouteError if any of its routes forgot to say who may open it."""
    app = make_frame("office", settings, secret=settings.keys.office_session, largest_body=LARGEST_BODY, store=store)
    app.request_class = _KeptInMemory
    hire_postman(app, settings, app.extensions["store"])
    hire_watchman(app, settings, app.extensions["store"])
    speak(app)
    app.before_request(_make_room)  # before the forms' tokens are looked for, which reads the body
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a form is good as long as the session that it belongs to
    CSRFProtect(app)
    send_headers(app, OFFICE_POLICY, "camera=(), microphone=(), geolocation=()", https=settings.strict_transport)
    tell_errors(app)
    app.before_request(check_access)
    app.before_request(tell_what_is_gone)
    app.context_processor(
        lambda: {
            "signed_in": signed_in_staff(),
            "held_roles": current_roles(),
            "applicant": signed_in_applicant(),
            "is_rehearsal": is_rehearsal(),
            "machine_concerns": machine_concerns,
        }
    )
    for desk in _DESKS:
        app.register_blueprint(desk.blueprint)
    refuse_unguarded(app)
    return app
