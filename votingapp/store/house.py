"""Whether a database belongs to the real house or to the one for rehearsals: stamped once, asked whenever it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, inspect, select

from votingapp.settings import SettingsError
from votingapp.store.engine import take_the_pen
from votingapp.store.tables.elections import election
from votingapp.store.tables.house import house

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

REAL, REHEARSAL = "real", "rehearsal"


class WrongHouseError(SettingsError):
    """A database of the real house is opened for a rehearsal (prøvevalg), or the other way round; one line that says so."""


def kind(*, rehearsal: bool) -> str:
    """The word with which a database is stamped."""
    return REHEARSAL if rehearsal else REAL


def is_rehearsal(connection: Connection) -> bool:
    """Whether the house holds rehearsals and nothing else."""
    return connection.scalar(select(house.c.kind)) == REHEARSAL


def is_stamped(connection: Connection) -> bool:
    """Whether it has been settled what the house is for."""
    return connection.scalar(select(house.c.kind)) is not None


def refuse_other(connection: Connection, *, rehearsal: bool) -> None:
    """Refuse to let an election into a house of the other kind, or into one of no kind: WrongHouseError."""
    if connection.scalar(select(house.c.kind)) != kind(rehearsal=rehearsal):
        raise WrongHouseError(_complaint(rehearsal=rehearsal))


def check(engine: Engine, *, rehearsal: bool) -> None:
    """Refuse a database that is stamped for the other house: WrongHouseError.

    One that is not prepared yet has no stamp, and is complained about by whoever needs it prepared.
    """
    with engine.connect() as connection, connection.begin() as transaction:
        stamps = _stamps(connection)
        transaction.rollback()
    if stamps - {kind(rehearsal=rehearsal)}:
        raise WrongHouseError(_complaint(rehearsal=rehearsal))


def stamp(engine: Engine, *, rehearsal: bool) -> None:
    """Settle what a database is for, if nobody has: for good, for no command changes it.

    A database that already holds real elections never becomes one for rehearsals.
    """
    with engine.execution_options(writes=True).connect() as connection, connection.begin():
        take_the_pen(connection)
        stamps = _stamps(connection)
        if stamps - {kind(rehearsal=rehearsal)} or (rehearsal and _holds_real_elections(connection)):
            raise WrongHouseError(_complaint(rehearsal=rehearsal))
        if not stamps:
            connection.execute(insert(house).values(kind=kind(rehearsal=rehearsal)))


def _stamps(connection: Connection) -> set[str]:
    if not inspect(connection).has_table(house.name):
        return set()
    return set(connection.scalars(select(house.c.kind)))


def _holds_real_elections(connection: Connection) -> bool:
    return connection.execute(select(election.c.id).where(election.c.rehearsal.is_(False)).limit(1)).first() is not None


def _complaint(*, rehearsal: bool) -> str:
    if rehearsal:
        return "this database belongs to the real house: no rehearsal is held in it (VOTINGAPP_REHEARSAL, docs/settings.md)"
    return "this database belongs to a rehearsal: open it with --rehearsal or VOTINGAPP_REHEARSAL=1 (docs/settings.md)"
