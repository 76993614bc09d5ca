"""Many writers at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select, update

from votingapp.store import audit, unit_of_work
from votingapp.store.tables.audit import audit_entry
from votingapp.store.tables.staff import throttle
from votingapp.store.unit_of_work import StoreBusy


def test_no_write_is_lost_among_many(any_store):
    """Thirty-two threads adding one to a counter that each has read first give thirty-two, and an unbroken log."""

    def begin(work):
        work.connection.execute(insert(throttle).values(door="a", failures=0, window_started_at=work.now))
        work.keep_unrecorded()

    def add_one(_number):
        def act(work):
            seen = work.connection.scalar(select(throttle.c.failures))
            work.connection.execute(update(throttle).values(failures=seen + 1))
            work.record("e1", "anna", "added")

        any_store.write(act)

    any_store.write(begin)
    with ThreadPoolExecutor(32) as pool:
        list(pool.map(add_one, range(32)))
    with any_store.reading() as connection:
        assert connection.scalar(select(throttle.c.failures)) == 32
        assert audit.first_broken_link(connection, "e1") is None


def test_those_who_wait_to_write_keep_nobody_from_reading(any_store):
    """While one writes and thirty-one wait behind her, with more of them than there are connections, the house is read."""
    is_writing, may_go_on = threading.Event(), threading.Event()

    def write_slowly(work):
        is_writing.set()
        assert may_go_on.wait(60)
        work.record("e1", "anna", "added")

    with ThreadPoolExecutor(32) as pool:
        writers = [pool.submit(any_store.write, write_slowly)]
        assert is_writing.wait(60)
        writers += [pool.submit(any_store.write, lambda work: work.record("e1", "bo", "added")) for _ in range(31)]
        time.sleep(0.2)
        try:
            assert any_store.engine.pool.checkedout() == 1
            with any_store.reading() as connection:
                assert connection.scalar(select(audit_entry.c.serial)) is None
        finally:
            may_go_on.set()
        for writer in writers:
            writer.result()
    with any_store.reading() as connection:
        assert audit.first_broken_link(connection, "e1") is None


def test_who_waits_too_long_for_others_is_told_so(any_store, monkeypatch):
    """A writer who does not come to an end keeps the next one waiting for a while, who then hears that the house is busy."""
    monkeypatch.setattr(unit_of_work, "BUSY_TIMEOUT_SECONDS", 0.01)

    def write_in_writing(work):
        with pytest.raises(StoreBusy):
            any_store.write(lambda _inner: None)
        work.record("e1", "anna", "added")

    any_store.write(write_in_writing)
    any_store.write(lambda work: work.record("e1", "bo", "added"))
