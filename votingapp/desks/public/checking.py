"""Counted as recorded, on one's own device: a page that checks everything, one that checks a tablet, and both as a file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask import abort

from ballots.protocol.hashing import digest_base64
from votingapp.desks.public.door import blueprint, page
from votingapp.resources import bundle_dir
from votingapp.store.elections import urn_of
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.files import as_file
from votingapp.web.headers import with_camera

if TYPE_CHECKING:
    from flask import Response

_SAVED = "checker.html"


@blueprint.get("/<slug>/verify")
@guard(PUBLIC)
def verify(slug: str) -> str:
    """Check the whole election in the reader's own browser (frontend/checker), with the steps in plain words."""
    del slug
    program = _saved()
    with current_store().reading() as connection:
        frozen = urn_of(connection, current_election().urn_uuid).election_json
    return page(
        "verify",
        saved_sha256=None if program is None else hashlib.sha256(program).hexdigest(),
        fingerprint=None if frozen is None else digest_base64(frozen.encode()),
    )


@blueprint.get("/<slug>/check")
@guard(PUBLIC)
@with_camera
def check(slug: str) -> str:
    """Check a tablet on a device of one's own; what its codes say stands behind the #, which no browser sends."""
    del slug
    return page("check", frozen=current_election().frozen_at is not None)


@blueprint.get("/<slug>/checker.html")
@guard(PUBLIC)
def saved_checker(slug: str) -> Response:
    """Both checks in one file to be saved; never shown from here, for it carries its script in itself."""
    del slug
    program = _saved()
    if program is None:
        abort(404)
    return as_file(program, "application/octet-stream", "valgkontrol.html")


def _saved() -> bytes | None:
    """The file as the build made it; None where nothing was built."""
    path = bundle_dir() / _SAVED
    return path.read_bytes() if path.is_file() else None
