"""Each key holder says that her own device finds the set-up that the public page shows, or stops what is going on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from ballots.archive import setup_hash
from ballots.protocol.threshold.agreement import agreement_mark
from votingapp.store import keys, urns
from votingapp.store.elections import urn_of
from votingapp.store.tables.staff import staff
from votingapp.store.tables.trials import setup_confirmation

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.elections import Election


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the holder at a position (1 and up) said: that she agrees with the hash `sha256`, or that she stops (indsigelse).

    Where she stops it is the hash that her device found, "" for none.
    """

    position: int
    name: str
    agrees: bool
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the holders have confirmed the set-up that is frozen now; an older one counts for nothing.

    `missing` are as many as still have to say so, until as many as it takes to open the sum have; `stopped` names whoever stops.
    """

    missing: int
    stopped: tuple[str, ...]


def every(connection: Connection, election_id: str) -> tuple[Confirmation, ...]:
    """What the holders have said, in the order of their positions."""
    columns = setup_confirmation.c
    rows = connection.execute(
        select(setup_confirmation, staff.c.name)
        .join(staff, staff.c.id == columns.staff_id)
        .where(columns.election_id == election_id)
        .order_by(columns.position)
    )
    return tuple(Confirmation(row.position, row.name, row.agrees, row.setup_sha256, row.confirmed_at) for row in rows)


def of_holder(connection: Connection, election_id: str, position: int) -> Confirmation | None:
    """What one holder has said last; None before."""
    return next((one for one in every(connection, election_id) if one.position == position), None)


def stopped_by(connection: Connection, election_id: str) -> tuple[str, ...]:
    """The names of the holders who stop."""
    return tuple(one.name for one in every(connection, election_id) if not one.agrees)


def standing(connection: Connection, election: Election) -> Standing:
    """Where the holders stand; before there is a set-up all are missing."""
    ceremony, setup = keys.ceremony_of(connection, election.id), setup_of(connection, election)
    said = every(connection, election.id)
    agree = sum(one.agrees and one.sha256 == setup for one in said)
    needed = 0 if ceremony is None else ceremony.threshold
    return Standing(max(0, needed - agree), tuple(one.name for one in said if not one.agrees))


def setup_of(connection: Connection, election: Election) -> str | None:
    """The hash of what is frozen, as anybody finds it in the archive (hex SHA-256); None before the freeze."""
    urn = urn_of(connection, election.urn_uuid)
    if election.frozen_at is None or urn.election_json is None or urn.trustees_json is None:
        return None
    listed = urns.public_list(urns.credentials(connection, election.urn_uuid))
    return setup_hash(urn.election_json.encode(), urn.trustees_json.encode(), listed)


def agreement_of(connection: Connection, election: Election) -> str | None:
    """The mark of what the holders agree on before they make the key (hex SHA-256); None where no ceremony has begun."""
    ceremony = keys.ceremony_of(connection, election.id)
    if ceremony is None:
        return None
    names = [member.name for member in ceremony.members]
    return agreement_mark(election.urn_uuid, election.rules.sha256, ceremony.threshold, names)


def keep(
    connection: Connection, election_id: str, holder: keys.Member, sha256: str, at: datetime, *, agrees: bool
) -> None:
    """Keep what a holder says, in the place of what she said before."""
    here = (setup_confirmation.c.election_id == election_id) & (setup_confirmation.c.position == holder.position)
    connection.execute(delete(setup_confirmation).where(here))
    row = {"election_id": election_id, "position": holder.position, "staff_id": holder.staff_id}
    said = {"agrees": agrees, "setup_sha256": sha256, "confirmed_at": at}
    connection.execute(insert(setup_confirmation).values(row | said))


def lift(connection: Connection, election_id: str) -> None:
    """Forget that anybody stopped; whoever did confirms again, or not."""
    stops = (setup_confirmation.c.election_id == election_id) & setup_confirmation.c.agrees.is_(False)
    connection.execute(delete(setup_confirmation).where(stops))


def forget(connection: Connection, election_id: str) -> None:
    """Forget all that was said, because the ceremony is given up."""
    connection.execute(delete(setup_confirmation).where(setup_confirmation.c.election_id == election_id))
