"""After the close the storage itself must not remember in which order the ballots came."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from station_pages import wait_for

from votingapp.desks.count import tallying
from votingapp.desks.poll import service as poll
from votingapp.store import challenges, rewriting, urns

VOTERS = 40


def spearman(order: list[int]) -> float:
    """Rank correlation of a permutation of 0 … n-1 with the order 0 … n-1."""
    n = len(order)
    return 1 - 6 * sum((place - rank) ** 2 for rank, place in enumerate(order)) / (n * (n * n - 1))


@pytest.fixture
def shaken(any_store, board):
    """A closed poll with ballots in a known order: the board, and the hashes in the order of casting."""
    seated = board(any_store)
    seated.prepare(slips=1)
    seated.freeze()
    seated.open()
    cast = [f"{random.getrandbits(256):064x}" for _ in range(VOTERS)]
    for name in cast:
        seated.put(name.encode() * 40, credential=name[::-1], name=name)
        any_store.write(lambda work, opened=name[::-1]: _open(work, seated.election.urn_uuid, opened))
    seated.close()
    return seated, cast


def _open(work, urn_uuid: str, opened: str) -> None:
    challenges.keep(work.connection, urn_uuid, opened)
    work.keep_unrecorded()


def test_every_ballot_is_still_there(any_store, shaken):
    """Shaking loses nothing and changes nothing."""
    seated, cast = shaken
    with any_store.reading() as connection:
        found = list(urns.ballots(connection, seated.election.urn_uuid))
        opened = challenges.hashes(connection, seated.election.urn_uuid)
    assert found == [name.encode() * 40 for name in sorted(cast)]
    assert opened == tuple(sorted(name[::-1] for name in cast))


def test_the_rows_lie_in_the_order_of_their_hashes(any_store, shaken):
    """A plain scan of the table finds the ballots by hash, so within chance of the order of casting."""
    _seated, cast = shaken
    with any_store.reading() as connection:
        scanned = list(connection.exec_driver_sql("SELECT hash FROM ballot").scalars())
        opened = list(connection.exec_driver_sql("SELECT hash FROM challenged_ballot").scalars())
    assert scanned == sorted(cast)
    assert opened == sorted(name[::-1] for name in cast)
    assert abs(spearman([cast.index(name) for name in scanned])) < 4 / (VOTERS - 1) ** 0.5


@pytest.mark.postgres
def test_postgres_stamps_all_rows_alike(postgres_store, board):
    """One transaction number for all ballots, places that follow the hash, and no dead rows left in the file."""
    seated = board(postgres_store)
    seated.prepare(slips=1)
    seated.freeze()
    seated.open()
    cast = [f"{random.getrandbits(256):064x}" for _ in range(VOTERS)]
    for name in cast:
        seated.put(name.encode() * 40, credential=name[::-1], name=name)
        postgres_store.write(lambda work, opened=name[::-1]: _open(work, seated.election.urn_uuid, opened))
    with postgres_store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(DISTINCT xmin::text) FROM ballot").scalar_one() == VOTERS
    seated.close()
    with postgres_store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT hash, xmin::text AS stamp, ctid::text AS place FROM ballot ORDER BY ballot.ctid"
        ).all()
    assert [row.hash for row in rows] == sorted(cast)
    assert len({row.stamp for row in rows}) == 1
    assert rows[0].place == "(0,1)"
    with postgres_store.reading() as connection:
        opened = connection.exec_driver_sql("SELECT DISTINCT xmin::text FROM challenged_ballot").all()
    assert len(opened) == 1


def test_sqlite_leaves_no_older_copy_behind(sqlite_store, settings, board):
    """Each ballot lies once in the database, none in the write-ahead log, which holds the note of the shaking, and in no order."""
    seated = board(sqlite_store)
    seated.prepare(slips=1)
    seated.freeze()
    seated.open()
    cast = [f"{random.getrandbits(256):064x}" for _ in range(VOTERS)]
    bodies = {name: (f"body-{name}|" * 30).encode() for name in cast}
    for name in cast:
        seated.put(bodies[name], credential=name[::-1], name=name)
    seated.close()
    files = {path.name: path.read_bytes() for path in settings.home.iterdir() if path.is_file()}
    database, log = files["election.db"], files.get("election.db-wal", b"")
    assert len(log) < 8 * 4200  # a few pages of 4096 bytes and their headers
    assert not any(name.encode() in log or name[::-1].encode() in log for name in cast)
    assert all(database.count(bodies[name]) <= 1 for name in cast)
    places = sorted(cast, key=lambda name: database.find(f"body-{name}|".encode()))
    assert abs(spearman([cast.index(name) for name in places])) < 4 / (VOTERS - 1) ** 0.5


def test_shaking_again_changes_nothing(any_store, shaken):
    """What a crash left undone may be done again at any time."""
    seated, cast = shaken
    urns.shake(any_store.engine, seated.election.urn_uuid)
    with any_store.reading() as connection:
        assert urns.count(connection, seated.election.urn_uuid) == len(cast)


def test_a_reader_who_holds_on_to_the_order_stops_the_count(sqlite_store, settings, board, monkeypatch):
    """While somebody keeps the state before the shaking open, the board is told and nothing is added up; afterwards it is."""
    monkeypatch.setattr(rewriting, "_CHECKPOINT_ATTEMPTS", 2)
    seated = board(sqlite_store)
    seated.prepare(slips=2)
    seated.freeze()
    seated.open()
    seated.issue_slips(2)
    for slip in seated.slips:
        seated.cast(slip, 1)
    with sqlite_store.reading() as connection:
        assert urns.count(connection, seated.election.urn_uuid) == 2
        closed = seated.close()
        assert isinstance(closed, poll.Closed)
        assert (closed.ballots, closed.shaken) == (2, False)
        seated.seal()
        assert tallying.compute_tally(sqlite_store, seated.chair, seated.election) == tallying.NotShaken()
    assert (settings.home / "election.db-wal").stat().st_size > 0
    assert tallying.compute_tally(sqlite_store, seated.chair, seated.election) == tallying.Tallied(2)
    assert sqlite_store.engine.pool.checkedout() == 0


@pytest.mark.postgres
def test_postgres_does_not_wait_for_a_reader_for_ever(postgres_store, board, monkeypatch):
    """An open reading of the ballots keeps the rewriting out, which then says so."""
    monkeypatch.setattr(urns, "POSTGRES_PATIENCE", "200ms")
    seated = board(postgres_store)
    with postgres_store.reading() as connection:
        urns.count(connection, seated.election.urn_uuid)
        assert not urns.shake(postgres_store.engine, seated.election.urn_uuid)
    assert urns.shake(postgres_store.engine, seated.election.urn_uuid)


@pytest.mark.postgres
def test_a_voter_and_the_shaking_that_wait_for_one_another_both_come_to_their_end(postgres_store, board):
    """Whoever casts at the very moment holds what the shaking wants, and wants what it holds: it must begin anew, not fail."""
    seated = board(postgres_store)
    with ThreadPoolExecutor(1) as pool, postgres_store.engine.connect() as voter, voter.begin():
        voter.exec_driver_sql("SET LOCAL deadlock_timeout = '1min'")  # so that it is the shaking that is told
        voter.exec_driver_sql("SELECT count(*) FROM public_credential")
        shaking = pool.submit(urns.shake, postgres_store.engine, seated.election.urn_uuid)
        wait_for(lambda: waits_for_a_lock(postgres_store))
        voter.exec_driver_sql("SELECT count(*) FROM ballot")
        voter.rollback()
        assert shaking.result(timeout=30)


def waits_for_a_lock(store) -> bool:
    """Whether somebody in the database waits for a table that another one holds."""
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'")
        return found.scalar() > 0
