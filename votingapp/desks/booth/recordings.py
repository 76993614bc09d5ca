"""The recordings that a tablet plays: it fetches every pack there is, whoever listens, and refuses one with another hash."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, abort, current_app, request

from votingapp.desks.booth.door import blueprint
from votingapp.recordings import shelf
from votingapp.store import elections
from votingapp.store import recordings as kept
from votingapp.web.access import BOOTH_DEVICE, current_election, current_store, guard

if TYPE_CHECKING:
    from pathlib import Path

    from votingapp.settings import Settings

_CACHING = "private, max-age=86400, immutable"
"""A day: what has this hash never changes."""


def listed() -> list[dict[str, str | int]]:
    """The packs of this election as `election.json` names them; those whose files are lost are not named."""
    return [
        {"language": one.language, "sha256": one.sha256, "size": one.size} for one, path in _packs() if path is not None
    ]


@blueprint.get("/<slug>/recordings/<sha256>.pack")
@guard(BOOTH_DEVICE)
def recordings(slug: str, sha256: str) -> Response:
    """One pack, by the hash under which the log names it."""
    del slug
    found = next((path for one, path in _packs() if one.sha256 == sha256), None)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    answer = Response(found.read_bytes(), mimetype="application/octet-stream")
    answer.headers["Cache-Control"] = _CACHING
    answer.set_etag(sha256)
    answer.make_conditional(request)
    return answer


def _packs() -> list[tuple[kept.Pack, Path | None]]:
    """What the log names, and where it lies."""
    election, settings = current_election(), _settings()
    with current_store().reading() as connection:
        made = kept.made(connection, election.id)
        text = elections.urn_of(connection, election.urn_uuid).election_json
    if made is None or text is None:
        return []
    folder = shelf.folder_of(settings.home, text.encode())
    return [(one, shelf.find(folder, one.sha256)) for one in made.packs]


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
