"""After a day of voting neither database, journal, log nor archive tells in which order the ballots were cast (promise 1)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import traces
from ceremonies import close_together
from sqlalchemy import select

from votingapp.desks.poll.service import Closed
from votingapp.store import audit, elections, urns
from votingapp.store.staff import Role, appoint
from votingapp.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHANCE, CERTAINTY = 4, 6
"""Standard errors: chance goes beyond four once in 16,000 comparisons; an order kept by 100 ballots shows as ten."""

URN_SIDE = {"urn", "public_credential", "ballot", "challenged_ballot"}


@pytest.fixture
def official(any_store, add_staff):
    return add_staff(any_store, None, "bente")


@pytest.fixture
def close(any_store, official, add_staff):
    """Two officials, of the board since that moment, close the poll of a day."""
    second = add_staff(any_store, None, "åse")

    def close_it(day) -> None:
        for one in (official, second):
            any_store.write(lambda work, one=one: appoint(work, "test", day.poll.election.id, one.id, Role.BOARD))
        closed = close_together(any_store, day.poll.election, (official, second))
        assert isinstance(closed, Closed)
        assert closed.ballots == len(day.votes)

    return close_it


@pytest.fixture
def day(any_store, official, hold_day):
    """A day's voting by a hundred; the poll is still open."""
    return hold_day(any_store, official, 100)


@pytest.fixture
def short_day(any_store, official, hold_day):
    """A day on which ten voted."""
    return hold_day(any_store, official, 10)


def strongest(day, orders: Iterable[traces.Order]) -> tuple[float, str]:
    """How far any order seen follows that of casting or of admission, in standard errors, and where it was seen."""
    cast = {vote.hash: place for place, vote in enumerate(day.votes)}
    admitted = {vote.hash: vote.admitted for vote in day.votes}
    found = []
    for where, hashes in orders:
        for known, order in (("casting", cast), ("admission", admitted)):
            found.append((traces.standard_errors([order[one] for one in hashes]), f"{known} from {where}"))
    return max(found)


def everything_seen(store, day) -> Iterator[traces.Order]:
    marks = {
        "hash": {vote.hash: vote.hash.encode() for vote in day.votes},
        "credential": {vote.hash: vote.credential.encode() for vote in day.votes},
        "ciphertext": {vote.hash: vote.raw[vote.raw.index(b'"alpha":"') + 9 :][:64] for vote in day.votes},
        # A ballot is longer than a page: its end lies where there was room when it came.
        "signature": {vote.hash: vote.raw[-80:-10] for vote in day.votes},
    }
    yield from traces.in_database(store)
    for name, data in traces.files(store):
        yield from traces.in_bytes(name, data, marks)
    with store.reading() as connection:
        election = elections.by_id(connection, day.poll.election.id)
        archive = io.BytesIO()
        urns.write_archive(connection, election, archive)
    yield from traces.in_bytes("the archive", archive.getvalue(), marks)


def test_after_the_close_no_order_is_left(any_store, close, day):
    """Rows, pages, journals and archive stand in an order that has nothing to do with casting or check-in."""
    close(day)
    seen = list(everything_seen(any_store, day))
    assert any("the archive" in where for where, _hashes in seen)
    assert any(" in election.db" in where or " in ballot" in where for where, _hashes in seen)
    errors, where = strongest(day, seen)
    assert errors < CHANCE, where


def test_the_examination_would_see_an_order(any_store, day):
    """While the poll is open the storage does remember, and the same examination finds it: it is not blind."""
    errors, where = strongest(day, everything_seen(any_store, day))
    assert errors > CERTAINTY, where


def test_after_the_close_no_journal_holds_a_ballot(any_store, close, short_day):
    """Beside the database itself no file of the installation holds anything of any ballot."""
    close(short_day)
    beside = [(name, data) for name, data in traces.files(any_store) if name.startswith("election.db-")]
    for name, data in beside:
        assert not [
            vote for vote in short_day.votes if vote.hash.encode() in data or vote.credential.encode() in data
        ], name
    if any_store.engine.dialect.name == "postgresql":
        with any_store.reading() as connection:
            assert len(connection.exec_driver_sql("SELECT DISTINCT xmin::text FROM ballot").all()) == 1


def test_no_value_is_known_on_both_sides_but_the_urns_name(any_store, close, short_day):
    """No hash, credential, receipt or slip of the urn stands in any other table, the log and its details included."""
    close(short_day)
    with any_store.reading() as connection:
        beside = "\n".join(
            str(value)
            for name, table in metadata.tables.items()
            if name not in URN_SIDE
            for row in connection.execute(select(table))
            for value in row
        )
    private = [slip for slip in short_day.poll.slips if slip in beside]
    public = [vote for vote in short_day.votes if vote.hash in beside or vote.credential in beside]
    assert not private
    assert not public
    assert short_day.poll.election.urn_uuid in beside


def test_the_log_counts_admissions_and_no_vote(any_store, short_day):
    """Each admission is an entry in the log, and no ballot is."""
    with any_store.reading() as connection:
        acts = [one.act for one in audit.entries(connection, short_day.poll.election.id)]
    assert acts.count("admitted") == len(short_day.votes)
    assert set(acts) == {"election_founded", "register_imported", "poll_prepared", "admitted"}


def test_no_private_slip_lies_in_any_file(settings, short_day):
    """What is printed on a slip is on paper only: it is in no file of the installation."""
    for path in settings.home.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [slip for slip in short_day.poll.slips if slip.encode() in data], path.name
