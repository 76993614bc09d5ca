"""Two delete what has no purpose left: it is gone from every row and every file, and what anybody may verify stands as it was."""

from __future__ import annotations

import json
import re
import threading
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from over import REFUSED, VOTERS, WHY_MENDED, WHY_REFUSED, bring_to_its_end
from recorded import newest
from sqlalchemy import event, func, insert, select
from sqlalchemy.exc import DBAPIError

from tally.retention import Hindrance
from tally.verification import Accepted, verify_archive
from votingapp.desks.deletion import service
from votingapp.store import audit, deletions, leftovers, poll_decisions, post, urns
from votingapp.store.backup.mark import change_mark, read_mark
from votingapp.store.poll_decisions import Annulment
from votingapp.store.tables import metadata
from votingapp.store.tables.complaints import complaint
from votingapp.store.tables.looks import look
from votingapp.store.tables.nominations import nomination
from votingapp.store.tables.post import message
from votingapp.store.tables.register import register_person

PUBLISHED = (
    "",
    "candidates",
    "openness",
    "result",
    "receipt",
    "verify",
    "rules",
    "record.json",
    "record.pdf",
    "counts.json",
    "hall",
    "timetable",
)
PASSWORD = "en lang og god sætning"

EXPECTED = {
    "admissions": 4,  # three persons, and the count by desk that the close left
    "applicants": 0,
    "assistance": 0,
    "doubts": 0,
    "drafts": 0,
    "letters": 0,
    "looks": 3,
    "nominations": 2,  # the nomination and its version
    "photographs": 0,
    "proposers": 1,
    "readings": 0,
    "roll": 3,
    "slips": 7,  # two boxes counted and what is spoilt in each, and three differences that were explained
    "station": 0,
    "words": 2,  # why somebody was refused, and one of the evening; not what is said of a candidate who stands
}


def delete(over):
    board = over.board
    return service.delete(board.store, (board.secretary, board.chair), board.now())


def examine(over):
    with over.board.store.reading() as connection:
        return service.examine(connection, over.board.now(), over.board.store.clock())


def archive(over) -> bytes:
    stream = BytesIO()
    with over.board.store.reading() as connection:
        urns.write_archive(connection, over.board.now(), stream)
    return stream.getvalue()


def everything(connection) -> str:
    """Every row of every table, as text."""
    return repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def press_together(over) -> list:
    """What two presses at one instant are answered."""
    answers, barrier = [], threading.Barrier(2)

    def press():
        barrier.wait()
        answers.append(delete(over))

    threads = [threading.Thread(target=press) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(answers, key=lambda one: type(one).__name__)


def complain(board) -> None:
    """Somebody complains, late, and nothing is decided of it."""

    def keep(work):
        row = {"id": "k", "election_id": board.election.id, "number": 1, "received_at": work.now, "in_time": False}
        more = {"subject": "other", "sealed": b"", "entered_at": work.now, "entered_by": board.chair.id}
        work.connection.execute(insert(complaint).values(row | more))
        work.keep_unrecorded()

    board.store.write(keep)


def hindrances_once_annulled(board, seen):
    """What would stand in the way, were the election annulled now; it is not."""

    def act(work):
        annulment = Annulment("Byrådet", "Urnen stod åben", work.now.date(), work.now)
        poll_decisions.keep(work, board.election.id, annulment, (board.secretary, board.chair))
        return service.examine(work.connection, seen, work.now).hindrances  # without an entry in the log it is undone

    return board.store.write(act)


def test_what_has_no_purpose_goes_once_and_what_anybody_verifies_stays(any_store, found_election):
    """Roll, check-ins, looks and the refused go, whole and once; record, archive and log are the same bytes, and verify."""
    over = bring_to_its_end(any_store, found_election(any_store))
    board = over.board
    before = archive(over), newest(board), examine(over)
    assert before[2].hindrances == ()
    with any_store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(look.delete())
    assert press_together(over) == [service.Gone(clean=True), service.TooEarly((Hindrance.DELETED,))]
    after = examine(over)
    assert dict(after.done.counts) == dict(before[2].counts) == EXPECTED
    assert after.done.officials == (board.secretary.name, board.chair.name)
    assert [one.is_clean for one in after.done.checks] == [True]
    assert (archive(over), newest(board)) == before[:2]
    assert isinstance(verify_archive(BytesIO(archive(over))), Accepted)
    with any_store.reading() as connection:
        rows = everything(connection)
        assert not any(trace in rows for trace in (*over.hashes, *over.names, WHY_REFUSED, "ab" * 32))
        assert WHY_MENDED in rows
        assert audit.first_broken_link(connection, board.election.id) is None
        entry = audit.last(connection, board.election.id, service.DELETED)
        standing = connection.scalars(select(nomination.c.name).order_by(nomination.c.ballot_number)).all()
        assert not deletions.is_deleted(connection, "another")
    assert json.loads(entry.details) == {"second": board.chair.login, "went": EXPECTED}
    assert standing == ["Bo Østergård", "Çelik Ağa", "Aase Æbelø"]
    with any_store.engine.connect() as connection, pytest.raises(DBAPIError, match=r"taken back|append-only"):
        connection.exec_driver_sql("DELETE FROM deletion")


def test_a_letter_that_nobody_sent_goes(store, found_election):
    """Whoever asked for a link and never stood is in no letter that still waits for a mail server."""
    over = bring_to_its_end(store, found_election(store))

    def ask(work):
        mail = post.Mail("ukendt@eksempel.dk", "Dit link", "Her er det.")
        post.queue(work, over.board.election.id, post.Kind.SIGN_IN_LINK, mail)
        work.keep_unrecorded()

    store.write(ask)
    assert delete(over) == service.Gone(clean=True)
    with store.reading() as connection:
        assert connection.execute(select(message)).all() == []


def test_a_machine_that_stops_once_the_rows_are_gone_has_asked_the_stick(store, found_election, monkeypatch):
    """The copies on the stick know them as well, and nobody asks a second time."""
    over = bring_to_its_end(store, found_election(store))
    with store.engine.begin() as connection:
        change_mark(connection, snapshot_epoch=1)

    def stop(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(service.rewriting, "rewrite", stop)
    write, written = store.write, []

    def write_once(act):
        if written:
            stop()
        written.append(act)
        return write(act)

    monkeypatch.setattr(store, "write", write_once)
    with pytest.raises(RuntimeError):
        delete(over)
    with store.reading() as connection:
        assert deletions.is_deleted(connection, over.board.election.id)
        assert read_mark(connection).forget == 1


def test_an_open_complaint_keeps_everything_and_a_machine_that_stops_has_deleted_nothing(store, found_election):
    """Whatever hinders or fails, at whichever statement, all rows stand as they did; the files are searched in their bytes."""
    over = bring_to_its_end(store, found_election(store))
    board, database = over.board, Path(store.engine.url.database)
    with pytest.raises(ValueError, match="two"):
        service.delete(store, (board.chair, board.chair), board.now())
    told = (Hindrance.RECORD_OUTDATED, Hindrance.COMPLAINTS_IN_TIME)
    assert hindrances_once_annulled(board, board.now()) == told, "also for whoever saw the page before"
    complain(board)
    assert delete(over) == service.TooEarly((Hindrance.COMPLAINT_OPEN,))
    with store.engine.begin() as connection:
        connection.execute(complaint.delete())
    with store.reading() as connection:
        whole, traces = everything(connection), leftovers.collect(connection, board.election.id)
    for allowed in range(20):
        with the_power_goes_after(store.engine, allowed), pytest.raises(RuntimeError):
            delete(over)
        with store.reading() as connection:
            assert everything(connection) == whole
    assert {one.decode() for one in traces.hashes} >= over.hashes | {"ab" * 32}
    assert set(traces.names) >= {VOTERS[0][0], VOTERS[1][0]}
    assert WHY_REFUSED in traces.words
    assert WHY_MENDED not in traces.words
    assert delete(over) == service.Gone(clean=True)
    assert not any(gone.encode() in database.read_bytes() for gone in (REFUSED, WHY_REFUSED))
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="taken back"):
        connection.exec_driver_sql("INSERT OR REPLACE INTO deletion SELECT * FROM deletion")
    torn = f"8-4-4-12{VOTERS[0][0]}aa{min(over.hashes)}Bo Østergård{WHY_REFUSED}"  # the third is a candidate's name, and stays
    beside = database.with_name(f"{database.name}-journal")
    beside.write_text(torn, encoding="utf-8")
    assert leftovers.search(store.engine, traces) == "1 hashes, 1 names, 1 words"
    beside.unlink()
    assert leftovers.search(store.engine, traces) == ""


def test_a_long_name_is_found_where_two_blocks_meet(store, monkeypatch):
    """In a script of three bytes a letter too, wherever the bytes are parted on the way."""
    name = "\u4e00" * 100
    monkeypatch.setattr("votingapp.store.leftovers._BLOCK", 4096)
    database = Path(store.engine.url.database)
    beside = database.with_name(f"{database.name}-journal")
    beside.write_bytes(b"." * (4096 - 280) + name.encode())
    assert leftovers.search(store.engine, leftovers.Traces(frozenset(), (name,), ())) == "1 names"
    beside.unlink(missing_ok=True)  # who opens the database next may have thrown it away


def read_all(client, slug: str) -> dict[str, bytes]:
    """The bytes of everything that is public of the election, but for what each page draws for itself."""
    drawn = re.compile(rb'nonce="[^"]*"|name="csrf_token" value="[^"]*"')
    read = {path: client.get(f"/{slug}/{path}") for path in PUBLISHED}
    assert {path: answer.status_code for path, answer in read.items()} == dict.fromkeys(PUBLISHED, 200)
    return {path: drawn.sub(b"", answer.data) for path, answer in read.items()}


def csrf_token(html: str) -> str:
    return html.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


@contextmanager
def the_power_goes_after(engine, allowed: int):
    """So many changes are carried out, and the next one is not."""
    done = 0

    def fail(_connection, _cursor, sql, *_rest):
        nonlocal done
        done += sql.startswith(("DELETE", "INSERT"))
        if done > allowed:
            raise RuntimeError("the power went")

    event.listen(engine, "before_cursor_execute", fail)
    yield
    event.remove(engine, "before_cursor_execute", fail)


def test_a_reader_who_holds_on_is_told_and_the_pages_lead_on(
    store, found_election, add_staff, client, sign_in, monkeypatch
):
    """While somebody reads the old state the files cannot be cut; the page says so, and the next press mends it."""
    over = bring_to_its_end(store, found_election(store), add_staff)
    monkeypatch.setattr("votingapp.store.rewriting._CHECKPOINT_ATTEMPTS", 2)
    board = over.board
    sign_in(client, board.secretary.login)
    address = f"/{board.election.slug}/secretariat/deletion"
    page = client.get(address)
    assert "Det, der bliver slettet" in page.text
    assert client.get(f"{address}/certificate.pdf").status_code == 404
    published = read_all(client, board.election.slug)
    filled = {"election_name": board.election.name, "second_login": board.chair.login, "second_password": PASSWORD}
    refused = client.submit(address, filled | {"election_name": "Et andet valg"})
    assert refused.status_code == 422
    assert examine(over).done is None
    with store.engine.connect() as reader:
        reader.execute(select(func.count()).select_from(register_person))
        assert client.submit(address, filled).status_code == 302
        reader.rollback()
    assert "ikke skrevet om" in client.get(address).text
    token = csrf_token(client.get(address).text)
    assert client.post(f"{address}/again", data={"csrf_token": token}).status_code == 302
    last = examine(over).done.checks[-1]
    assert (last.copied, last.searched, last.found) == (True, False, "")
    assert client.get(f"{address}/certificate.pdf").mimetype == "application/pdf"
    kinds = re.compile(r'<th scope="row">([^<]+)')
    assert kinds.findall(client.get(address).text) == kinds.findall(page.text), "one can be held against the other"
    assert read_all(client, board.election.slug) == published
    assert "blev slettet" in client.get(f"/{board.election.slug}/secretariat/insight").text
    assert client.get(f"/{board.election.slug}/record/draft.pdf").status_code == 404
    log = "".join(client.get(f"/{board.election.slug}/log?page={page}").text for page in (1, 2, 3))
    assert "<em>slettet</em>" in log
    assert WHY_MENDED in log
    told = client.get(f"/{board.election.slug}/secretariat/roll")
    assert (told.status_code, "slettet" in told.text) == (410, True)
