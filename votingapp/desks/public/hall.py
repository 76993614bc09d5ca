"""The observer in the hall (tilhører): a page without login that shows what may be seen while votes are cast, and nothing else.

What may be seen, from when, and what may not and why, is a table of `docs/threat-model.md`; a test holds this page against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import render_template, request

from votingapp.desks.public import service
from votingapp.desks.public.door import blueprint
from votingapp.desks.public.fixed import begun_of, fixed_of
from votingapp.store import challenges, elections, reports, sealing, urns
from votingapp.store.ledger import Paper
from votingapp.store.reports import URN_REPORT
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.languages import local_time
from votingapp.web.sessions import asked_by_the_page

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.desks.public.fixed import Begun, Fixed
    from votingapp.desks.public.service import Phase
    from votingapp.store.elections import Election
    from votingapp.store.sealing import Sums


@dataclass(frozen=True, slots=True)
class Ended:
    """A closed urn, the opened ballots, and the account of the slips once the board has signed it.

    Of paper ballots no figure is shown here: where few voted so, their number leads to them (ADR 19).
    """

    ballots: int
    urn_sha256: str
    challenged: tuple[str, ...]
    account: Sums | None


@dataclass(frozen=True, slots=True)
class Seen:
    """All there is to see in the hall; what has not come yet is None."""

    election: Election
    phase: Phase
    fixed: Fixed | None
    begun: Begun | None
    ended: Ended | None


@blueprint.get("/<slug>/hall")
@guard(PUBLIC)
def hall(slug: str) -> str:
    """The page for a screen in the hall and the phones of who stands there; it renews itself unless asked to keep still."""
    del slug
    return render_template("public/hall.html", still="still" in request.args, **_seen())


@blueprint.get("/<slug>/hall.json")
@guard(PUBLIC)
@asked_by_the_page
def hall_live(slug: str) -> dict[str, Any]:
    """The same once more, for the page that renews itself."""
    del slug
    seen = _seen()
    return {"at": seen["shown_at"], "regions": {"hall": render_template("public/_hall.html", **seen)}}


def _seen() -> dict[str, Any]:
    store, asked = current_store(), current_election()
    phase = service.phase_of(store, asked)
    with store.reading() as connection:
        seen = _look(connection, elections.by_id(connection, asked.id), phase)
    return {"seen": seen, "election": seen.election, "shown_at": f"{local_time(store.clock()):%H.%M}"}


def _look(connection: Connection, election: Election, phase: Phase) -> Seen:
    return Seen(
        election=election,
        phase=phase,
        fixed=fixed_of(connection, election),
        begun=begun_of(connection, election),
        ended=None if election.closed_at is None else _ended(connection, election),
    )


def _ended(connection: Connection, election: Election) -> Ended:
    made = reports.kept(connection, election.id, URN_REPORT)
    sums = () if made is None else sealing.read_sealed(made.body).sums
    return Ended(
        ballots=urns.count(connection, election.urn_uuid),
        urn_sha256=election.urn_sha256 or "",
        challenged=challenges.hashes(connection, election.urn_uuid),
        account=next((one for one in sums if one.paper is Paper.SLIP), None),
    )
