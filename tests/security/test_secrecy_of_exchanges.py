"""An exchange joins no person and no slip: not by a value, not by the log, and after the close not by an order (promise 1)."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass

import pytest
import traces
from ceremonies import close_together
from polling import Poll, keep_register, person, prepare_poll
from sqlalchemy import select

from ballots.admission import Admitted
from ballots.protocol.ballot import check_ballot
from ballots.protocol.possession import prove_possession
from votingapp.desks.booth.service import Accepted, cast
from votingapp.desks.checkin import service as checkin
from votingapp.desks.poll.service import Closed
from votingapp.desks.slips.exchanging import Act, Desk, Done, take
from votingapp.store import audit
from votingapp.store.staff import Role, appoint
from votingapp.store.tables import metadata
from votingapp.store.tables.ledger import movement
from votingapp.store.tables.register import register_person

VOTERS, EXCHANGES = 36, 30
CHANCE, CERTAINTY = 4, 5
"""Standard errors: an order that thirty exchanges kept shows as five."""
URN_SIDE = {"urn", "public_credential", "ballot"}
LONG = 12
"""Characters: what is shorter than an id is a count, a word or a flag."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What only the test knows: who came, the slips she drew, and the ballot she cast."""

    person_id: str
    first: str
    second: str
    ballot: str


@dataclass(frozen=True, slots=True)
class Evening:
    """A poll and its visits in the order in which slips were exchanged."""

    poll: Poll
    visits: tuple[Visit, ...]


@pytest.fixture
def official(any_store, add_staff):
    return add_staff(any_store, None, "bente")


@pytest.fixture
def evening(any_store, official, found_election) -> Evening:
    """Thirty of 36 voters exchange the slip they drew; everybody votes; one returns hers unused. The poll is still open."""
    election = found_election(any_store)
    people = [person(f"Vælger Nummer {n}", f"{n % 28 + 1:02d}0180{1000 + n}") for n in range(VOTERS + 1)]
    keep_register(any_store, election, *people)
    poll = prepare_poll(any_store, election, slips=2 * VOTERS + 2)
    with any_store.reading() as connection:
        ids = list(connection.execute(select(register_person.c.id)).scalars())
    box = list(poll.slips)
    secrets.SystemRandom().shuffle(box)
    random.Random(4).shuffle(ids)
    leaver, *voters = ids
    visits = tuple(_visit(any_store, official, poll, one, box, number) for number, one in enumerate(voters))
    _admit(any_store, official, poll, leaver, "Bord 1")
    assert _take(any_store, official, poll, Act.RETURN, box.pop(), "Bord 1") == Done()
    return Evening(poll, visits[:EXCHANGES])


def _visit(store, official, poll: Poll, who: str, box: list[str], number: int) -> Visit:
    desk = f"Bord {number % 2 + 1}"
    _admit(store, official, poll, who, desk)
    slip = first = box.pop()
    if number < EXCHANGES:
        assert _take(store, official, poll, Act.EXCHANGE, first, desk) == Done()
        slip = box.pop()
    raw = poll.seal(slip, chosen=number % 3)
    assert isinstance(cast(store, poll.election, raw), Accepted)
    return Visit(who, first, slip, check_ballot(poll.question, raw).hash_hex)


def _admit(store, official, poll: Poll, who: str, desk: str) -> None:
    assert isinstance(checkin.admit(store, official, poll.election, who, desk, declared=True), Admitted)


def _take(store, official, poll: Poll, act: Act, slip: str, desk: str):
    proof = prove_possession(poll.election.urn_uuid, slip, secrets.token_bytes)
    return take(store, Desk(desk, official), poll.election, act, (poll.public(slip), proof.to_json()))


def rows(store) -> list[tuple[str, list[str]]]:
    """Every row of every table as texts, the log and its details included."""
    with store.reading() as connection:
        return [
            (name, [str(value) for value in row])
            for name, table in metadata.tables.items()
            for row in connection.execute(select(table))
        ]


def test_no_row_knows_a_person_and_a_slip(any_store, evening):
    """A dump of all tables and of the log holds no row in which a slip or its ballot stands beside anything of people."""
    slips = {
        form
        for visit in evening.visits
        for slip in (visit.first, visit.second)
        for form in (slip, slip.replace("-", ""), evening.poll.public(slip))
    } | {visit.ballot for visit in evening.visits}
    of_people = {visit.person_id for visit in evening.visits} | {"Bord 1", "Bord 2", "bente"}
    for table, values in rows(any_store):
        text = "\n".join(values)
        if table in URN_SIDE:
            assert not [one for one in of_people if one in text], table
        else:
            assert not [one for one in slips if one in text], table


def test_no_value_leads_from_an_exchange_to_a_slip(any_store, evening):
    """Joining every column of either side with every column of the other finds the urn's name and nothing else."""
    beside: set[str] = set()
    urn_side: set[str] = set()
    for table, values in rows(any_store):
        (urn_side if table in URN_SIDE else beside).update(value for value in values if len(value) >= LONG)
    assert beside & urn_side == {evening.poll.election.urn_uuid}


def test_the_log_says_where_and_no_more(any_store, evening):
    """An entry of an exchange or a return names the desk; a line of the ledger has a number and no note."""
    with any_store.reading() as connection:
        entries = audit.entries(connection, evening.poll.election.id)
        details = {one.details for one in entries if one.act in {"slip_exchanged", "slip_returned"}}
        lines = connection.execute(select(movement.c.number, movement.c.note, movement.c.expected).distinct()).all()
    assert details == {'{"desk":"Bord 1"}', '{"desk":"Bord 2"}'}
    assert [tuple(line) for line in lines] == [(1, "", None)]


def strongest(store, evening: Evening) -> float:
    """How closely any order in which void slips stand follows the order of the exchanges, in standard errors."""
    place = {evening.poll.public(visit.first): number for number, visit in enumerate(evening.visits)}
    orders = [""]
    if store.engine.dialect.name == "postgresql":
        orders += [" ORDER BY ctid", " ORDER BY xmin::text::bigint, ctid"]
    found = []
    with store.reading() as connection:
        for order in orders:
            query = f"SELECT credential FROM public_credential WHERE void{order}"  # noqa: S608 - our own words
            seen = [place[one] for one in connection.exec_driver_sql(query).scalars() if one in place]
            found.append(traces.standard_errors(seen))
    if store.engine.dialect.name == "sqlite":
        for name, data in traces.files(store):
            marks = {"void": {credential: credential.encode() for credential in place}}
            for _where, seen in traces.in_bytes(name, data, marks):
                found.append(traces.standard_errors([place[one] for one in seen]))
    return max(found)


def test_after_the_close_no_order_of_exchanges_is_left(any_store, official, add_staff, evening):
    """Void slips stand in an order that has nothing to do with when they were brought back; PostgreSQL did remember before."""
    if any_store.engine.dialect.name == "postgresql":
        assert strongest(any_store, evening) > CERTAINTY
    election = evening.poll.election
    second = add_staff(any_store, election, "åse", Role.BOARD)
    any_store.write(lambda work: appoint(work, "test", election.id, official.id, Role.BOARD))
    closed = close_together(any_store, election, (official, second))
    assert isinstance(closed, Closed)
    assert strongest(any_store, evening) < CHANCE
    if any_store.engine.dialect.name == "postgresql":
        with any_store.reading() as connection:
            query = "SELECT DISTINCT xmin::text FROM public_credential"
            assert len(connection.exec_driver_sql(query).all()) == 1
