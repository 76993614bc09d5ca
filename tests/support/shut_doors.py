"""What is counted at the doors, for the tests of whoever knocks too often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from votingapp.store.tables.staff import throttle

if TYPE_CHECKING:
    from votingapp.store.unit_of_work import Store


def doors(store: Store, kind: str) -> dict[str, int]:
    """The doors whose names begin with `kind`, each with its count."""
    with store.reading() as connection:
        rows = connection.execute(select(throttle).where(throttle.c.door.startswith(kind))).all()
    return {row.door: row.failures for row in rows}
