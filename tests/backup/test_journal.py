"""What is kept is also on the stick, before anybody is told."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from votingapp.store import audit
from votingapp.store.backup.state import read_mark
from votingapp.store.tables.audit import audit_entry
from votingapp.store.tables.staff import throttle


def _act(store, name: str) -> None:
    def act(work):
        work.connection.execute(insert(throttle).values(door=name, failures=1, window_started_at=work.now))
        work.record(audit.HOUSE, "test", name)

    store.write(act)


def _doors(store) -> set[str]:
    with store.reading() as connection:
        return set(connection.execute(select(throttle.c.door)).scalars())


def test_what_came_after_the_copy_is_there_elsewhere(house, tmp_path):
    """A second laptop knows what was kept before the copy and after it, and the log holds there."""
    _act(house.store, "before")
    house.snapshot()
    _act(house.store, "after æøå")
    house.store.write(
        lambda work: (work.connection.execute(update(throttle).values(failures=7)), work.keep_unrecorded())
    )

    restored, store = house.elsewhere(tmp_path / "second")

    assert _doors(store) == {"before", "after æøå"}
    assert restored.entries == 2
    assert restored.acts == 2
    with store.reading() as connection:
        assert audit.first_broken_link(connection, audit.HOUSE) is None
        assert connection.execute(select(audit_entry.c.act).order_by(audit_entry.c.serial)).scalars().all() == [
            "before", "after æøå", "restored",
        ]  # fmt: skip
        assert not read_mark(connection).following
    store.engine.dispose()
