"""Which picture stands beside which number on the tablets: the hash of each, and where it is seen, for anybody to compare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import abort, url_for

from ballots.protocol.election import parse_election
from ballots.protocol.hashing import digest_base64
from votingapp.desks.public import people
from votingapp.desks.public.door import blueprint, photo_url
from votingapp.store import elections
from votingapp.store.ballot_pictures import frozen_pictures
from votingapp.web.access import PUBLIC, current_election, current_store, guard
from votingapp.web.files import as_file

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/<slug>/pictures.json")
@guard(PUBLIC)
def pictures_file(slug: str) -> Response:
    """The hashes that the freeze put into the log (docs/verification.md), by number; there are none before it.

    The address is null of a picture that is not public: nobody's, or that of somebody who has withdrawn since. Its hash stays.
    """
    election = current_election()
    with current_store().reading() as connection:
        text = elections.urn_of(connection, election.urn_uuid).election_json
        frozen = frozen_pictures(connection, election.id)
    if election.frozen_at is None or text is None:
        abort(404)
    addresses = {one.number: photo_url(one, "ballot") for one in people.standing(current_store(), election)}
    answers = parse_election(text.encode()).answers
    found = {
        "election": election.urn_uuid,
        "fingerprint": digest_base64(text.encode()),
        "pictures": frozen.sha256,
        "figure": {"sha256": frozen.figure, "address": url_for("static", filename="silhouette.svg")},
        "photos": [
            {"number": number, "name": name, "sha256": sha256, "address": addresses.get(number) if sha256 else None}
            for number, (name, sha256) in enumerate(
                zip(answers, frozen.photos or [None] * len(answers), strict=True), 1
            )
        ],
    }
    written = json.dumps(found, ensure_ascii=False, indent=1)
    return as_file(f"{written}\n".encode(), "application/json", f"{slug}-pictures.json")
