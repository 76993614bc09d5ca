"""The watchman: he looks seldom however many ask, writes down once what he notices, and the board reads it on every page."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from joined import join_device
from sqlalchemy import update

from votingapp.office import create_office
from votingapp.store import audit, incidents
from votingapp.store.devices import Kind
from votingapp.store.staff import Role
from votingapp.store.tables.devices import device
from votingapp.store.tables.elections import election as election_table
from votingapp.watch.judging import Code
from votingapp.watch.readings import Battery, Disk
from votingapp.watch.watchman import Watchman
from votingapp.web.watching import go_round, keep_watch

EMPTY = {"BAT0": {"type": "Battery", "capacity": "12", "status": "Discharging"}}
FULL = {"BAT0": {"type": "Battery", "capacity": "100", "status": "Full"}}


@pytest.fixture
def supplies(tmp_path):
    """The folder of power supplies, laid out anew: `supplies(EMPTY)`."""
    place = tmp_path / "supplies"

    def lay(named):
        shutil.rmtree(place, ignore_errors=True)
        for name, words in named.items():
            (place / name).mkdir(parents=True)
            for file, word in words.items():
                (place / name / file).write_text(f"{word}\n")

    lay(FULL)
    lay.place = place
    return lay


@pytest.fixture
def watched(settings, any_store, open_poll, supplies, clock, monkeypatch):
    """An office whose watchman looks at the test's folder, each time he is asked, beside an open poll."""
    poll = open_poll(any_store)
    clock.move_to(poll.election.opened_at)
    app = create_office(settings, any_store)
    monkeypatch.setattr("votingapp.watch.watchman._FRESH_SECONDS", -1.0)
    app.extensions["watchman"] = Watchman(settings, any_store, None, supplies.place)
    app.config["poll"] = poll
    return app


@pytest.fixture
def lines(any_store, watched):
    """What stands in the log of incidents."""

    def read() -> list[str]:
        with any_store.reading() as connection:
            return [line.text for line in incidents.lines(connection, watched.config["poll"].election.id)]

    return read


def test_what_is_wrong_becomes_one_line_however_often_he_looks(watched, supplies, lines, clock):
    """One when it begins, none in the rounds after, and one when it is over; all of them in Danish."""
    go_round(watched)
    assert lines() == ["Der er ingen backup.", "Valglisten skrives ikke på en USB-nøgle."]
    supplies(EMPTY)
    for _round in range(5):
        clock.advance(seconds=10)
        go_round(watched)
    assert lines()[2:] == ["Maskinens batteri er på 12 % og lades ikke."]
    supplies(FULL)
    go_round(watched)
    assert len(lines()) == 3
    clock.advance(minutes=5)
    go_round(watched)
    go_round(watched)
    assert lines()[3:] == ["Maskinen får strøm igen, eller batteriet er ladet op."]


def test_two_watchmen_write_one_line(watched, any_store, settings, supplies, lines):
    """Each process has one; what one has written the other does not repeat."""
    second = create_office(settings, any_store)
    second.extensions["watchman"] = Watchman(settings, any_store, None, supplies.place)
    supplies(EMPTY)
    go_round(watched)
    go_round(second)
    assert len(lines()) == 3


def test_a_poll_that_is_not_open_gets_no_line(watched, any_store, lines):
    """Before the evening and after it the machine is watched, and the log of incidents is not written."""

    def close(work):
        work.connection.execute(update(election_table).values(closed_at=work.now))
        work.record(watched.config["poll"].election.id, "test", "poll_closed")

    any_store.write(close)
    go_round(watched)
    assert lines() == []


def test_a_round_without_news_writes_nothing(watched, any_store, lines):
    """The log of decisions grows by one entry for a line, and by none for a look."""
    go_round(watched)

    def entries() -> int:
        with any_store.reading() as connection:
            return sum(1 for _one in audit.entries(connection, watched.config["poll"].election.id))

    before = entries()
    for _round in range(3):
        go_round(watched)
    assert entries() == before


def test_the_clock_is_held_against_the_newest_of_the_log(watched, any_store, clock):
    """Set back by an hour it is behind, also after the next entry was written with the wrong time."""
    watchman = watched.extensions["watchman"]
    assert watchman.look().readings.clock.behind_log == 0

    def write(work):
        work.record(watched.config["poll"].election.id, "test", "written")

    any_store.write(write)
    clock.advance(hours=-1)
    any_store.write(write)
    assert watchman.look().readings.clock.behind_log == 3600
    assert Code.CLOCK_BACK in [concern.code for concern in watchman.look().concerns]
    clock.advance(hours=1)
    assert watchman.look().readings.clock.behind_log == 0


def test_only_desks_that_were_seen_lately_tell_the_time(watched, any_store, joined_desks, clock):
    """A desk that has been away for two minutes, and one that was revoked, say nothing."""
    watchman = watched.extensions["watchman"]
    joined_desks(watched.config["poll"].election, {"Bord 1": 3, "Bord 2": -600})
    assert [(one.desk, one.ahead) for one in watchman.look().readings.clock.desks] == [("Bord 1", 3), ("Bord 2", -600)]
    clock.advance(minutes=2)
    assert watchman.look().readings.clock.desks == ()


@pytest.fixture
def joined_desks(any_store):
    """Let desks join and be seen just now with clocks that are off by so many seconds."""

    def join(election, off: dict[str, int]) -> None:
        for name, seconds in off.items():
            join_device(any_store, election, Kind.DESK, name)

            def note(work, name=name, seconds=seconds):
                work.connection.execute(
                    update(device).where(device.c.name == name).values(clock_off=seconds, seen_at=work.now)
                )
                work.keep_unrecorded()

            any_store.write(note)

    return join


def test_he_looks_no_more_often_than_every_five_seconds(settings, store, found_election, supplies):
    """A hundred pages ask at once, and the disk is asked once."""
    found_election(store)
    watchman = Watchman(settings, store, None, supplies.place)
    first = watchman.look()
    supplies(EMPTY)
    assert all(watchman.look() is first for _page in range(100))
    assert first.readings.battery == Battery(100, on_mains=True)


def test_where_a_backup_is_set_up_its_disk_is_read_too(settings, store, tmp_path):
    """The stick's room is a reading of its own; without a setting nothing is read."""
    watchman = Watchman(replace(settings, backup=tmp_path), store, None, tmp_path / "none")
    assert isinstance(watchman.look().readings.backup_disk, Disk)
    assert Watchman(settings, store, None, tmp_path / "none").look().readings.backup_disk is None


@pytest.mark.parametrize(
    ("role", "times", "warned"),
    [
        (Role.BOARD, {"frozen_at": 0}, True),
        (Role.BOARD, {}, False),
        (Role.BOARD, {"frozen_at": 0, "closed_at": 11}, True),
        (Role.BOARD, {"frozen_at": 0, "closed_at": 13}, False),
        (Role.SECRETARIAT, {"frozen_at": 0}, False),
        (Role.OBSERVER, {"frozen_at": 0}, False),
    ],
)
def test_the_board_is_warned_on_every_page_of_the_evening(at_a_page, role, times, warned):
    """From the freeze until the count is over, on whatever page of the election, and nobody else is."""
    page, elsewhere = at_a_page(role, times)
    assert ("Der er ingen backup." in page) is warned
    assert "Der er ingen backup." not in elsewhere


@pytest.fixture
def at_a_page(client, store, found_election, add_staff, sign_in):
    """What an official sees at an election whose times lie so many hours back: a page of it, and one of no election."""

    def look(role: Role, hours_ago: dict[str, int]) -> tuple[str, str]:
        election = found_election(store)
        add_staff(store, election, "anne", role)

        def set_times(work):
            values = {name: work.now - timedelta(hours=hours) for name, hours in hours_ago.items()}
            if values:
                work.connection.execute(update(election_table).values(values))
            work.record(election.id, "test", "times_set")

        store.write(set_times)
        sign_in(client, "anne")
        return client.get(f"/{election.slug}/").text, client.get("/").text

    return look


def test_his_rounds_go_on_after_one_that_failed(watched, store_of_rounds, lines, caplog):
    """A database that cannot be asked costs a round and a line in the program's own log; the next round writes."""
    hide, show = store_of_rounds
    hide()
    end = keep_watch(watched)
    try:
        assert wait_until(lambda: "the watchman could not write" in caplog.text)
        show()
        assert wait_until(lines)
    finally:
        end()
    assert "SELECT" not in caplog.text


@pytest.fixture
def store_of_rounds(any_store, monkeypatch):
    """Rounds every few milliseconds; the log of incidents can be hidden from them and shown again."""
    monkeypatch.setattr("votingapp.web.watching._ROUND_SECONDS", 0.02)

    def rename(old: str, new: str):
        def act() -> None:
            with any_store.engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")

        return act

    return rename("incident", "hidden"), rename("hidden", "incident")


def wait_until(is_so, seconds: float = 20.0) -> bool:
    """Whether something comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.05)
    return False
