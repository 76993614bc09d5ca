"""What is written beside the votes: no CPR number anywhere in clear, and by the booth nothing at all."""

from __future__ import annotations

import pytest
from auditing import AuditingClient, Page
from booth_server import BoothServer
from joined import join_device, make_booth, make_desk
from polling import keep_register, person, prepare_poll
from sqlalchemy import select

from votingapp.booth import create_booth
from votingapp.desks.checkin import service as checkin
from votingapp.office import create_office
from votingapp.store.devices import Kind
from votingapp.store.staff import Role
from votingapp.store.tables import metadata

NUMBERS = ("0101801234", "0202801357", "0303802468")


@pytest.fixture
def poll(any_store, found_election):
    """An open poll with three residents and three slips."""
    election = found_election(any_store)
    keep_register(any_store, election, *(person(f"Vælger {number}", cpr) for number, cpr in enumerate(NUMBERS)))
    return prepare_poll(any_store, election, slips=3, issued=0)


def spellings(number: str) -> tuple[str, ...]:
    return number, f"{number[:6]}-{number[6:]}", f"{number[:6]} {number[6:]}"


def test_no_cpr_number_is_stored_in_clear(any_store, poll, add_staff, settings):
    """After look-ups and admissions no row of any table and no file of the installation holds a number in clear."""
    official = add_staff(any_store, None, "bente")
    desk = checkin.Desk("Bord 1", official)
    for number in NUMBERS:
        (found,) = checkin.look_up_cpr(any_store, desk, poll.election, f"{number[:6]}-{number[6:]}")
        checkin.admit(any_store, official, poll.election, found.person.id, "Bord 1", declared=True)
    with any_store.reading() as connection:
        rows = [str(tuple(row)) for table in metadata.tables.values() for row in connection.execute(select(table))]
    kept = ["\n".join(rows).encode(), *(path.read_bytes() for path in settings.home.rglob("*") if path.is_file())]
    for number in NUMBERS:
        assert not [one for one in spellings(number) for data in kept if one.encode() in data]


def test_no_cpr_number_reaches_log_or_page(client, store, found_election, add_staff, sign_in, caplog, capfd):
    """Looking up by number, right or wrong, writes it to no log and back to no page, and it is in no address."""
    election = found_election(store)
    keep_register(store, election, person("Signe Sørensen", NUMBERS[0]))
    poll = prepare_poll(store, election)
    add_staff(store, election, "bente", Role.DESK)
    sign_in(client, "bente")
    make_desk(client, store, poll.election)
    caplog.set_level("DEBUG")
    for number in (*NUMBERS, "3113801234", "6101801234"):
        answer = client.submit(f"/{poll.election.slug}/checkin/", {"query": number})
        assert number not in answer.request.url
        shown = answer.text.replace(Page(answer.text).tokens[0], "")
        if answer.status_code == 200:
            assert not [one for one in spellings(number) if one in shown]
        assert number[6:] not in caplog.text
    written = capfd.readouterr()
    assert not [number for number in NUMBERS if number in written.out + written.err]


def test_the_booths_server_writes_nothing(settings, store, found_election, tmp_path):
    """Good, spent, broken and lost requests leave not one letter on the server's output."""
    poll = prepare_poll(store, found_election(store), slips=2, issued=2)
    token = join_device(store, poll.election, Kind.BOOTH)
    store.engine.dispose()
    written = tmp_path / "output"
    server = BoothServer(settings.home, settings.database_url, token, written)
    server.start()
    try:
        first, second, opened = (poll.seal(poll.slips[0], chosen) for chosen in (0, 1, 1))
        slug = poll.election.slug
        assert [server.challenge(slug, raw).status for raw in (opened, opened, b"{")] == [201, 200, 400]
        statuses = [server.cast(slug, raw).status for raw in (first, first, second, b"{", first[:-1] + b" }")]
        statuses.append(server.cast("ingen", first).status)
    finally:
        server.kill()
    assert statuses == [201, 200, 409, 400, 422, 404]
    assert written.read_bytes() == b""
    left = {path.name for path in settings.home.iterdir() if path.is_file()}
    assert left <= {"election.db", "election.db-wal", "election.db-shm"}


def test_the_booth_sets_no_cookie_at_any_door(settings, store, found_election):
    """No request is tied to the one before: looking, casting, failing and reading set no cookie."""
    poll = prepare_poll(store, found_election(store), slips=1, issued=1)
    tablet = make_booth(create_booth(settings, store), store, poll.election)
    base = f"/{poll.election.slug}"
    raw = poll.seal(poll.slips[0])
    answers = [tablet.get(path) for path in ("/", f"{base}/", f"{base}/election.json", "/ingen/", "/static/icon.svg")]
    answers += [tablet.post(f"{base}/slip", json={"credential": poll.public(poll.slips[0])})]
    opened = poll.seal(poll.slips[0])
    answers += [tablet.post(f"{base}/challenges", data=opened, content_type="application/json") for _ in range(2)]
    answers += [tablet.post(f"{base}/ballots", data=raw, content_type="application/json") for _ in range(2)]
    answers += [tablet.post(f"{base}/ballots", data=b"x", content_type="application/json")]
    assert not [answer for answer in answers if "Set-Cookie" in answer.headers]
    for answer in answers:
        answer.close()


def test_a_defect_in_the_booth_names_no_ballot(settings, store, found_election, caplog):
    """When the booth itself fails, what is written names the kind of fault and the place, and nothing that was sent."""
    poll = prepare_poll(store, found_election(store), slips=1, issued=1)
    raw = poll.seal(poll.slips[0])
    store.engine.dispose()
    (settings.home / "election.db").write_bytes(b"no database at all" * 1000)
    answer = (
        create_booth(settings, store)
        .test_client()
        .post(f"/{poll.election.slug}/ballots", data=raw, content_type="application/json")
    )
    assert (answer.status_code, answer.json) == (500, {"status": "error"})
    assert "DatabaseError" in caplog.text
    assert poll.public(poll.slips[0]) not in caplog.text
    assert "koege" not in caplog.text


def test_a_defect_in_the_office_names_nobody(settings, any_store, found_election, add_staff, sign_in, caplog):
    """When a desk itself fails, what is written names the fault and the place, and not the person who stood there."""
    election = prepare_poll(any_store, found_election(any_store)).election
    add_staff(any_store, election, "bente", Role.DESK)
    office = create_office(settings, any_store)
    office.test_client_class = AuditingClient
    bente = sign_in(office.test_client(), "bente")
    make_desk(bente, any_store, election)
    with any_store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE register_person RENAME TO register_of_persons")
    answer = bente.submit(f"/{election.slug}/checkin/", {"query": "Signe Sørensen", "birth_date": "01-01-1980"})
    assert answer.status_code == 500
    assert "in find_by_name" in caplog.text
    assert not [part for part in ("Signe", "1980", "01-01") if part in caplog.text]
