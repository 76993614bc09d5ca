"""Keeping the stick in step: a fresh copy now and then, a new journal with it, and after the close nothing of before."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from votingapp.store import urns
from votingapp.store.backup import journal_file
from votingapp.store.backup.mark import Why, change_mark, lose, read_mark
from votingapp.store.backup.snapshot import write_snapshot
from votingapp.store.backup.state import former_key_names
from votingapp.store.backup.stick import Stick
from votingapp.store.unit_of_work import StoreBusy, StoreFull

if TYPE_CHECKING:
    from pathlib import Path

    from votingapp.settings import Settings
    from votingapp.store.backup.mark import Mark
    from votingapp.store.backup.sealing import HouseKey
    from votingapp.store.unit_of_work import Store, Work


def stick_of(settings: Settings, key: HouseKey) -> Stick:
    """The stick of an installation. Raises OSError when it is not there; ValueError when none is set.

    A rehearsal has a folder of its own on it, which is made; the stick's own folder never is, or it would be made on the
    computer's disk when the stick is out.
    """
    if settings.backup is None:
        raise ValueError("no backup folder is set")
    if settings.rehearsal:
        settings.backup.mkdir(exist_ok=True, mode=0o700)
    return Stick(settings.backup, key.name)


def take_snapshot(store: Store, settings: Settings, key: HouseKey, stick: Stick) -> None:
    """Begin a new journal and put a fresh copy beside it; what the copy makes superfluous is removed.

    From the moment the new journal begins every kept transaction is in it, and until the copy is whole the one before and its
    journal are there to go on from. Raises OSError when the stick fails; nothing is worse then than it was before.
    """
    before = _read(store)
    epoch = before.epoch + 1
    size = journal_file.start(stick.journal(epoch))
    store.write(lambda work: _switch(work, epoch, size))
    if before.snapshot_epoch in stick.snapshots() and not before.forget:
        stick.keep_from(before.snapshot_epoch)
    serial = write_snapshot(settings, key, stick.snapshot(epoch), epoch)
    store.write(lambda work: _note_snapshot(work, epoch, serial))
    for former in former_key_names(settings.home) - {key.name}:
        Stick(stick.folder, former).remove_all()
    if before.forget:
        stick.keep_only(epoch)
        store.write(lambda work: _note_forgotten(work, before.forget))


def shake(store: Store, urn_uuid: str) -> bool:
    """Shake the urn of a closed poll in the database (`urns.shake`), and then have the stick forget the evening too."""
    if not urns.shake(store.engine, urn_uuid):
        return False
    store.write(lambda work: _note_shaken(work, urn_uuid))
    return True


def shake_what_was_left(store: Store) -> bool:
    """Shake each closed urn that a reader, a full disk or a crash right after the close kept from being shaken.

    For the start of a house, when none of its own is reading. False where it did not succeed: no reason not to open.
    """
    try:
        with store.reading() as connection:
            left = urns.unshaken(connection)
        return all(shake(store, urn_uuid) for urn_uuid in left)
    except (StoreBusy, StoreFull, SQLAlchemyError, sqlite3.Error):
        return False


def ask_to_forget(work: Work) -> None:
    """Ask for what is on the stick to go: it knows the order of casting (promise 1), or who was deleted.

    Part of the transaction after which it must not know it any more, or a machine that stops then would never ask. Whoever looks
    after the stick does it, within seconds or when the stick is back; until then the board is told.
    """
    if work.connection.dialect.name != "sqlite":
        return
    mark = read_mark(work.connection)
    if mark.following or mark.snapshot_epoch is not None:
        change_mark(work.connection, forget=mark.forget + 1)


def break_off(store: Store, why: Why) -> None:
    """Note that what is on the stick is no longer enough; a fresh copy mends it."""

    def note(work: Work) -> None:
        mark = read_mark(work.connection)
        if mark.following:
            lose(work.connection, mark, work.now, why)
            work.keep_unrecorded()

    store.write(note)


def note_failure(store: Store, why: Why) -> None:
    """Note why a copy could not be made; the one before and the journals are as good as they were."""

    def note(work: Work) -> None:
        if read_mark(work.connection).why is not why:
            change_mark(work.connection, why=why.value)
            work.keep_unrecorded()

    store.write(note)


def missing(stick: Stick, mark: Mark, home: Path, *, was_elsewhere: bool) -> Why | None:
    """What is wrong with the stick although nobody has written on it: it was pulled out, or another lies in its place."""
    if was_elsewhere and lies_beside(home, stick.folder):
        return Why.NOT_THE_STICK
    if mark.following and stick.journal(mark.epoch).stat().st_size < mark.size:
        return Why.GONE
    return None


def lies_beside(home: Path, folder: Path) -> bool:
    """Whether the backup's folder lies on the same disk as the house, and would break with it."""
    return home.stat().st_dev == folder.stat().st_dev


def _note_shaken(work: Work, urn_uuid: str) -> None:
    urns.note_shaken(work.connection, urn_uuid)
    ask_to_forget(work)
    work.keep_unrecorded()


def _read(store: Store) -> Mark:
    with store.reading() as connection:
        return read_mark(connection)


def _switch(work: Work, epoch: int, size: int) -> None:
    mark = read_mark(work.connection)
    # What was kept while nobody wrote along has no record: a number is left out, or later records would seem to follow on.
    serial = mark.serial if mark.following else mark.serial + 1
    change_mark(work.connection, epoch=epoch, following=True, size=size, serial=serial)
    work.keep_unrecorded()


def _note_snapshot(work: Work, epoch: int, serial: int) -> None:
    mark = read_mark(work.connection)
    whole: dict[str, object] = {"lost_at": None, "why": None} if mark.following and mark.epoch == epoch else {}
    change_mark(work.connection, snapshot_epoch=epoch, snapshot_serial=serial, snapshot_at=work.now, **whole)
    work.keep_unrecorded()


def _note_forgotten(work: Work, asked: int) -> None:
    mark = read_mark(work.connection)
    if mark.forget == asked:
        change_mark(work.connection, forget=0)
        work.keep_unrecorded()
