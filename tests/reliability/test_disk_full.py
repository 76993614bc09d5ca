"""The server's disk is full: whoever is refused is told so plainly, nothing is lost, and with room again the house goes on."""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress

import pytest
from booth_server import BoothServer
from joined import join_device, make_booth, make_desk
from polling import keep_register, person, prepare_poll
from small_disk import fill, small_disk
from sqlalchemy import event, insert, select
from sqlalchemy.exc import OperationalError

from ballots.admission import Admitted
from ballots.protocol.hashing import digest_base64, digest_hex
from votingapp.booth import create_booth
from votingapp.desks.booth import service as booth
from votingapp.desks.checkin import service as checkin
from votingapp.settings import load_settings
from votingapp.store import audit
from votingapp.store.devices import Kind
from votingapp.store.engine import make_engine
from votingapp.store.staff import Role
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.register import register_person
from votingapp.store.tables.staff import throttle
from votingapp.store.tables.urn import ballot
from votingapp.store.unit_of_work import StoreFull
from votingapp.web.app import open_store

FULL = "Der er ikke plads på serverens disk"


@contextmanager
def no_room(store):
    """Let the database grow no further, and its free pages be used up."""

    def stop(dbapi_connection, _record, _proxy=None):
        dbapi_connection.execute("PRAGMA max_page_count = 1")  # SQLite makes it as many as there are

    event.listen(store.engine, "checkout", stop)

    def take(work):
        row = {"door": secrets.token_hex(100), "failures": 1, "window_started_at": work.now}
        work.connection.execute(insert(throttle).values(row))
        work.keep_unrecorded()

    with suppress(StoreFull):
        for _ in range(2000):
            store.write(take)
    try:
        yield
    finally:
        event.remove(store.engine, "checkout", stop)
        store.engine.dispose()


@pytest.fixture
def poll(store, found_election, clock):
    """An open poll with one voter in the register, and slips."""
    election = found_election(store)
    keep_register(store, election, person("Signe Sørensen", "0101801234"))
    found = prepare_poll(store, election, slips=40, issued=20)
    clock.move_to(found.election.opened_at)
    return found


def test_a_service_is_told_that_there_is_no_room(store, poll, add_staff):
    """Neither an admission nor a ballot is half kept; both go through when there is room, and the log holds."""
    official = add_staff(store, poll.election, "bente", Role.DESK)
    with store.reading() as connection:
        voter = connection.execute(select(register_person.c.id)).scalar_one()
    with no_room(store):
        with pytest.raises(StoreFull):
            booth.cast(store, poll.election, poll.seal(poll.slips[0]))
        with suppress(StoreFull):  # it may just fit into what is left of a page
            checkin.admit(store, official, poll.election, voter, "Bord 1", declared=True)
        with store.reading() as connection:
            assert connection.execute(select(ballot.c.hash)).all() == []
            admitted = connection.execute(select(admission.c.person_id)).all()
    assert isinstance(booth.cast(store, poll.election, poll.seal(poll.slips[0])), booth.Accepted)
    outcome = checkin.admit(store, official, poll.election, voter, "Bord 1", declared=True)
    assert isinstance(outcome, Admitted) is (admitted == [])
    with store.reading() as connection:
        assert audit.first_broken_link(connection, poll.election.id) is None


def test_the_tablet_is_told_and_can_try_again(settings, store, poll):
    """503 and a word for the program; the same ballot is taken later; a page says it in plain words."""
    tablet = make_booth(create_booth(settings, store), store, poll.election)
    raw = poll.seal(poll.slips[0])
    address = f"/{poll.election.slug}/ballots"
    with no_room(store):
        answer = tablet.post(address, data=raw, content_type="application/json")
        assert (answer.status_code, answer.json) == (503, {"status": "error", "reason": "disk_full"})
    answer = tablet.post(address, data=raw, content_type="application/json")
    assert (answer.status_code, answer.json) == (201, {"status": "accepted", "receipt": digest_base64(raw)})


def test_a_booths_page_says_it_in_words(settings, store, poll):
    """Whatever page of the booth finds no room says so to a person."""
    app = create_booth(settings, store)
    with app.test_request_context("/"):
        page, status = app.handle_user_exception(StoreFull())
    assert status == 503
    assert FULL in page


def test_the_office_says_it_in_words_and_lets_people_read(client, store, poll, add_staff, sign_in, clock, monkeypatch):
    """A form that cannot be kept is a 503 with plain words; pages that are only read still open, after a long pause too."""
    add_staff(store, poll.election, "bente", Role.DESK)
    sign_in(client, "bente")
    make_desk(client, store, poll.election)
    with no_room(store):
        clock.advance(minutes=30)
        assert client.get(f"/{poll.election.slug}/checkin/").status_code == 200

    def full(_act):
        raise StoreFull

    page = client.get(f"/{poll.election.slug}/checkin/")
    token = page.text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    monkeypatch.setattr(store, "write", full)
    refused = client.post(f"/{poll.election.slug}/checkin/", data={"query": "0101801234", "csrf_token": token})
    assert refused.status_code == 503
    assert FULL in refused.text
    assert "Intet er gemt" in refused.text


def test_postgresql_says_it_too(postgres_store):
    """PostgreSQL's own word for a full disk is understood."""

    class DiskFullError(Exception):
        sqlstate = "53100"

    def act(_work):
        raise OperationalError("INSERT", {}, DiskFullError())

    with pytest.raises(StoreFull):
        postgres_store.write(act)


def test_a_real_disk_fills_up_under_the_booth(store, poll, tmp_path):
    """The real booth on a disk of its own that is filled: receipts stand, refusals are 503, a restart works, and so does going on."""
    token = join_device(store, poll.election, Kind.BOOTH)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.engine.dispose()
    database = tmp_path / "home" / "election.db"
    with small_disk(tmp_path / "disk", 4 * 1024) as disk:
        (disk / "election.db").write_bytes(database.read_bytes())
        settings = load_settings({"VOTINGAPP_HOME": str(disk)})
        server = BoothServer(settings.home, settings.database_url, token)
        server.start()
        try:
            shown, refused = _cast_until_full(server, poll, disk)
            server.kill()
            server.start()
            assert server.cast(poll.election.slug, refused).status == 503
            (disk / "filling").unlink()
            assert server.cast(poll.election.slug, refused).status == 201
            assert all(server.cast(poll.election.slug, raw).status == 200 for raw in shown)
        finally:
            server.kill()
        full = open_store(settings)
        with full.reading() as connection:
            kept = set(connection.execute(select(ballot.c.hash)).scalars())
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        full.engine.dispose()
    assert kept == {digest_hex(raw) for raw in [*shown, refused]}


def _cast_until_full(server, poll, disk) -> tuple[list[bytes], bytes]:
    """Cast while the disk has next to no room; answers the ballots with receipts and the one that was refused."""
    slips = iter(poll.slips)
    shown = [poll.seal(next(slips)) for _ in range(3)]
    assert all(server.cast(poll.election.slug, raw).status == 201 for raw in shown)
    fill(disk, leave=64)
    for slip in slips:
        raw = poll.seal(slip)
        answer = server.cast(poll.election.slug, raw)
        if answer.status != 201:
            assert (answer.status, answer.body) == (503, {"status": "error", "reason": "disk_full"})
            return shown, raw
        shown.append(raw)
    raise AssertionError("the disk never filled up")


def test_not_even_room_to_read_is_told(client, store, settings, tmp_path, monkeypatch):
    """A disk so full that the database's log cannot be opened: the visitor is told in plain text, and nothing is a defect."""
    with small_disk(tmp_path / "disk", 4 * 1024) as disk:
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.engine.dispose()
        (disk / "election.db").write_bytes((settings.home / "election.db").read_bytes())
        fill(disk)
        full = make_engine(f"sqlite:///{disk / 'election.db'}")
        monkeypatch.setattr(store, "engine", full)
        answer = client.get("/")
        full.dispose()
    assert answer.status_code == 503
    assert FULL in answer.text
