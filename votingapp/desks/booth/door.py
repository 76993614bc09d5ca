"""The booth's blueprint, and who may hand anything in at it: the booth's own pages."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, request

blueprint = Blueprint("booth", __name__)

_OWN_PAGES = frozenset({None, "same-origin", "none"})
"""What a browser says in Sec-Fetch-Site when one of the booth's own pages asks; an old browser says nothing."""


@blueprint.before_request
def refuse_strangers() -> None:
    """Another site's page may not cast, ask or join in somebody's name, whatever the browser would let it send."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") not in _OWN_PAGES:
        abort(HTTPStatus.FORBIDDEN)
