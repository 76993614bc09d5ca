"""A roll of six, two of whom may not vote; admissions made and taken back in a moment; and a stick."""

from __future__ import annotations

import uuid

import pytest
from polling import keep_register, prepare_poll
from roll_papers import EVERYBODY, now_of
from sqlalchemy import delete, insert, select, update

from votingapp.store import admissions, register
from votingapp.store.tables.admissions import admission, admission_undone
from votingapp.store.tables.elections import election as election_table


@pytest.fixture
def keep_roll(found_election):
    """Found an election and take its extract over: `keep_roll(store, *people)`."""

    def keep(store, *people, **kwargs):
        election = found_election(store, **kwargs)
        keep_register(store, election, *(people or EVERYBODY))
        return election

    return keep


@pytest.fixture
def open_poll():
    """Open the poll of an election: `open_poll(store, election)`; or bring it to another state."""

    def bring(store, election, state="open"):
        prepare_poll(store, election, state=state)
        return now_of(store, election)

    return bring


@pytest.fixture
def admit(add_staff):
    """Admit persons: `admit(store, election, *people)`; each gets the next number."""
    officials = {}

    def act(store, election, *people):
        if id(store) not in officials:
            officials[id(store)] = add_staff(store, election, "bord")

        def write(work):
            for one in people:
                found = register.find_by_cpr(work.connection, work.vault, election.id, one.cpr)
                admissions.add(
                    work, election.id, found.id, desk="Bord 1", official_id=officials[id(store)].id, declaration=None
                )
            work.record(election.id, "test", "admitted")

        store.write(write)

    return act


@pytest.fixture
def stick(tmp_path):
    """The folder that stands for a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def undo(add_staff):
    """Take an admission back: `undo(store, election, who)`."""

    def act(store, election, who):
        first, second = add_staff(store, election, "en"), add_staff(store, election, "to")

        def write(work):
            found = register.find_by_cpr(work.connection, work.vault, election.id, who.cpr)
            here = (admission.c.election_id == election.id) & (admission.c.person_id == found.id)
            row = work.connection.execute(select(admission).where(here)).one()
            work.connection.execute(
                insert(admission_undone).values(
                    id=str(uuid.uuid4()),
                    election_id=election.id,
                    person_id=found.id,
                    number=row.number,
                    channel=row.channel,
                    desk=row.desk,
                    admitted_at=row.admitted_at,
                    admitted_by=row.admitted_by,
                    undone_at=work.now,
                    undone_by=first.id,
                    second_id=second.id,
                    reason="Forkert person.",
                    slip="returned",
                )
            )
            work.connection.execute(delete(admission).where(here))
            work.record(election.id, "test", "admission_undone")

        store.write(write)

    return act


@pytest.fixture
def close_poll():
    """Close a poll: `close_poll(store, election)`."""

    def act(store, election):
        def write(work):
            here = election_table.c.id == election.id
            work.connection.execute(update(election_table).where(here).values(closed_at=work.now))
            work.record(election.id, "test", "poll_closed")

        store.write(write)
        return now_of(store, election)

    return act
