"""Which ballots were opened to check a tablet: whoever holds an opening sees that the house barred it, and did not count it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import abort

from votingapp.desks.public.door import blueprint
from votingapp.store import challenges, elections
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.files import as_file

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/<slug>/challenges.json")
@guard(PUBLIC)
def challenges_file(slug: str) -> Response:
    """The hashes of the opened ballots (docs/challenge.md), sorted; there is none until the poll is closed."""
    with current_store().reading() as connection:
        election = elections.by_id(connection, current_election().id)
        if election.closed_at is None:
            abort(404)
        found = challenges.listing(connection, election)
    return as_file(
        f"{json.dumps(found, separators=(',', ':'))}\n".encode(), "application/json", f"{slug}-challenges.json"
    )
