"""Copies and journals in turn: at every moment the stick has something to go on from, and nothing it should not have."""

from __future__ import annotations

import re

import pytest
from on_the_stick import acts, files, mark_of

from votingapp.store.backup import State, Why, keeping, snapshot, status
from votingapp.store.backup.keeping import ask_to_forget, break_off
from votingapp.store.backup.mark import change_mark, read_mark
from votingapp.store.backup.restoring import read_stick

HOUR = 3600.0


def test_the_last_copy_but_one_is_kept(house, act):
    """Two copies and the journals since lie on the stick; older ones are removed."""
    for number in range(4):
        act(f"{number}")
        house.snapshot()
    assert files(house) == ["000003.journal", "000003.snapshot", "000004.journal", "000004.snapshot"]


def test_a_copy_that_cannot_be_read_is_no_loss(house, act):
    """The newest copy is damaged: the one before it and both journals lead to the same place."""
    act("before")
    house.snapshot()
    act("between")
    house.snapshot()
    act("after")
    path = house.stick.snapshot(2)
    path.write_bytes(path.read_bytes()[:-1])
    chain = read_stick(house.stick, house.sheet)
    assert (chain.epoch, len(chain.records), chain.complete) == (1, 2, True)


def test_until_the_copy_is_whole_the_one_before_is_there(house, act, monkeypatch):
    """A copy that fails half-way leaves nothing of itself; acts go into the new journal, and both journals are followed."""
    act("before")
    house.snapshot()
    act("old journal")

    def half(settings, key, path, epoch):
        with snapshot.written_whole(path) as stream:
            stream.write(b"half")
            raise OSError(28, "no room")

    monkeypatch.setattr(keeping, "write_snapshot", half)
    with pytest.raises(OSError, match="no room"):
        house.snapshot()
    act("new journal")
    assert files(house) == ["000001.journal", "000001.snapshot", "000002.journal"]
    assert acts(house) == 2
    assert status(house.settings).state is State.IN_STEP


def test_what_was_kept_while_the_stick_was_out_is_not_passed_over(house, act):
    """Acts before the loss, none for the time of the loss, and acts after it: the stick never pretends to be complete."""
    house.snapshot()
    act("journaled")
    break_off(house.store, Why.GONE)
    act("on the computer alone")
    epoch, size = mark_of(house).epoch + 1, keeping.journal_file.start(house.stick.journal(2))
    house.store.write(lambda work: keeping._switch(work, epoch, size))
    act("journaled again, and the copy never made")
    chain = read_stick(house.stick, house.sheet)
    assert (len(chain.records), chain.complete) == (1, False)
    assert status(house.settings).state is State.OUT_OF_STEP
    house.snapshot()
    assert acts(house) == 0
    assert status(house.settings).state is State.IN_STEP


def test_a_late_record_of_a_hanging_stick_does_not_hide_the_gap(house, act, monkeypatch):
    """A write that was given up lands after all: the acts kept meanwhile are still known to be missing."""
    house.snapshot()
    monkeypatch.setattr("votingapp.store.journal.SLOW_SECONDS", -1.0)
    act("written, and given up")
    act("on the computer alone")
    epoch, size = mark_of(house).epoch + 1, keeping.journal_file.start(house.stick.journal(2))
    house.store.write(lambda work: keeping._switch(work, epoch, size))
    monkeypatch.undo()
    act("after")
    chain = read_stick(house.stick, house.sheet)
    assert (len(chain.records), chain.complete) == (1, False)


def test_a_record_never_kept_in_an_older_journal_is_passed_over(house, act):
    """The number of a failed act is given out again in the next journal: only that one is followed."""
    house.snapshot()
    act("kept")
    number = mark_of(house).serial
    act("stands for one whose commit failed")
    house.store.write(lambda work: (change_mark(work.connection, serial=number), work.keep_unrecorded()))
    epoch, size = mark_of(house).epoch + 1, keeping.journal_file.start(house.stick.journal(2))
    house.store.write(lambda work: keeping._switch(work, epoch, size))
    act("kept too")
    chain = read_stick(house.stick, house.sheet)
    assert [record.serial for record in chain.records] == [number, number + 1]
    assert "kept too" in str(chain.records[-1])
    assert chain.complete


def forget(store) -> None:
    def ask(work):
        ask_to_forget(work)
        work.keep_unrecorded()

    store.write(ask)


def test_after_the_close_nothing_of_before_is_left(house, act, watcher):
    """Asked to forget, the watcher leaves one copy and one journal, both from after; until then the board is told."""
    for number in range(3):
        act(f"{number}")
        house.snapshot()
    forget(house.store)
    assert status(house.settings).forgetting
    assert watcher.look() is None
    assert files(house) == ["000004.journal", "000004.snapshot"]
    assert not status(house.settings).forgetting
    assert acts(house) == 0


def test_asked_twice_it_forgets_twice(house, act, watcher, monkeypatch):
    """A second poll that is closed while the first one's evening is being forgotten is not forgotten about."""
    house.snapshot()
    forget(house.store)
    write = keeping.write_snapshot

    def closed_meanwhile(*arguments):
        monkeypatch.undo()
        forget(house.store)
        return write(*arguments)

    monkeypatch.setattr(keeping, "write_snapshot", closed_meanwhile)
    watcher.look()
    assert status(house.settings).forgetting
    watcher.look()
    assert not status(house.settings).forgetting


def test_where_there_is_no_stick_nothing_is_to_be_forgotten(any_store):
    """A house that never wrote on a stick has no such task, on either database."""
    forget(any_store)
    with any_store.reading() as connection:
        assert read_mark(connection).forget == 0


def test_no_plain_copy_touches_a_disk(house, act, tmp_path):
    """While a copy is made, nothing but the stick's sealed files, and nothing readable, is written anywhere."""
    act("findes-kun-i-klartekst")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    house.snapshot()
    act("og-i-journalen")
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.parent for path in made} == {house.stick.folder}
    for path in made:
        raw = path.read_bytes()
        assert not re.search(rb"klartekst|journalen|throttle|SQLite|INSERT", raw)
