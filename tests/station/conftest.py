"""An evening: an open poll with its register, a board, two desks and a booth that have joined, and slips in the boxes."""

from __future__ import annotations

import uuid
from dataclasses import asdict

import pytest
from joined import join_device, use_device
from polling import Poll, keep_register, person, prepare_poll
from sqlalchemy import insert, select, update

from ballots.slips import Movement
from votingapp.store import admissions, ledger, staff
from votingapp.store.admissions import Channel
from votingapp.store.devices import Kind
from votingapp.store.ledger import Entry, Paper
from votingapp.store.staff import Role, Staff
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.register import register_person
from votingapp.store.tables.staff import staff as staff_table

PASSWORD = "en lang og god sætning"
VOTERS = tuple(f"{day:02d}01801234" for day in range(1, 29))


@pytest.fixture
def open_poll(found_election):
    """Bring an election of a store to its open poll, with 28 residents: `open_poll(store)`."""

    def prepare(store) -> Poll:
        election = found_election(store)
        keep_register(store, election, *(person(f"Vælger {place}", cpr) for place, cpr in enumerate(VOTERS)))
        return prepare_poll(store, election, slips=60)

    return prepare


@pytest.fixture
def poll(store, open_poll, clock) -> Poll:
    found = open_poll(store)
    clock.move_to(found.election.opened_at)
    return found


@pytest.fixture
def base(poll) -> str:
    """Where the pages of the evening lie."""
    return f"/{poll.election.slug}/station"


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Made once: a password is hashed slowly on purpose."""
    return staff.hash_password(PASSWORD)


@pytest.fixture
def people(store, poll, password_hash):
    """Anne of the board, Sofie of the secretariat, Bente and Svend at the desks."""

    def add(login: str, name: str, role: Role) -> Staff:
        official = Staff(str(uuid.uuid4()), login, name, must_change_password=False, may_found=False)
        row = asdict(official) | {"password_hash": password_hash, "added_at": store.clock()}

        def act(work) -> None:
            work.connection.execute(insert(staff_table).values(row))
            staff.appoint(work, "test", poll.election.id, official.id, role)

        store.write(act)
        return official

    return {
        "anne": add("anne", "Anne Åkjær", Role.BOARD),
        "sofie": add("sofie", "Sofie Sø", Role.SECRETARIAT),
        "bente": add("bente", "Bente Østergård", Role.DESK),
        "svend": add("svend", "Svend Ærø", Role.DESK),
    }


@pytest.fixture
def tokens(store, poll, people):
    """The devices of the room, by name."""
    named = (("Bord 1", Kind.DESK), ("Bord 2", Kind.DESK), ("Stemmeboks 1", Kind.BOOTH))
    return {name: join_device(store, poll.election, kind, name) for name, kind in named}


@pytest.fixture
def at(office, people, tokens, sign_in):
    """A signed-in browser: `at("bente", "Bord 1")`, or `at("anne")` at no desk."""

    def sit(login: str, device: str | None = None):
        client = office.test_client()
        if device is not None:
            use_device(client, Kind.DESK, tokens[device])
        return sign_in(client, login)

    return sit


@pytest.fixture
def supply(people):
    """Give a desk slips: `supply(store, election, "Bord 1", 20)`."""

    def give(store, election, desk: str, number: int, paper: Paper = Paper.SLIP) -> None:
        def act(work):
            ledger.write(work, election.id, paper, Entry(Movement.TO_DESK, desk, number, people["anne"].id))
            work.record(election.id, "anne", "slips_moved")

        store.write(act)

    return give


@pytest.fixture
def admit():
    """Admit voters at a desk past the pages: `admit(store, election, official, "Bord 1", voters)`."""

    def let_in(store, election, official, desk: str, voters, channel: Channel = Channel.SLIP) -> None:
        def act(work):
            for found in voters:
                admissions.add(
                    work,
                    election.id,
                    found,
                    desk=desk,
                    official_id=official.id,
                    declaration=None,
                    channel=channel,
                )
                if channel is Channel.SLIP:
                    admissions.issue_slip(work.connection, election.urn_uuid)
            work.record(election.id, official.login, "admitted")

        store.write(act)

    return let_in


@pytest.fixture
def close(store, poll):
    """Close the poll behind the board's back: `close()`."""

    def shut() -> None:
        def act(work):
            here = election_table.c.id == poll.election.id
            work.connection.execute(update(election_table).where(here).values(closed_at=work.now))
            work.keep_unrecorded()

        store.write(act)

    return shut


@pytest.fixture
def voters():
    """The row ids of the residents: `voters(store)`."""

    def find(store) -> list[str]:
        with store.reading() as connection:
            return list(connection.execute(select(register_person.c.id).order_by(register_person.c.name)).scalars())

    return find
