"""Laptop after laptop breaks in mid-evening and its home is lost: on the next one nobody is admitted twice, and no receipt is lost."""

from __future__ import annotations

import http.client
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from joined import join_device, make_desk
from laptop import Laptop, restore
from polling import Poll, keep_register, person, prepare_poll
from sqlalchemy import select

from ballots.admission import AlreadyAdmitted
from ballots.protocol.hashing import digest_base64, digest_hex
from votingapp.desks.checkin import service as checkin
from votingapp.office import create_office
from votingapp.settings import load_settings
from votingapp.store import audit, staff
from votingapp.store.backup.emergency_code import write_code
from votingapp.store.backup.sealing import key_of, new_seed
from votingapp.store.backup.state import save_house_key
from votingapp.store.devices import Kind
from votingapp.store.elections import urn_of
from votingapp.store.staff import Role
from votingapp.store.tables.admissions import admission
from votingapp.store.tables.register import register_person
from votingapp.store.tables.urn import ballot
from votingapp.web.app import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAPTOPS, VOTERS, BALLOTS_EACH, TABLETS = 6, 300, 14, 4


@dataclass
class Evening:
    """What the people in the room hold: receipts shown, and ballots that were sent without an answer."""

    poll: Poll
    fresh: list[bytes]
    shown: dict[bytes, str] = field(default_factory=dict)
    unanswered: list[bytes] = field(default_factory=list)
    interrupted: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, laptop: Laptop, raw: bytes) -> None:
        """Cast a ballot and keep the receipt, or know that there was no answer."""
        try:
            answer = laptop.booth.cast(self.poll.election.slug, raw)
        except (OSError, http.client.HTTPException):
            with self.lock:
                self.unanswered.append(raw)
                self.interrupted += 1
            return
        assert (answer.status in {200, 201}, answer.body) == (
            True,
            {"status": "accepted", "receipt": digest_base64(raw)},
        )
        with self.lock:
            assert answer.status == 200 or raw not in self.shown, "a receipt that was shown is not known any more"
            self.shown[raw] = answer.body["receipt"]


@pytest.fixture
def evening(store, found_election, clock) -> Evening:
    """An open poll with a register of people and slips enough."""
    election = found_election(store)
    keep_register(
        store, election, *(person(f"Vælger {n}", f"0101{n // 100 + 70}12{n % 100:02d}") for n in range(VOTERS))
    )
    poll = prepare_poll(store, election, slips=600, issued=200, candidates=("Åse", "Øzlem"))
    return Evening(poll, [poll.seal(slip) for slip in poll.slips[: LAPTOPS * BALLOTS_EACH]])


def test_each_next_laptop_knows_all_that_was_answered(evening, store, settings, add_staff, sign_in, tmp_path, office):
    """Killed at any instant: what was answered is on the next laptop, which knows officials, devices and their sessions too."""
    election = evening.poll.election
    add_staff(store, election, "bente", Role.DESK)
    token = join_device(store, election, Kind.BOOTH)
    browser = office.test_client()
    sign_in(browser, "bente")
    make_desk(browser, store, election, "Bord 9")
    cookies = [(one.key, one.value) for one in browser._cookies.values()]
    with store.reading() as connection:
        ids = list(connection.execute(select(register_person.c.id)).scalars())
    store.engine.dispose()
    stick, code, answered = tmp_path / "stick", tmp_path / "code", tmp_path / "answered"
    stick.mkdir()
    seed = new_seed()
    code.write_text(write_code(seed))
    save_house_key(settings.home, key_of(seed).house)
    chance, home = random.Random(20211123), settings.home

    for number in range(LAPTOPS):
        laptop = Laptop(load_settings({"VOTINGAPP_HOME": str(home)} | {"VOTINGAPP_BACKUP": str(stick)}), stick, token)
        laptop.start()
        enough = len(_told(answered)) + chance.randrange(1, 6)
        laptop.admit(election.slug, "bente", "Bord 1", _waiting(ids, answered), answered)
        _wait_until(lambda enough=enough: len(_told(answered)) >= enough)
        _cast_until_it_breaks(laptop, evening, chance)
        home = tmp_path / f"laptop-{number}"
        said = restore(home, stick, code)
        assert "ballot" not in said.lower()
        _nothing_is_lost(load_settings({"VOTINGAPP_HOME": str(home)}), evening, answered, clock_of=store.clock)

    assert len(evening.shown) > LAPTOPS * 2
    assert LAPTOPS <= len(_told(answered)) < VOTERS, (
        "the desk must be killed between two admissions, or the kills prove nothing"
    )
    assert evening.interrupted > LAPTOPS, "the kills must hit ballots on their way, or they prove nothing"
    last = load_settings({"VOTINGAPP_HOME": str(home)})
    app = create_office(last)
    app.extensions["store"].clock = store.clock
    client = app.test_client()
    for name, value in cookies:
        client.set_cookie(name, value)
    assert client.get(f"/{election.slug}/checkin/").status_code == 200, "signed in and at her desk, as before"
    app.extensions["store"].engine.dispose()


def _cast_until_it_breaks(laptop: Laptop, evening: Evening, chance: random.Random) -> None:
    """Tablets send what is due; at some instant the laptop is no more."""
    due = evening.unanswered + [evening.fresh.pop() for _ in range(BALLOTS_EACH)]
    due += chance.sample(sorted(evening.shown), min(3, len(evening.shown)))
    evening.unanswered = []
    enough = len(evening.shown) + chance.randrange(1, 8)
    with ThreadPoolExecutor(TABLETS) as tablets:
        sendings = [tablets.submit(evening.send, laptop, raw) for raw in due]
        _wait_until(lambda: len(evening.shown) >= enough)
        time.sleep(chance.uniform(0, 0.02))
        laptop.break_down()
    for sending in sendings:
        sending.result()


def _waiting(ids: list[str], answered: Path) -> list[str]:
    """Who has not heard yet that she is admitted; one of them may have been when the laptop broke."""
    told = {line.split(" ", 1)[0] for line in _told(answered)}
    return [one for one in ids if one not in told]


def _told(answered: Path) -> list[str]:
    return answered.read_text().splitlines() if answered.exists() else []


def _wait_until(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def _nothing_is_lost(settings, evening: Evening, answered: Path, clock_of) -> None:
    store = open_store(settings, clock_of)
    election = evening.poll.election
    with store.reading() as connection:
        kept = set(connection.execute(select(ballot.c.hash)).scalars())
        admitted = set(connection.execute(select(admission.c.person_id)).scalars())
        assert {digest_hex(raw) for raw in evening.shown} <= kept
        assert urn_of(connection, election.urn_uuid).slips_issued == 200 + len(admitted)
        for chain in (election.id, audit.HOUSE):
            assert audit.first_broken_link(connection, chain) is None
        official = staff.find_login(connection, "bente")
    for line in _told(answered):
        voter, outcome, at, desk = line.split(" ", 3)
        assert outcome in {"Admitted", "AlreadyAdmitted"}
        again = checkin.admit(store, official, election, voter, "Bord 2", declared=True)
        assert isinstance(again, AlreadyAdmitted)
        assert (again.at.isoformat(), again.desk) == (at, desk)
    store.engine.dispose()
