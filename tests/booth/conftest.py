"""A booth on the test's store, before an open poll with three slips, all handed out."""

from __future__ import annotations

import pytest
from joined import make_booth
from polling import Poll, prepare_poll

from votingapp.booth import create_booth


@pytest.fixture
def poll(store, found_election) -> Poll:
    """The open poll of Køge 2021."""
    return prepare_poll(store, found_election(store), slips=3, issued=3)


@pytest.fixture
def booth(settings, store):
    """The booth app."""
    return create_booth(settings, store)


@pytest.fixture
def tablet(booth, store, poll):
    """A tablet that has joined as a booth of the poll."""
    return make_booth(booth, store, poll.election)


@pytest.fixture
def cast(tablet, poll):
    """Send bytes to the urn as a tablet does: `cast(raw)`."""

    def send(raw: bytes, **kwargs):
        return tablet.post(
            f"/{poll.election.slug}/ballots", data=raw, **({"content_type": "application/json"} | kwargs)
        )

    return send
