"""Whoever looks after the stick copies in time, leaves a sick stick in peace, and says what is wrong."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from dataclasses import replace

import pytest
from on_the_stick import acts, files, mark_of
from sqlalchemy.exc import OperationalError

from votingapp.store.backup import State, Why, snapshot, status
from votingapp.store.backup.hand import why_of
from votingapp.store.backup.keeping import break_off, note_failure
from votingapp.store.backup.state import load_house_key, save_house_key
from votingapp.store.backup.stick import NotAsWritten, Stick
from votingapp.store.unit_of_work import StoreFull

HOUR = 3600.0


def test_the_watcher_copies_now_and_then_and_only_what_is_new(house, act, watcher, seconds):
    """A copy at once, another after ten minutes if anything was kept, none of what has not changed."""
    watcher.look()
    assert files(house) == ["000001.journal", "000001.snapshot"]
    act("one")
    seconds[0] = 599
    watcher.look()
    assert "000002.snapshot" not in files(house)
    seconds[0] = 601
    watcher.look()
    assert "000002.snapshot" in files(house)
    seconds[0] = 2 * HOUR
    watcher.look()
    assert "000003.snapshot" not in files(house)


def test_the_watcher_notices_a_stick_that_is_pulled_out_and_put_back(house, act, watcher, seconds):
    """Nobody writes and the stick is gone: told within a look. It is back, as it was or empty: a fresh copy by itself."""
    watcher.look()
    away = house.stick.folder.with_name("away")
    house.stick.folder.rename(away)
    assert watcher.look() is Why.GONE
    act("while it was out")
    assert (status(house.settings).state, status(house.settings).why) == (State.OUT_OF_STEP, Why.GONE)
    away.rename(house.stick.folder)
    seconds[0] += 10
    assert watcher.look() is None
    assert status(house.settings).state is State.IN_STEP
    shutil.rmtree(house.stick.folder)
    watcher.look()
    house.stick.folder.mkdir()
    seconds[0] += 10
    watcher.look()
    assert status(house.settings).state is State.IN_STEP
    assert acts(house) == 0


def test_the_computers_own_disk_is_not_taken_for_the_stick(house, watcher, seconds, monkeypatch):
    """The stick is out and its folder an empty one of the computer's disk: nothing is written there."""
    monkeypatch.setattr("votingapp.store.backup.watching.lies_beside", lambda *_: False)
    watcher.look()
    assert not status(house.settings).same_disk
    monkeypatch.undo()
    shutil.rmtree(house.stick.folder)
    house.stick.folder.mkdir()
    seconds[0] += 10
    assert watcher.look() is Why.NOT_THE_STICK
    assert files(house) == []
    assert status(house.settings).why is Why.NOT_THE_STICK


def test_a_full_disk_of_the_house_does_not_end_the_watch(house, watcher, monkeypatch):
    """No room in the house, for its rows or for a sign of life: the watch goes on and tries again."""

    def full(*_arguments, **_words):
        raise OSError(errno.ENOSPC, "no room")

    def no_rows(_act):
        raise StoreFull

    monkeypatch.setattr("votingapp.store.backup.watching.note_watching", full)
    monkeypatch.setattr(house.store, "write", no_rows)
    assert watcher.look() is None
    monkeypatch.undo()
    assert watcher.look() is None
    assert status(house.settings).state is State.IN_STEP


@pytest.mark.parametrize(
    "trouble",
    [OperationalError("SELECT", {}, Exception("disk I/O error")), sqlite3.OperationalError("locked"), StoreFull()],
    ids=["reading", "copying", "full"],
)
def test_a_database_that_cannot_be_read_does_not_end_the_watch(house, act, watcher, seconds, monkeypatch, trouble):
    """Whatever ails the house itself while the watcher looks or copies: she gives a sign of life and tries again."""

    def fail(*_arguments):
        raise trouble

    place = "keeping.write_snapshot" if isinstance(trouble, sqlite3.Error) else "watching.read_mark"
    monkeypatch.setattr(f"votingapp.store.backup.{place}", fail)
    assert watcher.look() is None
    assert watcher.look() is None
    monkeypatch.undo()
    assert status(house.settings).watched
    seconds[0] += 10
    assert watcher.look() is None
    assert status(house.settings).state is State.IN_STEP
    act("one")
    assert acts(house) == 1


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOENT, Why.GONE),
        (errno.ENODEV, Why.GONE),
        (errno.EIO, Why.BROKEN),
        (errno.ENOSPC, Why.FULL),
        (errno.EROFS, Why.READ_ONLY),
        (None, Why.BROKEN),
    ],
)
def test_an_error_is_given_its_reason(number, why):
    """What the system says is told as what a clerk can do something about."""
    assert why_of(OSError(number, "words") if number else OSError("words")) is why


def test_a_folder_on_the_computers_own_disk_is_told(house, watcher):
    """A folder that would break with the computer is written, and said to be of no help."""
    watcher.look()
    found = status(house.settings)
    assert (found.state, found.same_disk, found.watched) == (State.IN_STEP, True, True)


def test_a_slow_stick_is_left_in_peace_for_a_while(house, act, watcher, seconds):
    """A stick that was given up because it is slow is tried again after a minute, not at once."""
    watcher.look()
    break_off(house.store, Why.SLOW)
    for seconds[0] in (10.0, 40.0, 69.0):
        watcher.look()
        assert not mark_of(house).following
    seconds[0] = 71.0
    watcher.look()
    assert status(house.settings).state is State.IN_STEP


def test_a_copy_that_fails_is_told_and_the_journal_goes_on(house, act, watcher, seconds, monkeypatch):
    """The stick gives back other bytes than were written: the copy is removed, tried again later, and the reason is told."""
    watcher.look()
    act("one")
    seconds[0] = 601
    monkeypatch.setattr(snapshot, "read_from_the_disk", lambda _path: iter([b"other bytes"]))
    assert watcher.look() is Why.BROKEN
    found = status(house.settings)
    assert (found.state, found.why) == (State.IN_STEP, Why.BROKEN)
    assert "000002.snapshot" not in files(house)
    assert watcher.look() is None, "not again at once"
    act("two")
    assert acts(house) == 2
    monkeypatch.undo()
    seconds[0] += 10
    assert watcher.look() is None
    assert status(house.settings).why is None


def test_another_sheet_begins_anew(house, act, watcher, seconds):
    """A new emergency key: the new sheet opens everything, and of what the old one opened nothing is left."""
    from votingapp.store.backup.sealing import key_of, new_seed  # noqa: PLC0415

    watcher.look()
    act("with the old sheet")
    fresh = key_of(new_seed())
    save_house_key(house.settings.home, fresh.house)
    break_off(house.store, Why.CHANGED)
    seconds[0] += 10
    watcher.look()
    act("with the new sheet")
    assert {path.name.split("-")[1] for path in house.stick.folder.iterdir()} == {fresh.house.name}
    new = replace(house, sheet=fresh, stick=Stick(house.stick.folder, fresh.house.name))
    assert acts(new) == 1
    assert load_house_key(house.settings.home) == fresh.house


def test_a_copy_cut_short_under_a_lost_sheet_is_removed_too(house, act, watcher, seconds):
    """The cord was pulled while a copy was written, and then a new sheet was made: nothing of the old key is left."""
    from votingapp.store.backup.sealing import key_of, new_seed  # noqa: PLC0415

    watcher.look()
    unfinished = house.stick.snapshot(2)
    unfinished.with_name(f"{unfinished.name}.part").write_bytes(b"half")
    fresh = key_of(new_seed())
    save_house_key(house.settings.home, fresh.house)
    break_off(house.store, Why.CHANGED)
    seconds[0] += 10
    watcher.look()
    assert {path.name.split("-")[1] for path in house.stick.folder.iterdir()} == {fresh.house.name}


def test_before_there_is_a_sheet_nobody_writes_on_the_stick(house, watcher, settings):
    """Without an emergency key there is nothing to seal with, and the board is told so."""
    (house.settings.home / "backup" / "house.key").unlink()
    assert watcher.look() is None
    assert list(house.stick.folder.iterdir()) == []
    assert status(house.settings).state is State.NO_SHEET
    assert status(settings).state is State.OFF


def test_a_note_of_failure_is_written_once(house, watcher):
    """A reason that is known already is not written again each second."""
    watcher.look()
    note_failure(house.store, Why.FULL)
    serial = mark_of(house)
    note_failure(house.store, Why.FULL)
    assert mark_of(house) == serial
    assert issubclass(NotAsWritten, OSError)
