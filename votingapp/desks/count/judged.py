"""Every ballot is judged once, when the sum is taken, and the log says of which urn that was: nobody need do it again.

The entry names the hash of the urn, which is over every ballot's own, and that of the sum. The ballots of the archive that
is verified with the result are held against it; one byte changed in one of them, and all are judged anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from ballots.protocol.hashing import digest_hex
from tally.verification import Judged
from votingapp.store import audit

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.encrypted_tally import EncryptedTally
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work

_ACT: Final = "tally_computed"


def record(work: Work, official: Staff, election_id: str, found: Judged) -> None:
    """Enter in the log what was judged and what it adds up to."""
    work.record(
        election_id,
        official.login,
        _ACT,
        ballots=found.tally.ballots,
        encrypted_tally=digest_hex(found.tally.to_bytes()),
        fingerprint=found.fingerprint,
        urn_sha256=found.urn_sha256,
    )


def recorded(connection: Connection, election_id: str, tally: EncryptedTally) -> Judged | None:
    """What was judged when this sum was taken; None where the log does not say so, or its chain does not hold."""
    entry = audit.last(connection, election_id, _ACT)
    if entry is None or audit.first_broken_link(connection, election_id) is not None:
        return None
    said = json.loads(entry.details)
    if said.get("encrypted_tally") != digest_hex(tally.to_bytes()) or "urn_sha256" not in said:
        return None
    return Judged(said["fingerprint"], said["urn_sha256"], tally)
