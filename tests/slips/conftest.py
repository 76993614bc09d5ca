"""An open poll with slips in the box, an official at a desk, a member of the board, and the proof that a slip lies there."""

from __future__ import annotations

import json
import secrets

import pytest
from joined import join_device, make_desk
from polling import Poll, keep_register, person, prepare_poll
from sqlalchemy import select

from ballots.protocol.possession import prove_possession
from votingapp.desks.slips.exchanging import Desk
from votingapp.store import accounts, audit, elections
from votingapp.store.devices import Kind
from votingapp.store.elections import urn_of
from votingapp.store.staff import Role
from votingapp.store.tables.register import register_person

CPR_NUMBERS = ("0101801234", "0101801250", "0505701111", "0707901111")


@pytest.fixture
def open_poll(found_election, clock):
    """Bring an election of a store to its open poll: `open_poll(store, slips=5, issued=0)`; four residents are in its register."""

    def prepare(store, *, slips: int = 5, **kwargs) -> Poll:
        election = found_election(store)
        residents = [person(f"Vælger {number}", cpr) for number, cpr in enumerate(CPR_NUMBERS)]
        keep_register(store, election, *residents)
        found = prepare_poll(store, election, slips=slips, **kwargs)
        clock.move_to(found.election.opened_at or clock.now)
        return found

    return prepare


@pytest.fixture
def shown():
    """What the browser makes of a slip that lies before it: `shown(poll, slip)`, the public half and the proof."""

    def show(poll: Poll, slip: str) -> tuple[str, object]:
        proof = prove_possession(poll.election.urn_uuid, slip, secrets.token_bytes)
        return poll.public(slip), proof.to_json()

    return show


@pytest.fixture
def sent(shown):
    """The same as the form's fields."""

    def fields(poll: Poll, slip: str) -> dict[str, str]:
        credential, proof = shown(poll, slip)
        return {"credential": credential, "proof": json.dumps(proof)}

    return fields


@pytest.fixture
def residents_of():
    """The row ids of the register."""

    def find(store) -> list[str]:
        with store.reading() as connection:
            return list(connection.execute(select(register_person.c.id).order_by(register_person.c.name)).scalars())

    return find


@pytest.fixture
def bente(any_store, add_staff):
    """An official of some desk."""
    return add_staff(any_store, None, "bente")


@pytest.fixture
def chair(any_store, add_staff):
    """A member of the board."""
    return add_staff(any_store, None, "formand")


@pytest.fixture
def desk_1(bente) -> Desk:
    return Desk("Bord 1", bente)


@pytest.fixture
def account():
    """The account as it stands: `account(store, poll)`."""

    def read(store, poll: Poll):
        with store.reading() as connection:
            return accounts.account_of(connection, elections.by_id(connection, poll.election.id))

    return read


@pytest.fixture
def cap():
    """How many ballots the urn may hold: `cap(store, poll)`."""

    def read(store, poll: Poll) -> int:
        with store.reading() as connection:
            return urn_of(connection, poll.election.urn_uuid).slips_issued

    return read


@pytest.fixture
def log():
    """The log of an election: `log(store, poll)`, acts and what stands with them."""

    def read(store, poll: Poll) -> list[tuple[str, dict]]:
        with store.reading() as connection:
            return [(one.act, json.loads(one.details)) for one in audit.entries(connection, poll.election.id)]

    return read


@pytest.fixture
def poll(store, open_poll) -> Poll:
    """An open poll whose five slips are all with voters."""
    return open_poll(store, slips=8, issued=5)


@pytest.fixture
def supervisor(store, poll, add_staff):
    """A member of the board who can sign."""
    return add_staff(store, poll.election, "formand", Role.BOARD)


@pytest.fixture
def at_desk(client, store, poll, add_staff, sign_in, supervisor):
    """A signed-in official's browser at Bord 1."""
    add_staff(store, poll.election, "bente", Role.DESK)
    make_desk(client, store, poll.election)
    return sign_in(client, "bente")


@pytest.fixture
def board_page(client, store, poll, sign_in, supervisor, add_staff):
    """A signed-in member of the board; Bord 1 and its official are there too."""
    add_staff(store, poll.election, "bente", Role.DESK)
    join_device(store, poll.election, Kind.DESK, "Bord 1")
    return sign_in(client, "formand")
