"""The watchman reads the machine every few seconds, so that no page waits for a disk, and tells what is wrong."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from votingapp.paper_roll import state as roll_state
from votingapp.store import audit
from votingapp.store.backup.state import status
from votingapp.store.tables.audit import audit_entry
from votingapp.store.tables.devices import device
from votingapp.store.tables.elections import election
from votingapp.watch.judging import judge
from votingapp.watch.machine import PatientDisk, Pulse, read_battery, read_disk
from votingapp.watch.readings import Clock, DeskClock, Readings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.settings import Settings
    from votingapp.store.unit_of_work import Store
    from votingapp.watch.judging import Concern

POWER_SUPPLIES = Path("/sys/class/power_supply")

_FRESH_SECONDS = 5.0
_LAST_ENTRIES = 500
_DEVICE_SEEN_SECONDS = 120
"""A desk that has not been seen for so long says nothing about the time of day."""


@dataclass(frozen=True, slots=True)
class Health:
    """What was read, when (UTC), and what is wrong."""

    at: datetime
    readings: Readings
    concerns: tuple[Concern, ...]


class Watchman:
    """Reads the machine no more often than every five seconds, however many ask; one for each process.

    The disk is that of the house's own folder, with the database on SQLite; a PostgreSQL server looks after its own.
    `pulse` is left out where the house's clock is moved by hand, as in a rehearsal.
    """

    def __init__(self, settings: Settings, store: Store, pulse: Pulse | None, supplies: Path = POWER_SUPPLIES) -> None:
        self._settings = settings
        self._store = store
        self._pulse = pulse
        self._supplies = supplies
        self._backup_disk = None if settings.backup is None else PatientDisk(settings.backup)
        self._lock = threading.Lock()
        self._seen: Health | None = None
        self._seen_at = 0.0

    def look(self) -> Health:
        """The machine's health, five seconds old at most."""
        with self._lock:
            now = time.monotonic()
            if self._seen is None or now - self._seen_at > _FRESH_SECONDS:
                self._seen, self._seen_at = self._look(), now
            return self._seen

    def _look(self) -> Health:
        now = self._store.clock()
        clock, live = self._read_house(now)
        readings = Readings(
            disk=read_disk(self._settings.home),
            backup_disk=None if self._backup_disk is None else self._backup_disk.read(),
            backup=status(self._settings),
            battery=read_battery(self._supplies),
            clock=clock,
            rolls=tuple(roll_state.status(self._settings, election_id) for election_id in live),
        )
        return Health(now, readings, judge(readings, now))

    def _read_house(self, now: datetime) -> tuple[Clock, tuple[str, ...]]:
        """What the database knows: how the clock stands to it, and the elections whose evening it is."""
        with self._store.reading() as connection:
            live = _live_elections(connection)
            newest = _newest_entry(connection, (audit.HOUSE, *live))
            desks = _desk_clocks(connection, live, now)
        behind = 0 if newest is None else max(0, round((newest - now).total_seconds()))
        return Clock(0 if self._pulse is None else self._pulse.jumped(), behind, desks), live


def _live_elections(connection: Connection) -> tuple[str, ...]:
    """The elections whose evening is now or is being prepared."""
    chosen = select(election.c.id).where(election.c.frozen_at.is_not(None), election.c.closed_at.is_(None))
    return tuple(connection.execute(chosen).scalars())


def _newest_entry(connection: Connection, chains: Sequence[str]) -> datetime | None:
    """The latest instant in the last entries of these chains, which are the end of an index.

    Not the last entry's: after the clock was set back the next one is written with the wrong time, and seems right.
    """
    ends = (
        connection.execute(
            select(audit_entry.c.at)
            .where(audit_entry.c.chain == chain)
            .order_by(audit_entry.c.serial.desc())
            .limit(_LAST_ENTRIES)
        ).scalars()
        for chain in chains
    )
    return max((at for end in ends for at in end), default=None)


def _desk_clocks(connection: Connection, elections: Sequence[str], now: datetime) -> tuple[DeskClock, ...]:
    rows = connection.execute(
        select(device.c.name, device.c.clock_off, device.c.seen_at)
        .where(device.c.election_id.in_(elections), device.c.revoked_at.is_(None), device.c.clock_off.is_not(None))
        .order_by(device.c.name)
    )
    return tuple(
        DeskClock(row.name, row.clock_off)
        for row in rows
        if abs((now - row.seen_at).total_seconds()) < _DEVICE_SEEN_SECONDS
    )
