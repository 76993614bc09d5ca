"""Recorded as cast: a voter finds her receipt among all of them, in her own browser, and nobody learns which is hers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort

from ballots.receipt_words import receipt_words
from votingapp.desks.public.door import blueprint, page
from votingapp.store import elections, receipts
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.files import as_file
from votingapp.web.headers import with_camera

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/<slug>/receipt")
@guard(PUBLIC)
@with_camera
def receipt(slug: str) -> str:
    """The page that the QR code on the tablet leads to; the receipt in its address stands after the #, which no browser sends."""
    del slug
    return page("receipt")


@blueprint.get("/<slug>/receipts.txt")
@guard(PUBLIC)
def receipts_file(slug: str) -> Response:
    """Every receipt with its six words, one to a line; there is none until the poll is closed.

    It is always the whole list: to ask for one receipt would tell the house whose it is.
    """
    with current_store().reading() as connection:
        found = receipts.every(connection, elections.by_id(connection, current_election().id))
    if found is None:
        abort(404)
    lines = "".join(f"{one} {' '.join(receipt_words(one))}\n" for one in found)
    return as_file(lines.encode(), "text/plain; charset=utf-8", f"{slug}-receipts.txt", shown=True)
