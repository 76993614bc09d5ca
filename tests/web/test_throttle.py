"""How often one may knock."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from votingapp.store.tables.staff import throttle as doors
from votingapp.web import throttle


def test_door_shuts_after_the_limit_and_opens_with_time(any_store, clock):
    """The limit shuts the door; when the window is over it opens again."""
    for _ in range(3):
        assert not throttle.is_shut(any_store, "login:anna", 3)
        throttle.count_failure(any_store, "login:anna")
    assert throttle.is_shut(any_store, "login:anna", 3)
    clock.advance(minutes=15)
    assert not throttle.is_shut(any_store, "login:anna", 3)


def test_doors_are_counted_apart(store):
    """Failures at one door do not shut another."""
    for _ in range(5):
        throttle.count_failure(store, "login:anna")
    assert not throttle.is_shut(store, "login:bo", 3)


def test_a_success_forgets_the_failures(store):
    """Who knows the password starts afresh."""
    for _ in range(3):
        throttle.count_failure(store, "login:anna")
    throttle.forget(store, "login:anna")
    assert not throttle.is_shut(store, "login:anna", 3)


def test_addresses_are_not_kept_longer_than_they_are_needed(any_store, clock):
    """A door names a network address, so the next failure anywhere forgets every door whose window is over."""
    throttle.count_failure(any_store, "address:192.0.2.7")
    clock.advance(minutes=15)
    throttle.count_failure(any_store, "address:198.51.100.9")
    with any_store.reading() as connection:
        assert list(connection.scalars(select(doors.c.door))) == ["address:198.51.100.9"]


def test_no_failure_is_lost_among_many_at_once(any_store):
    """Whoever tries from many connections at the same instant gets no try for free."""
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _number: throttle.count_failure(any_store, "login:anna"), range(16)))
    assert throttle.is_shut(any_store, "login:anna", 16)
    assert not throttle.is_shut(any_store, "login:anna", 17)
