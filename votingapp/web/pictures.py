"""How a picture is sent to a browser, and in which words a file is refused that is no picture for us."""

from __future__ import annotations

import hashlib

from flask import Response, request
from flask_babel import gettext as _

from votingapp.documents.pictures.normalising import PictureRefusal

UNPUBLISHED = "private, no-store"
PUBLISHED = "public, max-age=300"
"""Five minutes: a candidate who withdraws is gone from everybody's screen soon after."""

ON_THE_BALLOT = "private, max-age=86400, immutable"
"""A day: the ballot is fixed, and so is every picture on it."""

_POLICY = "default-src 'none'; sandbox"


def picture(jpeg: bytes, caching: str) -> Response:
    """A JPEG that a browser can do nothing with but show it; one that has it already is told so."""
    answer = Response(jpeg, mimetype="image/jpeg")
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Cache-Control"] = caching
    answer.set_etag(hashlib.sha256(jpeg).hexdigest())
    answer.make_conditional(request)
    return answer


def say(refusal: PictureRefusal) -> str:
    """Why a file is not taken, to the person who handed it in."""
    words: dict[PictureRefusal, str] = {
        PictureRefusal.NOT_A_PICTURE: _("Filen er ikke et billede, som vi kan læse. Brug JPEG, PNG, HEIC eller WebP."),
        PictureRefusal.TOO_MANY_BYTES: _("Billedet fylder for meget. Det må højst fylde 10 MB."),
        PictureRefusal.TOO_MANY_PIXELS: _("Billedet er for stort. Tag det igen i en mindre størrelse."),
        PictureRefusal.TOO_SMALL: _("Billedet er for lille eller for smalt. Vælg et større billede."),
        PictureRefusal.BROKEN: _("Billedet er i stykker og kan ikke læses. Vælg et andet billede."),
    }
    return words[refusal]
