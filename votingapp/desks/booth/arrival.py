"""A tablet arrives in the booth: it joins once with its code, and is led to its election from then on."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import current_app, redirect, render_template, request, url_for

from votingapp.desks.booth import service
from votingapp.desks.booth.door import blueprint
from votingapp.store.devices import Kind
from votingapp.web import joining
from votingapp.web.access import PUBLIC, current_store, guard
from votingapp.web.devices import current_device, remember_device
from votingapp.web.headers import BOOTH_JOIN_POLICY

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as BaseResponse

    from votingapp.store.devices import Device

_LONGEST_CODE = 60


@blueprint.get("/")
@guard(PUBLIC)
def start() -> str | BaseResponse:
    """Lead a joined tablet to its election; tell any other browser that it is no booth, and what to do."""
    here = _booth_here()
    if here is None:
        return render_template("booth/not_joined.html")
    return redirect(url_for("booth.page", slug=service.election_of(current_store(), here).slug))


@blueprint.get("/join")
@guard(PUBLIC)
def join_page() -> Response:
    """Where a tablet gives the code of its invitation."""
    return _join_page(HTTPStatus.OK)


@blueprint.post("/join")
@guard(PUBLIC)
def join() -> BaseResponse:
    """Let the tablet in, to its election, where its name stands on the screen.

    The code comes in a form: an address would be written down.
    """
    code = request.form.get("code", "").strip()
    if not code or len(code) > _LONGEST_CODE:
        return _join_page(HTTPStatus.UNPROCESSABLE_ENTITY)
    match joining.join(current_store(), code, Kind.BOOTH):
        case joining.Joined(device, token):
            election = service.election_of(current_store(), device)
            answer = redirect(url_for("booth.page", slug=election.slug), HTTPStatus.SEE_OTHER)
            remember_device(answer, token)
            return answer
        case joining.NotJoined():
            return _join_page(HTTPStatus.UNPROCESSABLE_ENTITY)
        case joining.TriedTooOften():
            return _join_page(HTTPStatus.TOO_MANY_REQUESTS)


def _booth_here() -> Device | None:
    found = current_device()
    return found if found is not None and found.kind is Kind.BOOTH else None


def _join_page(status: HTTPStatus) -> Response:
    page = render_template("booth/join.html", status=status)
    answer = current_app.response_class(page, status, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = BOOTH_JOIN_POLICY
    return answer
