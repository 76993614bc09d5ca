"""Many writers at once."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import insert, select, update

from votingapp.store import audit
from votingapp.store.tables.staff import throttle


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
