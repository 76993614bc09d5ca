"""What a tablet holds the pictures against: the hashes that the log has had since the freeze, whatever the rows hold."""

from __future__ import annotations

from votingapp.store.ballot_pictures import frozen_pictures
from votingapp.web.access import current_election, current_store


def listed() -> dict[str, object] | None:
    """The hashes as `election.json` names them, by number from 1; None where nobody has a picture and so none is shown."""
    with current_store().reading() as connection:
        frozen = frozen_pictures(connection, current_election().id)
    return {"figure": frozen.figure, "photos": frozen.photos} if any(frozen.photos) else None
