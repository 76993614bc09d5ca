"""Every two seconds a desk's page asks how things stand, and learns what concerns a desk and nothing more."""

from __future__ import annotations

import pytest
from joined import revoke_device
from sqlalchemy import select, update

from votingapp.desks.checkin import doubting, service
from votingapp.store import messages
from votingapp.store.devices import SEEN_EVERY
from votingapp.store.doubts import DoubtKind
from votingapp.store.tables.devices import device
from votingapp.store.tables.elections import election as election_table


@pytest.fixture
def ask(desk, poll):
    return lambda: desk.get(f"/{poll.election.slug}/checkin/state.json?clock=1637683200000")


def move(store, **values):
    def act(work):
        work.connection.execute(update(election_table).values(**values))
        work.keep_unrecorded()

    store.write(act)


def test_an_ordinary_moment_has_little_to_say(ask):
    """The poll is open, its doors too, nobody has said anything, and no figure is told."""
    assert ask().json == {"poll": "open", "doors_shut": False, "message": None, "answered": []}


def test_doors_and_close_are_told(store, ask):
    """After the doors only the line, after the close nobody."""
    move(store, doors_closed_at=store.clock(), queue_at_close=4, number_at_doors=0)
    assert ask().json["doors_shut"] is True
    move(store, closed_at=store.clock())
    assert ask().json["poll"] == "closed"


def test_the_newest_message_is_told(store, poll, desk_official, ask, clock):
    """A message has an id, by which a device remembers that it was read there."""
    for text in ("Første", "Vent med at lukke ind"):
        clock.advance(seconds=1)

        def send(work, text=text):
            sent = messages.send(work, poll.election.id, desk_official.id, text)
            work.record(poll.election.id, "bo", "message_sent", message=sent)

        store.write(send)
    said = ask().json["message"]
    assert (said["text"], said["sender"]) == ("Vent med at lukke ind", desk_official.name)
    assert len(said["id"]) == 36


def test_a_desk_learns_of_its_own_answered_cases(store, poll, desk_official, ask):
    """A case of this desk is told when it is decided; one of another desk is not."""
    ids = []
    for name in ("Bord 1", "Bord 2"):
        at = service.Desk(name, desk_official)
        ids.append(doubting.raise_doubt(store, at, poll.election, doubting.Case(DoubtKind.OTHER, None, "?")).doubt_id)
    assert ask().json["answered"] == []
    for one in ids:
        doubting.refuse(store, desk_official, poll.election, one, "Nej")
    assert ask().json["answered"] == ids[:1]


def test_asking_is_a_sign_of_life(store, ask, clock):
    """The board sees when a desk was last heard of, and how far its clock is off."""

    def seen():
        with store.reading() as connection:
            return connection.execute(select(device.c.seen_at, device.c.clock_off)).one()

    ask()
    before = seen().seen_at
    clock.advance(seconds=SEEN_EVERY.total_seconds())
    ask()
    assert seen().seen_at > before
    assert isinstance(seen().clock_off, int)


def test_a_revoked_device_and_a_stranger_learn_nothing(store, poll, client, ask):
    """A revoked desk is told that it is none; who is not signed in is sent to sign in."""
    revoke_device(store, poll.election, "Bord 1")
    assert ask().status_code == 403


def test_nobody_signed_in_is_sent_to_sign_in(client, poll):
    """The page sees the redirect and says so."""
    assert client.get(f"/{poll.election.slug}/checkin/state.json").status_code == 302
