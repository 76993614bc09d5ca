"""The booth is killed a hundred times while ballots come in, and no receipt that was shown is broken (promise 5), nor any opening."""

from __future__ import annotations

import http.client
import random
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from booth_server import BoothServer
from joined import join_device
from polling import Poll, prepare_poll

from ballots.protocol.hashing import digest_base64, digest_hex
from votingapp.store.devices import Kind

KILLS, TABLETS, FRESH_EACH_TIME = 100, 4, 6


@dataclass
class Casting:
    """What the tablets know: ballots not yet sent, sent without an answer, and receipts they have shown.

    Those `to_open` are challenged, and cast once they were opened.
    """

    fresh: list[bytes]
    to_open: frozenset[bytes] = frozenset()
    opened: set[bytes] = field(default_factory=set)
    unanswered: list[bytes] = field(default_factory=list)
    shown: dict[bytes, str] = field(default_factory=dict)
    spent: list[bytes] = field(default_factory=list)
    interrupted: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@pytest.fixture
def poll(store, found_election) -> Poll:
    """Four hundred slips handed out; some voters will try to cast two ballots on one."""
    return prepare_poll(store, found_election(store), slips=400, issued=400, candidates=("Åse", "Øzlem"))


@pytest.fixture
def server(settings, store, poll):
    token = join_device(store, poll.election, Kind.BOOTH)
    store.engine.dispose()
    server = BoothServer(settings.home, settings.database_url, token)
    server.start()
    yield server
    server.kill()


def test_a_hundred_kills_break_no_receipt(server, poll, settings, tmp_path):
    """Every receipt shown is in the urn, no credential counts twice, and a ballot sent again gets the same receipt."""
    chance = random.Random(20211123)
    sealed = _sealed(poll)
    casting = Casting(sealed, frozenset(sealed[::5]))
    for _ in range(KILLS):
        _cast_until_killed(server, poll, casting, chance)
        server.start()
        _nothing_lost(settings.home / "election.db", casting, tmp_path)
    _everybody_asks_again(server, poll, casting)

    assert casting.interrupted >= KILLS // 4, "the kills must hit ballots on their way, or they prove nothing"
    assert len(casting.shown) >= KILLS
    kept = _rows(settings.home / "election.db")
    assert {digest_hex(raw) for raw in casting.shown} == {row[0] for row in kept}
    assert len({row[1] for row in kept}) == len(kept) <= 400
    assert len(casting.opened) >= KILLS // 2
    assert {digest_hex(raw) for raw in casting.opened} == _opened(settings.home / "election.db")


def _sealed(poll: Poll) -> list[bytes]:
    """One ballot for each slip, and for every second slip another one straight after it."""
    ballots = []
    for number, slip in enumerate(poll.slips):
        ballots += [poll.seal(slip, chosen) for chosen in ((0, 1) if number % 2 else (0,))]
    return ballots[::-1]


def _cast_until_killed(server: BoothServer, poll: Poll, casting: Casting, chance: random.Random) -> None:
    """Let the tablets send what is due, and pull the cord after a few receipts and a moment more."""
    due = [
        *casting.unanswered,
        *chance.sample(sorted(casting.opened), min(2, len(casting.opened))),
        *chance.sample(sorted(casting.shown), min(2, len(casting.shown))),
    ]
    due += [casting.fresh.pop() for _ in range(min(FRESH_EACH_TIME, len(casting.fresh)))]
    casting.unanswered = []
    receipts = threading.Semaphore(0)
    cord_pulled = threading.Event()

    def send(raw: bytes) -> None:
        try:
            if cord_pulled.is_set():
                casting.unanswered.append(raw)
            else:
                _send(server, poll, casting, raw)
        finally:
            receipts.release()

    with ThreadPoolExecutor(TABLETS) as tablets:
        sendings = [tablets.submit(send, raw) for raw in due]
        for _ in range(chance.randrange(len(due))):
            receipts.acquire()
        time.sleep(chance.uniform(0, 0.02))
        server.kill()
        cord_pulled.set()
    for sending in sendings:
        sending.result()


def _send(server: BoothServer, poll: Poll, casting: Casting, raw: bytes) -> None:
    door = server.challenge if raw in casting.to_open - casting.opened else server.cast
    try:
        answer = door(poll.election.slug, raw)
    except (OSError, http.client.HTTPException):
        with casting.lock:
            casting.unanswered.append(raw)
            casting.interrupted += 1
        return
    with casting.lock:
        _note(casting, raw, answer.status, answer.body)


def _note(casting: Casting, raw: bytes, status: int, body: dict) -> None:
    if body["status"] == "accepted":
        assert status in {200, 201}
        assert body["receipt"] == digest_base64(raw)
        assert casting.shown.get(raw, body["receipt"]) == body["receipt"]
        assert status == 200 or raw not in casting.shown, "a ballot is taken for the first time once"
        casting.shown[raw] = body["receipt"]
    elif raw in casting.opened:
        assert (status, body) == (409, {"status": "challenged"})
    elif body["status"] == "challenged":
        assert (status in {200, 201}, body["receipt"]) == (True, digest_base64(raw))
        casting.opened.add(raw)
    elif body["status"] == "too_soon":
        casting.unanswered.append(raw)
    else:
        assert (status, body) == (409, {"status": "spent"})
        assert raw not in casting.shown, "a receipt that was shown is taken back"
        casting.spent.append(raw)


def _nothing_lost(database, casting: Casting, folder) -> None:
    kept = {row[0] for row in _rows(database)}
    lost = [receipt for raw, receipt in casting.shown.items() if digest_hex(raw) not in kept]
    assert not lost
    assert {digest_hex(raw) for raw in casting.opened} <= _opened(database)
    assert not kept & _opened(database)


def _everybody_asks_again(server: BoothServer, poll: Poll, casting: Casting) -> None:
    """After the last start every ballot ever sent is sent once more, first of all those without an answer."""
    for raw in [*casting.unanswered, *list(casting.shown), *casting.spent, *casting.opened]:
        _send(server, poll, casting, raw)
    casting.spent.clear()


def _rows(database) -> list[tuple[str, str]]:
    connection = sqlite3.connect(database)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute("SELECT hash, credential FROM ballot").fetchall()
    finally:
        connection.close()


def _opened(database) -> set[str]:
    connection = sqlite3.connect(database)
    try:
        return {row[0] for row in connection.execute("SELECT hash FROM challenged_ballot")}
    finally:
        connection.close()
