"""After the poll two decide what follows, and so nobody alone brings in those two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import elections
from votingapp.store.staff import Role, appointed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work

DECIDING = frozenset({Role.SECRETARIAT, Role.BOARD})
"""Who confirms, beside another, that an election is annulled, a seat is given, a record is signed or data is deleted."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Nobody was appointed: this takes two. One alone could write down a colleague who is nobody, and confirm with her login."""


def needs_two(connection: Connection, election: Election, wanted: Iterable[Role]) -> bool:
    """Whether it takes two to appoint to these roles: once the poll is over, or it was decided that none is held.

    Where there is nobody else yet who could confirm it, it takes one: somebody has to be the first.
    """
    is_over = election.closed_at is not None or election.is_called_off
    if not is_over or DECIDING.isdisjoint(wanted):
        return False
    here = {one.id for role in DECIDING for one in appointed(connection, election.id, role)}
    return len(here) > 1


def is_alone(work: Work, election: Election, wanted: Iterable[Role], official: Staff, second: Staff | None) -> bool:
    """Whether this takes two by now, and one does it."""
    if second is not None and second.id != official.id:
        return False
    return needs_two(work.connection, elections.by_id(work.connection, election.id), wanted)
