"""The doors a tablet knocks on: the ballot paper, the look at a slip, the slot of the urn, and the check of the tablet."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import abort, current_app, jsonify, request, url_for
from werkzeug.exceptions import BadRequest

from ballots.urn import UrnAnswer
from votingapp.desks.booth import arrival, pictures, printing, recordings, service, shell
from votingapp.desks.booth.door import blueprint
from votingapp.store.devices import Kind
from votingapp.web.access import BOOTH_DEVICE, current_election, current_store, guard
from votingapp.web.devices import device_here, keep_alive
from votingapp.web.pictures import ON_THE_BALLOT, picture

if TYPE_CHECKING:
    from flask import Response

    from votingapp.desks.booth.fairness import Fairness
    from votingapp.store.ballot_paper import Line

__all__ = ["arrival", "blueprint"]

_PUBLIC_CREDENTIAL = re.compile(r"[0-9a-f]{64}")

_NOT_TAKEN = {
    UrnAnswer.UNKNOWN: HTTPStatus.FORBIDDEN,
    UrnAnswer.SPENT: HTTPStatus.CONFLICT,
    UrnAnswer.VOID: HTTPStatus.CONFLICT,
    UrnAnswer.CHALLENGED: HTTPStatus.CONFLICT,
    UrnAnswer.FULL: HTTPStatus.CONFLICT,
    UrnAnswer.EXHAUSTED: HTTPStatus.CONFLICT,
    UrnAnswer.SLIP_EXHAUSTED: HTTPStatus.CONFLICT,
    UrnAnswer.TOO_SOON: HTTPStatus.TOO_MANY_REQUESTS,
    UrnAnswer.NOT_OPEN: HTTPStatus.CONFLICT,
    UrnAnswer.CLOSED: HTTPStatus.CONFLICT,
}

# An urn that holds as many ballots as slips issued may hold more in a minute; the look at a slip does not say so.
_SLIP_STATUS = {
    UrnAnswer.ACCEPT: "ready",
    UrnAnswer.FULL: "ready",
    UrnAnswer.UNKNOWN: "unknown",
    UrnAnswer.SPENT: "spent",
    UrnAnswer.VOID: "void",
    UrnAnswer.NOT_OPEN: "not_open",
    UrnAnswer.CLOSED: "closed",
}


@blueprint.get("/<slug>/")
@guard(BOOTH_DEVICE)
def page(slug: str) -> str:
    """The booth itself; everything on it is drawn on the tablet."""
    return shell.page(slug)


@blueprint.get("/<slug>/election.json")
@guard(BOOTH_DEVICE)
def record(slug: str) -> Response:
    """What the tablet must know of the election."""
    election = current_election()
    paper = service.read_ballot_paper(current_store(), election)
    illustrated = pictures.listed()
    return jsonify(
        status=paper.state.value,
        rehearsal=election.rehearsal,
        name=election.name,
        municipality=election.rules.election.municipality,
        votes_per_voter=paper.most_votes,
        blank=election.rules.ballot.blank,
        election=paper.election_json,
        recordings=recordings.listed(),
        pictures=illustrated,
        **printing.asked(election),
        candidates=[
            {
                "number": line.number,
                "name": line.name,
                "line": line.line or None,
                "photo": _picture_of(slug, line) if illustrated else None,
            }
            for line in paper.lines
        ],
    )


@blueprint.get("/<slug>/alive.json")
@guard(BOOTH_DEVICE)
def alive(slug: str) -> Response:
    """The sign of life that a tablet gives every twenty seconds, whether somebody votes on it or not.

    It says nothing of the voter and comes by the clock alone: what is kept of it, its last instant, tells only that
    the tablet is on. No other door of the booth writes anything about a device.
    """
    del slug
    store, election = current_store(), current_election()
    here = device_here(Kind.BOOTH, election.id)
    if here is not None:
        keep_alive(store, here)
    return jsonify(status=service.read_state(store, election).value)


@blueprint.get("/<slug>/photos/<int:number>.jpg")
@guard(BOOTH_DEVICE)
def photo(slug: str, number: int) -> Response:
    """The photograph beside a name; a tablet keeps it for the day, so that later voters need not fetch it."""
    del slug
    found = service.read_photo(current_store(), current_election(), number)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return picture(found, ON_THE_BALLOT)


@blueprint.post("/<slug>/slip")
@guard(BOOTH_DEVICE)
def slip(slug: str) -> Response:  # noqa: ARG001
    """Look at a slip by its public credential, before the voter chooses; only for who proves that she holds it."""
    answer = service.look_at_slip(current_store(), current_election(), *_asked_slip())
    return jsonify(status=_SLIP_STATUS[answer])


@blueprint.post("/<slug>/ballots")
@guard(BOOTH_DEVICE)
def ballots(slug: str) -> tuple[Response, int]:  # noqa: ARG001
    """Take a sealed ballot: the body is its exact bytes, for its receipt is their hash."""
    match service.cast(current_store(), current_election(), _handed_in()):
        case service.Accepted(receipt, again):
            return jsonify(status="accepted", receipt=receipt), _first_or_again(again=again)
        case service.Refused() | service.Rejected() as no:
            return _not_taken(no)


@blueprint.post("/<slug>/challenges")
@guard(BOOTH_DEVICE)
def challenges(slug: str) -> tuple[Response, int]:  # noqa: ARG001
    """Bar a sealed ballot that its voter wants to see opened: the body is its exact bytes, as if it were cast."""
    fairness: Fairness = current_app.extensions["fairness"]
    election = current_election()
    here = device_here(Kind.BOOTH, election.id)
    if here is None:
        abort(HTTPStatus.FORBIDDEN)
    match service.challenge(current_store(), election, _handed_in(), fairness, here.id):
        case service.Challenged(receipt, again):
            return jsonify(status="challenged", receipt=receipt), _first_or_again(again=again)
        case service.Accepted(receipt):
            return jsonify(status="cast", receipt=receipt), HTTPStatus.CONFLICT
        case service.Refused() | service.Rejected() as no:
            return _not_taken(no)


def _handed_in() -> bytes:
    if request.mimetype != "application/json":
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    return request.get_data()


def _first_or_again(*, again: bool) -> int:
    return HTTPStatus.OK if again else HTTPStatus.CREATED


def _not_taken(no: service.Refused | service.Rejected) -> tuple[Response, int]:
    match no:
        case service.Refused(answer):
            return jsonify(status=answer.value), _NOT_TAKEN[answer]
        case service.Rejected(reason) if reason != "json":
            return jsonify(status="rejected", reason=reason), HTTPStatus.UNPROCESSABLE_ENTITY
    raise BadRequest


def _picture_of(slug: str, line: Line) -> str:
    """Where a candidate's picture is; a figure stands for everybody who has none, so that all have the same room."""
    if line.photo_id is None:
        return url_for("static", filename="silhouette.svg")
    return url_for("booth.photo", slug=slug, number=line.number)


def _asked_slip() -> tuple[str, object]:
    match request.get_json():
        case {"credential": str(credential), "proof": dict(proof), **more} if not more and _PUBLIC_CREDENTIAL.fullmatch(
            credential
        ):
            return credential, proof
    raise BadRequest
