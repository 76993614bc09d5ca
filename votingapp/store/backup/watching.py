"""Looking after the stick all evening: is it there, is it in step, is it time for a fresh copy."""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from votingapp.store.backup.hand import why_of
from votingapp.store.backup.keeping import break_off, lies_beside, missing, note_failure, stick_of, take_snapshot
from votingapp.store.backup.mark import Why, read_mark
from votingapp.store.backup.state import load_house_key, note_watching
from votingapp.store.unit_of_work import StoreBusy, StoreFull

if TYPE_CHECKING:
    from collections.abc import Callable

    from votingapp.settings import Settings
    from votingapp.store.backup.mark import Mark
    from votingapp.store.backup.sealing import HouseKey
    from votingapp.store.backup.stick import Stick
    from votingapp.store.unit_of_work import Store

EVERY_SECONDS = 600.0
_LOOK_SECONDS = 1.0
_TRY_AGAIN_SECONDS = 5.0
_TRY_A_SLOW_ONE_AGAIN_SECONDS = 60.0


class Watcher:
    """Whoever looks after the stick; one for a house, in a process of its own, so that a stick that hangs holds up nobody."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        every: float = EVERY_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._settings = settings
        self._every = every
        self._monotonic = monotonic
        self._due = self._may_try = monotonic()
        self._rest_until: float | None = None
        self._was_elsewhere = False
        self._same_disk = False

    def look(self) -> Why | None:
        """Look once and do what is due; why the stick could not be used, or None.

        A trouble of the house's own, which cannot be read or has no room, ends nothing: the next look tries again.
        """
        key = load_house_key(self._settings.home)
        if key is None or self._settings.backup is None:
            return None
        try:
            why = self._look_at(key)
        except (StoreBusy, StoreFull, SQLAlchemyError, sqlite3.Error):
            why = None
        with suppress(OSError):  # no room for a sign of life on the house's own disk, which others tell of
            note_watching(self._settings.home, same_disk=self._same_disk)
        return why

    def _look_at(self, key: HouseKey) -> Why | None:
        with self._store.reading() as connection:
            mark = read_mark(connection)
        try:
            stick = stick_of(self._settings, key)
            self._same_disk = lies_beside(self._settings.home, stick.folder)
            why = missing(stick, mark, self._settings.home, was_elsewhere=self._was_elsewhere)
        except OSError as error:
            why = why_of(error)
        else:
            if why is None:
                return self._take(stick, key) if self._is_due(mark) else None
        break_off(self._store, why)
        return why

    def _is_due(self, mark: Mark) -> bool:
        now = self._monotonic()
        if now < self._may_try or self._rests(mark, now):
            return False
        if mark.forget or not mark.following or mark.lost_at is not None or mark.snapshot_at is None:
            return True
        return now >= self._due and mark.serial != mark.snapshot_serial

    def _rests(self, mark: Mark, now: float) -> bool:
        """Whether a stick that was too slow is left in peace, or it would hold everybody up once more at once."""
        if mark.following or mark.why is not Why.SLOW:
            self._rest_until = None
            return False
        if self._rest_until is None:
            self._rest_until = now + _TRY_A_SLOW_ONE_AGAIN_SECONDS
        return now < self._rest_until

    def _take(self, stick: Stick, key: HouseKey) -> Why | None:
        try:
            take_snapshot(self._store, self._settings, key, stick)
        except sqlite3.Error:
            # No copy can be made of a database that cannot be read; what the journal has is on the stick.
            self._may_try = self._monotonic() + _TRY_AGAIN_SECONDS
            raise
        except OSError as error:
            # The copy before and the journals are still there: the stick is not out of step because of this.
            self._may_try = self._monotonic() + _TRY_AGAIN_SECONDS
            note_failure(self._store, why_of(error))
            return why_of(error)
        self._due = self._monotonic() + self._every
        self._was_elsewhere = not self._same_disk
        return None


def watch(store: Store, settings: Settings, every: float, until: Callable[[float], bool]) -> None:
    """Look after the stick until `until(seconds)`, which waits so long, answers True."""
    watcher = Watcher(store, settings, every)
    while not until(_LOOK_SECONDS):
        watcher.look()
