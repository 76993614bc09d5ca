"""A slip is looked at before the voter chooses, so that nobody chooses in vain."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from votingapp.store.tables.urn import ballot, urn


@pytest.fixture
def look(tablet, poll):
    """Ask about a slip by its public half: `look(credential)`."""

    def ask(credential: object):
        return tablet.post(f"/{poll.election.slug}/slip", json={"credential": credential})

    return ask


def change_urn(store, **values):
    def change(work):
        work.connection.execute(update(urn).values(**values))
        work.keep_unrecorded()

    store.write(change)


def test_a_fresh_slip_is_ready(poll, look):
    """A printed, unspent slip of an open poll may go on."""
    answer = look(poll.public(poll.slips[0]))
    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_looking_keeps_nothing(store, poll, look):
    """Looking at a slip any number of times spends nothing."""
    for _ in range(3):
        assert look(poll.public(poll.slips[0])).json == {"status": "ready"}
    with store.reading() as connection:
        assert not connection.execute(select(ballot)).all()


def test_a_spent_slip_is_told(poll, look, cast):
    """After its ballot a slip is spent, and only that slip."""
    cast(poll.seal(poll.slips[0]))
    assert look(poll.public(poll.slips[0])).json == {"status": "spent"}
    assert look(poll.public(poll.slips[1])).json == {"status": "ready"}


def test_an_unprinted_slip_is_unknown(poll, look):
    """A well-formed credential of nobody is unknown."""
    assert look("0" * 64).json == {"status": "unknown"}


@pytest.mark.parametrize("state", ["not_open", "closed"])
def test_outside_the_poll_the_state_is_told(store, poll, look, state):
    """Before and after the poll a slip is answered with the poll's state."""
    change_urn(store, state=state)
    assert look(poll.public(poll.slips[0])).json == {"status": state}


def test_a_slip_of_another_election_is_unknown_here(store, poll, look, found_election):
    """Elections are sealed off from one another: the other election's slip does not open this booth."""
    from polling import prepare_poll  # noqa: PLC0415 - only this test needs a second poll

    other = prepare_poll(store, found_election(store, slug="anden"), issued=3)
    assert look(other.public(other.slips[0])).json == {"status": "unknown"}


@pytest.mark.parametrize("credential", ["", "0" * 63, "A" * 64, "0" * 64 + "\n", 7, None, ["0" * 64]])
def test_what_is_no_credential_is_refused(poll, look, credential):
    """Anything but 64 lower-case hex digits is a broken request, not a slip."""
    answer = look(credential)
    assert (answer.status_code, answer.json) == (400, {"status": "error"})
