"""What the readings of the machine mean for the evening: what to be warned of, and what cannot wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from votingapp.paper_roll import state as roll_state
from votingapp.store.backup.mark import Why
from votingapp.store.backup.state import BackupStatus, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from votingapp.paper_roll.state import RollStatus
    from votingapp.watch.readings import Battery, Clock, Disk, Readings

MEBIBYTE = 1024**2
GIBIBYTE = 1024**3

DISK_ALARM = 200 * MEBIBYTE
DISK_WARNING = GIBIBYTE
DISK_WARNING_PERCENT = 10
DISK_AMPLE = 20 * GIBIBYTE
"""So much is enough for any evening, however large the disk is: a warning that stands all evening is read by nobody."""

BATTERY_ALARM, BATTERY_WARNING = 15, 40

CLOCK_JUMP_SECONDS = 30
"""A clock that is kept right from the net is moved by less."""

CLOCK_BEHIND_LOG_SECONDS = 5
DESK_CLOCK_SECONDS = 120

PATIENCE = timedelta(minutes=5)
"""Backup and printed roll catch up by themselves, so being behind is an alarm only after so long."""


class Level(StrEnum):
    """How urgent it is."""

    WARNING = "warning"
    ALARM = "alarm"
    """Something will be lost, or the evening stops, unless somebody acts now."""


class Code(StrEnum):
    """What is wrong; the values are kept in the log of incidents."""

    DISK_LOW = "disk_low"
    DISK_SILENT = "disk_silent"
    BACKUP_DISK_LOW = "backup_disk_low"
    BACKUP_DISK_SILENT = "backup_disk_silent"
    BACKUP_OFF = "backup_off"
    BACKUP_NO_SHEET = "backup_no_sheet"
    BACKUP_NOT_YET = "backup_not_yet"
    BACKUP_BEHIND = "backup_behind"
    BACKUP_REMEMBERS = "backup_remembers"
    BACKUP_UNWATCHED = "backup_unwatched"
    BACKUP_SAME_DISK = "backup_same_disk"
    BATTERY_LOW = "battery_low"
    CLOCK_BACK = "clock_back"
    CLOCK_FORWARD = "clock_forward"
    DESK_CLOCK_OFF = "desk_clock_off"
    ROLL_OFF = "roll_off"
    ROLL_UNWRITTEN = "roll_unwritten"
    ROLL_BEHIND = "roll_behind"
    ROLL_SAME_DISK = "roll_same_disk"


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that is wrong, with the figure that shows it: bytes, percent or seconds, by its code."""

    code: Code
    level: Level
    figure: int = 0
    desks: tuple[str, ...] = ()
    since: datetime | None = None
    why: Why | None = None


def judge(readings: Readings, now: datetime) -> tuple[Concern, ...]:
    """Name everything that is wrong with the machine, alarms first; none means that all is well."""
    found = (
        *_judge_disk(readings.disk, Code.DISK_LOW, Code.DISK_SILENT),
        *_judge_backup(readings, now),
        *_judge_battery(readings.battery),
        *_judge_clock(readings.clock),
        *_judge_rolls(readings.rolls, now),
    )
    return tuple(sorted(found, key=lambda concern: concern.level is not Level.ALARM))


def _judge_disk(disk: Disk | None, low: Code, silent: Code) -> Iterator[Concern]:
    if disk is None:
        yield Concern(silent, Level.ALARM)
    elif disk.free < DISK_ALARM:
        yield Concern(low, Level.ALARM, disk.free)
    elif disk.free < DISK_WARNING or (disk.percent < DISK_WARNING_PERCENT and disk.free < DISK_AMPLE):
        yield Concern(low, Level.WARNING, disk.free)


def _judge_backup(readings: Readings, now: datetime) -> Iterator[Concern]:
    backup = readings.backup
    match backup.state:
        case State.OFF:
            yield Concern(Code.BACKUP_OFF, Level.WARNING)
            return
        case State.NO_SHEET:
            yield Concern(Code.BACKUP_NO_SHEET, Level.WARNING)
            return
        case State.NOT_YET:
            yield Concern(Code.BACKUP_NOT_YET, Level.WARNING, why=backup.why)
        case State.OUT_OF_STEP:
            yield _out_of_step(backup, now)
        case State.IN_STEP:
            pass
    if backup.forgetting:
        yield Concern(Code.BACKUP_REMEMBERS, Level.WARNING)
    if not backup.watched:
        yield Concern(Code.BACKUP_UNWATCHED, Level.WARNING)
    if backup.same_disk:
        yield Concern(Code.BACKUP_SAME_DISK, Level.WARNING)
    elif backup.why is not Why.GONE:
        yield from _judge_disk(readings.backup_disk, Code.BACKUP_DISK_LOW, Code.BACKUP_DISK_SILENT)


def _out_of_step(backup: BackupStatus, now: datetime) -> Concern:
    return Concern(Code.BACKUP_BEHIND, _by_age(backup.since, now), since=backup.since, why=backup.why)


def _by_age(since: datetime | None, now: datetime) -> Level:
    # By how far in either direction: the clock may have been set back since.
    return Level.ALARM if since is None or abs(now - since) > PATIENCE else Level.WARNING


def _judge_rolls(rolls: tuple[RollStatus, ...], now: datetime) -> Iterator[Concern]:
    """The paper on which the evening goes on when the screens are dark; of several elections the first that lacks it is told."""
    found = (concern for roll in rolls for concern in _judge_roll(roll, now))
    seen: set[Code] = set()
    for concern in found:
        if concern.code not in seen:
            seen.add(concern.code)
            yield concern


def _judge_roll(roll: RollStatus, now: datetime) -> Iterator[Concern]:
    match roll.state:
        case roll_state.State.OFF:
            yield Concern(Code.ROLL_OFF, Level.WARNING)
        case roll_state.State.NOBODY_WRITES:
            yield Concern(Code.ROLL_UNWRITTEN, Level.WARNING, since=roll.written_at)
        case roll_state.State.BEHIND:
            yield Concern(Code.ROLL_BEHIND, _by_age(roll.since, now), since=roll.written_at)
        case roll_state.State.NOT_YET | roll_state.State.WRITTEN:
            if roll.same_disk:
                yield Concern(Code.ROLL_SAME_DISK, Level.WARNING)


def _judge_battery(battery: Battery | None) -> Iterator[Concern]:
    if battery is None or battery.on_mains:
        return
    if battery.percent < BATTERY_WARNING:
        level = Level.ALARM if battery.percent < BATTERY_ALARM else Level.WARNING
        yield Concern(Code.BATTERY_LOW, level, battery.percent)


def _judge_clock(clock: Clock) -> Iterator[Concern]:
    # What the log knows is said before what only this run of the house has seen.
    if clock.behind_log > CLOCK_BEHIND_LOG_SECONDS:
        yield Concern(Code.CLOCK_BACK, Level.ALARM, clock.behind_log)
    elif clock.jumped < -CLOCK_JUMP_SECONDS:
        yield Concern(Code.CLOCK_BACK, Level.ALARM, -clock.jumped)
    if clock.jumped > CLOCK_JUMP_SECONDS:
        yield Concern(Code.CLOCK_FORWARD, Level.WARNING, clock.jumped)
    off = tuple(desk for desk in clock.desks if abs(desk.ahead) > DESK_CLOCK_SECONDS)
    if off:
        most = max(abs(desk.ahead) for desk in off)
        yield Concern(Code.DESK_CLOCK_OFF, Level.WARNING, most, tuple(desk.desk for desk in off))
