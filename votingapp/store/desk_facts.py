"""What a desk must know of the poll at the moment a voter stands there, asked in one breath."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from ballots.admission import DeskFacts
from ballots.slips import Movement
from votingapp.store import doors
from votingapp.store.elections import Doors
from votingapp.store.ledger import Paper
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.ledger import movement
from votingapp.store.tables.urn import urn

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election

_OUT_OF_THE_BOXES = (Movement.EXCHANGED, Movement.RETURNED, Movement.VOID)
"""Slips that no voter who is admitted can draw any more, beside those that the urn counts as issued."""

_GONE = (
    select(func.coalesce(func.sum(movement.c.number), 0))
    .where(
        movement.c.election_id == bindparam("election_id"),
        movement.c.paper == Paper.SLIP.value,
        movement.c.kind.in_([kind.value for kind in _OUT_OF_THE_BOXES]),
    )
    .scalar_subquery()
)
# Once for every voter: the rules, which an open poll cannot change, are not read again.
_NOW = (
    select(
        election_table.c.frozen_at,
        election_table.c.opened_at,
        election_table.c.closed_at,
        election_table.c.doors_closed_at,
        election_table.c.queue_at_close,
        election_table.c.number_at_doors,
        (urn.c.slips_printed - urn.c.slips_issued - _GONE).label("slips_left"),
    )
    .join(urn, urn.c.uuid == election_table.c.urn_uuid)
    .where(election_table.c.id == bindparam("election_id"))
)


def read(connection: Connection, election: Election) -> DeskFacts:
    """The state of the poll, its doors and its slips as they are in this transaction, whatever the page was drawn with."""
    row = connection.execute(_NOW, {"election_id": election.id}).one()
    shut = row.doors_closed_at
    now = replace(
        election,
        frozen_at=row.frozen_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        doors=None if shut is None else Doors(shut, row.queue_at_close, row.number_at_doors),
    )
    return DeskFacts(now.state, row.slips_left, doors.places_left(connection, now))
