"""Who asks at the door holds one connection, and none while she waits to write: many at once must not wait for one another."""

from __future__ import annotations

import pytest
from identity import sign_in_applicant
from sqlalchemy import event

from votingapp.store.staff import Role


@pytest.fixture
def most_at_once(store):
    """How many connections of the store were in use at the same time: `most_at_once()`, one visitor asking."""
    seen = [0]

    def count(*_checked_out: object) -> None:
        seen[0] = max(seen[0], store.engine.pool.checkedout())

    event.listen(store.engine.pool, "checkout", count)
    return lambda: seen[0]


@pytest.mark.parametrize("minutes", [1, 6])
def test_an_official_at_a_door_holds_one_connection(
    store, client, found_election, add_staff, sign_in, clock, most_at_once, minutes
):
    """Also when her session is due for its sign of life, which is a write."""
    election = found_election(store)
    add_staff(store, election, "anne", Role.BOARD)
    sign_in(client, "anne")
    clock.advance(minutes=minutes)
    assert client.get(f"/{election.slug}/poll").status_code == 200
    assert most_at_once() == 1


@pytest.mark.parametrize("minutes", [1, 6])
def test_an_applicant_at_a_door_holds_one_connection(store, client, found_election, clock, most_at_once, minutes):
    """She too; in the last hour before the deadline there are many of her."""
    election = found_election(store)
    clock.move_to(election.rules.nomination.opens)
    sign_in_applicant(client, store, election)
    clock.advance(minutes=minutes)
    assert client.get(f"/{election.slug}/stand/form").status_code == 200
    assert most_at_once() == 1
