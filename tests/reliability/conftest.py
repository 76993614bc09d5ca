"""Many hands at once: workers with database connections of their own, as several servers have."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from joined import join_device
from polling import keep_register, person, prepare_poll
from station_pages import Evening

from votingapp.store.devices import Kind
from votingapp.store.engine import make_engine
from votingapp.store.staff import Role
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


@pytest.fixture
def evening(settings, store, found_election, add_staff) -> Evening:
    """An open poll with two voters, an official, a desk and two booths, ready to be served."""
    election = found_election(store)
    keep_register(store, election, person("Signe Sørensen", "0101801234"), person("Łukasz Ærø", "0101801250"))
    poll = prepare_poll(store, election, slips=20, issued=2)
    login = add_staff(store, election, "bente", Role.DESK).login
    desk = join_device(store, election, Kind.DESK)
    booths = [join_device(store, election, Kind.BOOTH, f"Stemmeboks {number}") for number in (1, 2)]
    store.engine.dispose()
    return Evening(settings.home, poll, login, desk, *booths)
