"""Many hands at once: workers with database connections of their own, as several servers have."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from votingapp.store.engine import make_engine
from votingapp.store.unit_of_work import Store

WORKERS, THREADS = 4, 32


@pytest.fixture
def workers(any_store):
    """Four stores on the test's database, each with an engine of its own."""
    url = any_store.engine.url.render_as_string(hide_password=False)
    stores = [Store(make_engine(url), any_store.clock, any_store.vault) for _ in range(WORKERS)]
    yield stores
    for store in stores:
        store.engine.dispose()


@pytest.fixture
def at_once(workers):
    """Let 32 threads begin together: `at_once(act)` calls `act(store, number)` in each and gives their answers."""

    def run(act):
        start = threading.Barrier(THREADS)

        def one(number: int):
            start.wait()
            return act(workers[number % WORKERS], number)

        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(one, range(THREADS)))

    return run
