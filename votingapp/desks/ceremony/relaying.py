"""Members' devices speak with the house in exact lines of JSON: each is read as it came, and answered with a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, jsonify, request

from votingapp.desks.ceremony import service
from votingapp.web.access import current_election, current_staff, current_store

if TYPE_CHECKING:
    from flask import Response

    from votingapp.desks.ceremony.service import Submitted

LARGEST_MESSAGE = 256 * 1024
"""Bytes: the longest line is a dealing, some 2,000 for each member of the board."""


def submission() -> tuple[Any, Any, Any, bytes]:
    """Give what each step's service takes; the body is the exact line of JSON."""
    if request.mimetype != "application/json":
        abort(415)
    raw = request.get_data(cache=False)
    if len(raw) > LARGEST_MESSAGE:
        abort(413)
    return current_store(), current_staff(), current_election(), raw


_CONFLICTS = {
    service.AlreadySent: "already_sent",
    service.NotYet: "not_yet",
    service.TooLate: "too_late",
    service.Halted: "halted",
}


def answer(outcome: Submitted) -> tuple[Response, int]:
    """Tell a device what became of its message; a conflict is no fault, for the next look at the state tells where all stand."""
    match outcome:
        case service.Taken(complete):
            return jsonify(status="taken", complete=complete), 201
        case service.Refused(name, reason, message):
            return jsonify(status="refused", name=name, reason=reason, message=message), 422
        case service.AlreadySent() | service.NotYet() | service.TooLate() | service.Halted():
            return jsonify(status=_CONFLICTS[type(outcome)]), 409
        case service.NotMember():
            return jsonify(status="not_a_member"), 403
