"""A desk's page says what its own clock shows, so that the server's clock can be held against the room's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from joined import make_booth
from sqlalchemy import select

from votingapp.booth import create_booth
from votingapp.store import devices
from votingapp.store.tables.devices import device


@pytest.fixture
def tell(at, base, store, poll, clock):
    """Ask how things stand with a clock in the address; how far off the desk is kept to be: `tell("1637683200000")`."""
    bente = at("bente", "Bord 1")
    address = base.replace("/station", "/checkin/state.json")

    def ask(told: str) -> int | None:
        clock.advance(seconds=30)
        assert bente.get(f"{address}?clock={told}").status_code == 200
        with store.reading() as connection:
            (found,) = [one for one in devices.every(connection, poll.election.id) if one.name == "Bord 1"]
        return found.clock_off

    return ask


def milliseconds(at: datetime) -> str:
    return str(int(at.timestamp() * 1000))


def test_the_difference_is_kept_in_seconds(tell, clock):
    """Ahead, behind and the same; the last one only."""
    now = clock.now
    assert tell(milliseconds(now.replace(minute=10))) == 570
    assert tell(milliseconds(now)) == -60


@pytest.mark.parametrize("told", ["", "nu", "-5", "1e9", "12.5", "9" * 14, "٣", "0x10"])
def test_what_is_no_clock_is_not_kept(tell, told):
    """A page that says something else says nothing; the desk counts as seen all the same."""
    assert tell(told) is None


def test_a_clock_that_is_ages_off_is_kept_as_far_off(tell):
    """Whatever thirteen digits say fits in the column."""
    assert tell("9" * 13) == 10**9
    assert tell("0") == -(10**9)


def test_a_booth_is_not_asked_what_time_it_is(settings, store, poll, clock):
    """What a tablet says of its clock would tell it from another one: it is not taken."""
    app = create_booth(settings, store)
    tablet = make_booth(app, store, poll.election)
    clock.advance(minutes=1)
    answer = tablet.get(f"/{poll.election.slug}/alive.json?clock={milliseconds(datetime.now(UTC))}")
    assert answer.status_code == 200
    with store.reading() as connection:
        assert connection.execute(select(device.c.clock_off)).scalars().all() == [None]
