"""What a stick holds, as tests look at it."""

from __future__ import annotations

from votingapp.store.backup.mark import read_mark
from votingapp.store.backup.restoring import read_stick


def mark_of(house):
    """The mark now."""
    with house.store.reading() as connection:
        return read_mark(connection)


def files(house) -> list[str]:
    """What lies on the stick, without the key's name."""
    return sorted(path.name.split("-")[2] for path in house.stick.folder.iterdir())


def acts(house) -> int:
    """How many acts the stick has after its newest copy; the chain must be complete."""
    chain = read_stick(house.stick, house.sheet)
    assert chain.complete
    return len(chain.records)
