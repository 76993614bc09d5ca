"""The blueprint of the public pages, and what stands around each page of an election."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, render_template, url_for

from votingapp.desks.public import service
from votingapp.desks.public.press import Press
from votingapp.web.access import current_election, current_store

if TYPE_CHECKING:
    from votingapp.desks.public.people import Standing

ARCHIVES_AT_ONCE = 16
"""So many phones may fetch an archive from one process: half of its threads, so that the board counts while the hall verifies."""

blueprint = Blueprint("public", __name__)
blueprint.record_once(
    lambda state: state.app.extensions.update(press=Press(), archive_places=BoundedSemaphore(ARCHIVES_AT_ONCE))
)


def page(name: str, **words: object) -> str:
    """A page of the election in the address; each knows the phase, from which follows what one can still do."""
    found = current_election()
    phase = service.phase_of(current_store(), found)
    return render_template(f"public/{name}.html", election=found, phase=phase, photo_url=photo_url, **words)


def photo_url(candidate: Standing, size: str) -> str | None:
    """Where her photograph is served; None when she has none, or stands no more and has it on the ballot alone."""
    if candidate.photo_id is None or candidate.withdrawn:
        return None
    slug = current_election().slug
    return url_for("photo.published", slug=slug, public_id=candidate.public_id, size=size)


def press() -> Press:
    """The press of this worker, which makes each paper once."""
    found: Press = current_app.extensions["press"]
    return found
