"""An open urn is closed (lukket) for good: by the board when the last voter has left, or because the election was annulled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import update

from ballots.urn import UrnState
from votingapp.store import admissions, ledger, urns
from votingapp.store.elections import urn_of
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.urn import urn as urn_table

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Shut:
    """What lay in the urn as it was closed: so many ballots, of so many slips that were handed out, under this hash."""

    ballots: int
    slips_issued: int
    urn_sha256: str


def shut(work: Work, election: Election, official: Staff) -> Shut:
    """Close the urn and forget who voted on paper (ADR 19).

    Part of a transaction whose entry says why it was closed. Call `backup.keeping.shake` once that is committed, so that no
    order is left (promise 1).
    """
    connection = work.connection
    ballots = urns.count(connection, election.urn_uuid)
    sealed = urns.seal(connection, election.urn_uuid)
    issued = urn_of(connection, election.urn_uuid).slips_issued
    connection.execute(
        update(urn_table).where(urn_table.c.uuid == election.urn_uuid).values(state=UrnState.CLOSED.value)
    )
    connection.execute(
        update(election_table).where(election_table.c.id == election.id).values(closed_at=work.now, urn_sha256=sealed)
    )
    ledger.fold_undoings(work, election.id, official.id)
    admissions.fold_channels(work, election.id)
    return Shut(ballots, issued, sealed)
