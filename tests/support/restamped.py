"""A house made into one of the other kind, which nothing of the house itself can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from votingapp.store.tables.house import house

if TYPE_CHECKING:
    from sqlalchemy import Engine


def restamp(engine: Engine, *, rehearsal: bool) -> None:
    """Make a house one for rehearsals, or a real one."""
    with engine.begin() as connection:
        connection.execute(update(house).values(kind="rehearsal" if rehearsal else "real"))
