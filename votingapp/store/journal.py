"""Following along (journal): what a transaction keeps is on the stick before anybody is told that it was kept."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from votingapp.store.backup import journal_file
from votingapp.store.backup.hand import Hand
from votingapp.store.backup.mark import Why, change_mark, lose, read_mark
from votingapp.store.backup.state import load_house_key
from votingapp.store.backup.stick import Stick
from votingapp.store.hearing import listen

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from votingapp.settings import Settings
    from votingapp.store.backup.sealing import HouseKey
    from votingapp.store.hearing import Heard

PATIENCE_SECONDS = 1.5
"""How long everybody waits for the stick. A broken one can hang for minutes, and nobody may stand in the booth so long."""

SLOW_SECONDS = 0.3
"""A stick that needs so long again and again is given up: with every desk waiting behind it, the queue would grow."""

_FORGETTING = 0.2
"""Share of the newest wait in the running mean: one wait of a second, as sticks have when they tidy up, is forgiven."""


class Journal:
    """The hand that writes along. One for each store; several processes write one file, in the order of the database's lock."""

    def __init__(self, home: Path | None = None, folder: Path | None = None) -> None:
        """`folder` is the stick's; without one, a journal that somebody else keeps is broken off, for it would have a gap."""
        self._home = home
        self._folder = folder
        self._key: tuple[int, HouseKey] | None = None
        self._hand = Hand()
        self._mean_wait = 0.0

    def listen(self, connection: Connection) -> Heard | None:
        """Listen to a transaction that has just taken the lock; None where no journal is kept."""
        if connection.dialect.name != "sqlite":
            return None
        mark = read_mark(connection)
        return listen(connection, mark) if mark.following else None

    def keep(self, connection: Connection, heard: Heard | None, now: datetime) -> None:
        """Write down what was heard, just before it is committed.

        A stick that fails stops nobody: the failure is noted in the same transaction, and whoever looks after the stick makes a
        fresh copy when it is back. The number of a record whose commit failed is given to the next one, which overwrites it.
        """
        if heard is None or not heard.statements:
            return
        mark = heard.mark
        if self._home is None or self._folder is None:
            lose(connection, mark, now, Why.OTHER_PROGRAM)
            return
        key = self._key_of(mark.epoch, self._home)
        if key is None:
            lose(connection, mark, now, Why.CHANGED)
            return
        record = journal_file.seal_record(key, mark.epoch, mark.serial + 1, heard.statements)
        if record is None:
            lose(connection, mark, now, Why.LARGE)
            return
        change_mark(connection, serial=mark.serial + 1, size=mark.size + len(record))
        why = self._append(Stick(self._folder, key.name).journal(mark.epoch), mark.size, record)
        if why is not None:
            lose(connection, mark, now, why)

    def _key_of(self, epoch: int, home: Path) -> HouseKey | None:
        """The key of an epoch; another sheet begins another epoch, so it is read once for each."""
        if self._key is None or self._key[0] != epoch:
            key = load_house_key(home)
            if key is None:
                return None
            self._key = (epoch, key)
        return self._key[1]

    def _append(self, path: Path, offset: int, record: bytes) -> Why | None:
        """Append a record; why the stick is given up, which it may be although the record is there."""
        began = time.monotonic()
        why = self._hand.within(PATIENCE_SECONDS, lambda: journal_file.append(path, offset, record))
        wait = time.monotonic() - began
        self._mean_wait = (1 - _FORGETTING) * self._mean_wait + _FORGETTING * wait
        if why is None and self._mean_wait > SLOW_SECONDS:
            self._mean_wait = 0.0
            return Why.SLOW
        return why


def journal_of(settings: Settings) -> Journal:
    """The journal of an installation."""
    return Journal(settings.home, settings.backup)
