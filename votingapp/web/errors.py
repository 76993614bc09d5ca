"""How a refusal is told: a short page that says what happened and what to do, and nothing about the house's inside."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from flask import Response, current_app, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from votingapp.store.unit_of_work import StoreBusy, StoreFull

if TYPE_CHECKING:
    from flask import Flask


def tell_errors(app: Flask) -> None:
    """Answer every error of an app with a page of the house."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(StoreBusy, _busy)
    app.register_error_handler(ServiceUnavailable, _busy)
    app.register_error_handler(StoreFull, _full)
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(Exception, _defect)


def _page(status: int, title: str, text: str) -> tuple[str, int]:
    return render_template("shared/message.html", title=title, text=text), status


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    return _page(
        400,
        _("Siden var for gammel"),
        _("Intet er gemt. Gå tilbage, og kopiér det, du har skrevet. Genindlæs så siden, og prøv igen."),
    )


def _busy(_error: StoreBusy | ServiceUnavailable) -> tuple[str, int]:
    return _page(503, _("Systemet har travlt"), _("Intet er gemt. Vent et øjeblik, og prøv igen."))


def _full(_error: StoreFull) -> tuple[str, int] | Response:
    title, text = (
        _("Der er ikke plads på serverens disk"),
        _("Intet er gemt. Alt, hvad der var gemt før, er der stadig. Sig det til sekretariatet, og prøv igen senere."),
    )
    try:
        return _page(503, title, text)
    except StoreFull:  # no room even to read who is signed in, which the page shows
        return Response(f"{title}. {text}", 503, mimetype="text/plain")


def _defect(error: Exception) -> tuple[str, int]:
    # The words of an error may name a person (a database quotes the row it could not keep), so they are not written:
    # only what kind of error it is, and through which lines of the program it came.
    lines = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("unhandled %s\n%s", type(error).__name__, lines)
    return _page(
        500, _("Noget gik galt"), _("Intet er gemt. Prøv igen, og sig det til sekretariatet, hvis det sker igen.")
    )


def _refusal(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    match status:
        case 400 | 405 | 415 | 422:
            return _page(status, _("Forespørgslen kunne ikke læses"), _("Intet er gemt. Gå tilbage, og prøv igen."))
        case 403:
            return _page(
                status,
                _("Ingen adgang"),
                _("Din bruger har ikke adgang hertil. Spørg sekretariatet, hvis det er en fejl."),
            )
        case 404:
            return _page(status, _("Siden findes ikke"), _("Kontrollér adressen, eller begynd på forsiden."))
        case 413:
            return _page(status, _("Det sendte fylder for meget"), _("Intet er gemt. Send en mindre fil."))
        case 429:
            return _page(status, _("For mange forsøg"), _("Vent et kvarter, og prøv igen."))
        case _:
            return _page(status, _("Noget gik galt"), _("Intet er gemt. Prøv igen om lidt."))
