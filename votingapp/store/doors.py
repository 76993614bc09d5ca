"""After the doors are shut (dørene lukkes) those who stand in line are still admitted, and nobody beyond them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from votingapp.store.tables.admissions import admission

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election


def admitted_since(connection: Connection, election: Election) -> int:
    """How many of those who stood in line have been admitted; 0 while the doors are open.

    They are told by their numbers, not by the clock. Whoever is keyed in from the printed roll was admitted on paper
    before, and takes nobody's place.
    """
    if election.doors is None:
        return 0
    found = (
        select(func.count())
        .select_from(admission)
        .where(
            admission.c.election_id == election.id,
            admission.c.number > election.doors.last_number,
            admission.c.from_printed_roll.is_(False),
        )
    )
    return connection.execute(found).scalar_one()


def places_left(connection: Connection, election: Election) -> int | None:
    """How many of the line have not been admitted yet, None while the doors are open."""
    return None if election.doors is None else max(0, election.doors.queue - admitted_since(connection, election))
