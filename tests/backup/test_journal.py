"""What is kept is also on the stick before anybody is told, and a stick that fails stops nobody."""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import suppress
from dataclasses import replace

import pytest
from small_disk import fill, small_disk
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from votingapp.store import audit, journal
from votingapp.store.backup import State, Why, journal_file, status
from votingapp.store.backup.mark import read_mark
from votingapp.store.backup.restoring import read_stick
from votingapp.store.journal import Journal
from votingapp.store.tables.audit import audit_entry
from votingapp.store.tables.staff import throttle
from votingapp.store.unit_of_work import Store


def act(store, name: str) -> None:
    """Keep one row and one entry."""

    def work_on(work):
        work.connection.execute(insert(throttle).values(door=name, failures=1, window_started_at=work.now))
        work.record(audit.HOUSE, "test", name)

    store.write(work_on)


def doors(store) -> set[str]:
    """What was kept."""
    with store.reading() as connection:
        return set(connection.execute(select(throttle.c.door)).scalars())


def mark_of(house):
    """The mark now."""
    with house.store.reading() as connection:
        return read_mark(connection)


def serials(house) -> list[int]:
    """The numbers of the acts that lie on the stick after its copy."""
    return [record.serial for record in read_stick(house.stick, house.sheet).records]


def test_what_came_after_the_copy_is_there_elsewhere(house, tmp_path):
    """A second laptop knows what was kept before the copy and after it, and the log holds there."""
    act(house.store, "before")
    house.snapshot()
    act(house.store, "after æøå")
    house.store.write(
        lambda work: (work.connection.execute(update(throttle).values(failures=7)), work.keep_unrecorded())
    )

    restored, store = house.elsewhere(tmp_path / "second")

    assert doors(store) == {"before", "after æøå"}
    assert (restored.entries, restored.acts) == (2, 2)
    with store.reading() as connection:
        assert audit.first_broken_link(connection, audit.HOUSE) is None
        acts = select(audit_entry.c.act).order_by(audit_entry.c.serial)
        assert connection.execute(acts).scalars().all() == ["before", "after æøå", "restored"]
        assert not read_mark(connection).following
    store.engine.dispose()


def test_the_record_is_on_the_stick_before_the_commit(house, monkeypatch):
    """When a record is written the act is not yet in the database for anybody else; when the answer comes, it is on the stick."""
    house.snapshot()
    seen = []
    append = journal_file.append

    def watched(*arguments):
        seen.append(doors(house.store))
        append(*arguments)

    monkeypatch.setattr(journal_file, "append", watched)
    act(house.store, "one")
    assert seen == [set()]
    assert serials(house) == [mark_of(house).serial]


def test_nothing_is_written_of_what_is_not_kept(house):
    """A look that changes nothing, a rollback and a refused act leave no record."""
    house.snapshot()
    house.store.write(lambda work: work.connection.execute(delete(throttle)).rowcount)
    with suppress(ZeroDivisionError):
        house.store.write(lambda work: (work.connection.execute(delete(throttle)), 1 / 0))
    house.store.write(lambda work: (work.connection.execute(select(throttle)).all(), work.keep_unrecorded()))
    assert serials(house) == []


def test_a_statement_that_failed_is_not_repeated(house, tmp_path):
    """An act that ran into a refusal of the database and went another way is repeated as it went."""
    house.snapshot()

    def stumble(work):
        row = {"door": "x", "failures": 1, "window_started_at": work.now}
        work.connection.execute(insert(throttle), [row])
        with pytest.raises(IntegrityError):
            work.connection.execute(insert(throttle).values(row))
        with suppress(IntegrityError), work.connection.begin_nested():
            work.connection.execute(update(throttle).values(door="y"))
            work.connection.execute(insert(throttle).values(row | {"door": "y"}))
        work.connection.execute(text("UPDATE throttle SET failures = :n"), {"n": 5})
        work.keep_unrecorded()

    house.store.write(stumble)
    _restored, store = house.elsewhere(tmp_path / "second")
    with store.reading() as connection, house.store.reading() as own:
        rows = select(throttle.c.door, throttle.c.failures)
        assert connection.execute(rows).all() == own.execute(rows).all() == [("x", 5)]
    store.engine.dispose()


def test_a_record_whose_commit_failed_gives_its_number_to_the_next(house, monkeypatch):
    """The main disk refuses at the last moment: the next act takes number and place, and the stick knows only it."""
    house.snapshot()
    act(house.store, "first")
    number = mark_of(house).serial + 1
    keep = Journal.keep

    def fail_after(self, connection, heard, now):
        keep(self, connection, heard, now)
        raise ZeroDivisionError

    monkeypatch.setattr(Journal, "keep", fail_after)
    with pytest.raises(ZeroDivisionError):
        act(house.store, "never kept, and with a name so long that its record is longer" * 900)
    monkeypatch.undo()
    assert serials(house)[-1] == number
    act(house.store, "second")
    assert serials(house)[-1] == number
    statements = read_stick(house.stick, house.sheet).records[-1].statements
    assert any("second" in str(one.parameters) for one in statements)
    assert doors(house.store) == {"first", "second"}


@pytest.mark.parametrize("how", ["folder gone", "journal gone", "journal cut"])
def test_the_stick_pulled_out_stops_nobody(house, how):
    """The act is kept; since when and why the stick is out of step is told; the minute says nothing of a second."""
    house.snapshot()
    path = house.stick.journal(mark_of(house).epoch)
    if how == "folder gone":
        shutil.rmtree(house.stick.folder)
    elif how == "journal gone":
        path.unlink()
    else:
        path.write_bytes(b"")
    house.store.clock.advance(seconds=42)
    act(house.store, "kept all the same")
    act(house.store, "and so on")
    assert doors(house.store) == {"kept all the same", "and so on"}
    found = status(house.settings)
    assert (found.state, found.why) == (State.OUT_OF_STEP, Why.GONE)
    assert found.since == house.store.clock.now.replace(second=0)


def test_a_full_stick_stops_nobody(house, tmp_path):
    """No room for a record: the act is kept and the reason is told; with room again a fresh copy mends it."""
    with small_disk(tmp_path / "full", 400) as folder:
        settings = replace(house.settings, backup=folder)
        full = replace(house, settings=settings, stick=replace(house.stick, folder=folder))
        full = replace(
            full, store=Store(house.store.engine, house.store.clock, house.store.vault, journal.journal_of(settings))
        )
        full.snapshot()
        filling = fill(folder, leave=8)
        act(full.store, "kept")
        assert status(settings).why is Why.FULL
        filling.unlink()
        full.snapshot()
        act(full.store, "in step")
        assert status(settings).state is State.IN_STEP
        assert len(serials(full)) == 1


def test_a_stick_that_hangs_keeps_nobody_waiting(house, monkeypatch):
    """A write that does not come back: the voter has her answer within two seconds, the next one at once."""
    house.snapshot()
    stuck = threading.Event()
    monkeypatch.setattr(journal_file, "append", lambda *_: stuck.wait(20))
    began = time.monotonic()
    act(house.store, "waited for")
    assert 1 < time.monotonic() - began < 4
    began = time.monotonic()
    act(house.store, "not waited for")
    assert time.monotonic() - began < 1
    assert status(house.settings).why is Why.SLOW
    stuck.set()


def test_a_stick_that_is_slow_each_time_is_given_up(house, monkeypatch):
    """One slow write is forgiven; slowness that lasts is not, or the queue would grow behind it."""
    house.snapshot()
    append = journal_file.append
    monkeypatch.setattr(journal, "SLOW_SECONDS", 0.03)

    def slowly(*arguments):
        time.sleep(0.1)
        append(*arguments)

    monkeypatch.setattr(journal_file, "append", slowly)
    act(house.store, "one")
    assert status(house.settings).state is State.IN_STEP
    act(house.store, "two")
    assert (status(house.settings).state, status(house.settings).why) == (State.OUT_OF_STEP, Why.SLOW)


def test_a_program_without_the_setting_breaks_the_journal_off(house, store):
    """A command that writes into the house and knows no stick: the journal would have a gap, so it is said to have one."""
    house.snapshot()
    act(store, "from a command line without VOTINGAPP_BACKUP")
    assert (status(house.settings).state, status(house.settings).why) == (State.OUT_OF_STEP, Why.OTHER_PROGRAM)


def test_a_register_extract_is_left_to_the_copy(house, monkeypatch):
    """An act of many megabytes is kept and not journaled; the copy that follows holds it."""
    monkeypatch.setattr(journal_file, "LARGEST_RECORD", 1000)
    house.snapshot()
    act(house.store, "x" * 2000)
    assert status(house.settings).why is Why.LARGE
    house.snapshot()
    assert status(house.settings).state is State.IN_STEP


def test_a_lost_key_stops_nobody(house):
    """The house's half of the key was deleted: acts are kept, and the stick is said to be out of step."""
    house.snapshot()
    (house.settings.home / "backup" / "house.key").unlink()
    act(house.store, "kept")
    assert doors(house.store) == {"kept"}
    assert not mark_of(house).following


def test_several_workers_write_one_journal(house):
    """Four stores with thirty-two threads append to one file, and each number is there once, without a gap."""
    house.snapshot()
    first = mark_of(house).serial
    stores = [
        Store(house.store.engine, house.store.clock, house.store.vault, journal.journal_of(house.settings))
        for _ in range(4)
    ]
    threads = [threading.Thread(target=act, args=(stores[n % 4], f"door {n}")) for n in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert serials(house) == list(range(first + 1, first + 33))
    assert status(house.settings).state is State.IN_STEP


def test_a_house_without_a_stick_pays_nothing(store):
    """Without the setting no number is used up."""
    act(store, "one")
    with store.reading() as connection:
        assert read_mark(connection).serial == 0
