"""Thirty-two desks admit one voter at the same moment."""

from __future__ import annotations

import json
from collections import Counter

from polling import keep_register, person, prepare_poll
from sqlalchemy import select

from ballots.admission import Admitted, AlreadyAdmitted
from votingapp.desks.checkin import service
from votingapp.store import audit
from votingapp.store.elections import urn_of
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.register import register_person


def test_of_32_desks_exactly_one_admits_a_voter(any_store, found_election, add_staff, at_once):
    """One desk admits; each of the others is told when and where that was; one slip is issued; the log holds."""
    election = found_election(any_store)
    keep_register(any_store, election, person("Signe Sørensen", "0101801234"))
    poll = prepare_poll(any_store, election, slips=40)
    official = add_staff(any_store, None, "bente")
    with any_store.reading() as connection:
        person_id = connection.execute(select(register_person.c.id)).scalar_one()

    answers = at_once(
        lambda store, number: service.admit(
            store, official, poll.election, person_id, f"Bord {number + 1}", declared=True
        )
    )

    (winner,) = [answer for answer in answers if isinstance(answer, Admitted)]
    assert answers.count(AlreadyAdmitted(winner.at, winner.desk)) == 31
    with any_store.reading() as connection:
        (row,) = connection.execute(select(admission)).all()
        assert (row.admitted_at, row.desk) == (winner.at, winner.desk)
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 1
        entries = list(audit.entries(connection, poll.election.id))
        assert audit.first_broken_link(connection, poll.election.id) is None
    assert Counter(one.act for one in entries)["admitted"] == 1
    assert [json.loads(one.details)["desk"] for one in entries if one.act == "admitted"] == [winner.desk]


def test_32_voters_at_once_are_all_admitted_with_a_slip_each(any_store, found_election, add_staff, at_once):
    """Desks that admit different people do not undo one another's work: 32 admissions, 32 slips."""
    election = found_election(any_store)
    keep_register(any_store, election, *(person(f"Vælger {n}", f"01018012{n:02d}") for n in range(32)))
    poll = prepare_poll(any_store, election, slips=32)
    official = add_staff(any_store, None, "bente")
    with any_store.reading() as connection:
        ids = connection.execute(select(register_person.c.id)).scalars().all()

    answers = at_once(
        lambda store, number: service.admit(store, official, poll.election, ids[number], "Bord 1", declared=True)
    )

    assert all(isinstance(answer, Admitted) for answer in answers)
    with any_store.reading() as connection:
        assert len(connection.execute(select(admission)).all()) == 32
        assert urn_of(connection, poll.election.urn_uuid).slips_issued == 32
