"""How the booth says no: one word to a tablet's program, a short page to a person, and nothing written about either."""

from __future__ import annotations

import traceback
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from votingapp.store.unit_of_work import StoreBusy, StoreFull

if TYPE_CHECKING:
    from flask import Flask, Response

_PAGES: dict[int, tuple[str, str]] = {
    HTTPStatus.NOT_FOUND: ("Siden findes ikke", "Bed personalet om at åbne stemmeboksen igen."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Systemet har travlt", "Vent et øjeblik, og prøv igen."),
}
_DISK_FULL = ("Der er ikke plads på serverens disk", "Intet er gemt. Sig det til personalet.")
_ANY_PAGE = ("Noget gik galt", "Prøv igen, og sig det til personalet, hvis det sker igen.")


def tell_errors(app: Flask) -> None:
    """Answer every error of the booth with `{"status": "error"}` or a page."""
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(StoreBusy, _busy)
    app.register_error_handler(StoreFull, _full)
    app.register_error_handler(Exception, _defect)


def _refusal(error: HTTPException) -> tuple[Response | str, int]:
    return _answer(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)


def _busy(_error: StoreBusy) -> tuple[Response | str, int]:
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE)


def _full(_error: StoreFull) -> tuple[Response | str, int]:
    # To the tablet the ballot is not confirmed, which it can try again: the same as when nobody answers.
    if _is_program():
        return jsonify(status="error", reason="disk_full"), HTTPStatus.SERVICE_UNAVAILABLE
    title, text = _DISK_FULL
    return render_template("booth/message.html", title=title, text=text), HTTPStatus.SERVICE_UNAVAILABLE


def _defect(error: Exception) -> tuple[Response | str, int]:
    # The words of an error may quote a ballot or a slip (a database error quotes its parameters), and so may a traceback's
    # values: only what failed and where in the program is written.
    place = traceback.extract_tb(error.__traceback__)[-1]
    current_app.logger.error("unhandled %s in %s line %s", type(error).__name__, place.name, place.lineno)
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(status: int) -> tuple[Response | str, int]:
    if _is_program():
        return jsonify(status="error"), status
    if status == HTTPStatus.FORBIDDEN:
        return render_template("booth/not_joined.html"), status
    title, text = _PAGES.get(status, _ANY_PAGE)
    return render_template("booth/message.html", title=title, text=text), status


def _is_program() -> bool:
    return request.method == "POST" or request.path.endswith(".json")
