"""Two officials decide at once, on both databases: one decision stands, and one notice tells of it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from casework import RESIDENTS, again, file, mend
from standing import DURING, import_extract

from candidates.nomination import NominationState
from votingapp.desks.secretariat.decisions import service
from votingapp.store import audit, notices
from votingapp.store.engine import make_engine
from votingapp.store.staff import Role
from votingapp.store.unit_of_work import Store

OFFICIALS = 6


@pytest.fixture
def house(any_store, found_election, add_staff, clock):
    """An election with an extract, and its secretary."""
    clock.move_to(DURING)
    election = found_election(any_store)
    clerk = add_staff(any_store, election, "clerk", Role.SECRETARIAT)
    import_extract(any_store, clerk, election, *RESIDENTS)
    return election, clerk


@pytest.fixture
def at_once(any_store):
    """Let officials act together, each on a store of her own: `at_once(act)` calls `act(store, number)`."""
    url = any_store.engine.url.render_as_string(hide_password=False)
    stores = [Store(make_engine(url), any_store.clock, any_store.vault) for _ in range(OFFICIALS)]

    def run(act):
        start = threading.Barrier(OFFICIALS)

        def one(number: int):
            start.wait()
            return act(stores[number], number)

        with ThreadPoolExecutor(OFFICIALS) as pool:
            return list(pool.map(one, range(OFFICIALS)))

    yield run
    for store in stores:
        store.engine.dispose()


def test_one_of_many_decisions_stands(any_store, house, at_once):
    """Accepting and refusing at the same instant, one is taken; the others are told that the nomination changed."""
    election, clerk = house
    filed = file(any_store, election)
    seen = service.seen_mark(filed)

    def decide(store, number):
        step = service.accept if number % 2 else service.refuse
        return step(store, clerk, election, filed.id, "Set.", seen=seen)

    outcomes = at_once(decide)
    assert outcomes.count(service.Decided()) == 1
    assert outcomes.count(service.Changed()) == OFFICIALS - 1
    with any_store.reading() as connection:
        assert len(notices.of_nomination(connection, election.id, filed.id)) == 1
        assert audit.first_broken_link(connection, election.id) is None


def test_one_person_is_accepted_once(any_store, house, at_once):
    """Two nominations of one person, accepted by two officials at once: one stands."""
    election, clerk = house
    both = [file(any_store, election, "Åse Ærø"), file(any_store, election, "Åse Nytnavn")]
    outcomes = at_once(lambda store, number: service.accept(store, clerk, election, both[number % 2].id, "Set."))
    assert outcomes.count(service.Decided()) == 1
    states = [again(any_store, election, one).state for one in both]
    assert sorted(states) == sorted([NominationState.ACCEPTED, NominationState.SUBMITTED])


def test_a_change_by_the_candidate_and_a_decision_at_once(any_store, house, at_once):
    """Whichever comes first, nothing is accepted that nobody has looked at."""
    election, clerk = house
    filed = file(any_store, election)
    seen = service.seen_mark(filed)

    def act(store, number):
        if number:
            return service.accept(store, clerk, election, filed.id, "", seen=seen)
        return mend(store, election, filed, statement="Ændret")

    at_once(act)
    kept = again(any_store, election, filed)
    assert (kept.statement, kept.state) == ("Ændret", NominationState.SUBMITTED)
