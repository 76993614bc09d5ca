"""What the readings of the machine mean: each limit from both sides, and what cannot wait before what can."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from votingapp.paper_roll.state import RollStatus
from votingapp.paper_roll.state import State as Roll
from votingapp.store.backup.mark import Why
from votingapp.store.backup.state import BackupStatus, State
from votingapp.watch.judging import GIBIBYTE, MEBIBYTE, Code, Level, judge
from votingapp.watch.readings import Battery, Clock, DeskClock, Disk, Readings

NOW = datetime(2021, 11, 23, 17, tzinfo=UTC)
ROOMY = Disk(250 * GIBIBYTE, 100 * GIBIBYTE)
WELL = Readings(
    disk=ROOMY,
    backup_disk=Disk(16 * GIBIBYTE, 8 * GIBIBYTE),
    backup=BackupStatus(State.IN_STEP, snapshot_at=NOW, watched=True),
    battery=Battery(100, on_mains=True),
    clock=Clock(),
)


def found(**read) -> list[tuple[Code, Level]]:
    return [(concern.code, concern.level) for concern in judge(replace(WELL, **read), NOW)]


def test_a_machine_that_is_well_gives_no_concern():
    """Nothing is said while there is nothing to say."""
    assert found() == []


@pytest.mark.parametrize(
    ("disk", "level"),
    [
        (Disk(100 * GIBIBYTE, 200 * MEBIBYTE - 1), Level.ALARM),
        (Disk(100 * GIBIBYTE, 200 * MEBIBYTE), Level.WARNING),
        (Disk(4 * GIBIBYTE, GIBIBYTE - 1), Level.WARNING),
        (Disk(4 * GIBIBYTE, GIBIBYTE), None),
        (Disk(100 * GIBIBYTE, 10 * GIBIBYTE - 1), Level.WARNING),
        (Disk(100 * GIBIBYTE, 10 * GIBIBYTE), None),
        (Disk(1000 * GIBIBYTE, 20 * GIBIBYTE - 1), Level.WARNING),
        (Disk(1000 * GIBIBYTE, 20 * GIBIBYTE), None),
        (Disk(0, 0), Level.ALARM),
    ],
)
def test_a_disk_is_low_under_a_gibibyte_or_a_tenth(disk, level):
    """Under 200 MiB it is an alarm; a tenth of a large disk is no reason while 20 GiB are left."""
    assert found(disk=disk) == ([] if level is None else [(Code.DISK_LOW, level)])
    assert found(backup_disk=disk) == ([] if level is None else [(Code.BACKUP_DISK_LOW, level)])


def test_a_disk_that_does_not_answer_is_an_alarm():
    """Silence is not taken for room."""
    assert found(disk=None) == [(Code.DISK_SILENT, Level.ALARM)]
    assert found(backup_disk=None) == [(Code.BACKUP_DISK_SILENT, Level.ALARM)]


@pytest.mark.parametrize(
    ("percent", "level"),
    [(40, None), (39, Level.WARNING), (15, Level.WARNING), (14, Level.ALARM), (0, Level.ALARM)],
)
def test_a_battery_counts_while_it_carries_the_machine(percent, level):
    """Under 40 and under 15 percent on battery; on the mains no figure is a concern, and no battery neither."""
    assert found(battery=Battery(percent, on_mains=False)) == ([] if level is None else [(Code.BATTERY_LOW, level)])
    assert found(battery=Battery(percent, on_mains=True)) == []
    assert found(battery=None) == []


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (Clock(behind_log=5), []),
        (Clock(behind_log=6), [(Code.CLOCK_BACK, Level.ALARM)]),
        (Clock(jumped=-30), []),
        (Clock(jumped=-31), [(Code.CLOCK_BACK, Level.ALARM)]),
        (Clock(jumped=-3600, behind_log=3590), [(Code.CLOCK_BACK, Level.ALARM)]),
        (Clock(jumped=30), []),
        (Clock(jumped=31), [(Code.CLOCK_FORWARD, Level.WARNING)]),
        (Clock(desks=(DeskClock("Bord 1", 120), DeskClock("Bord 2", -120))), []),
        (Clock(desks=(DeskClock("Bord 1", 3), DeskClock("Bord 2", -121))), [(Code.DESK_CLOCK_OFF, Level.WARNING)]),
    ],
)
def test_a_clock_is_held_against_log_start_and_desks(clock, expected):
    """A few seconds are nobody's business; what is said once is not said twice for the same clock."""
    assert found(clock=clock) == expected


def test_the_desks_whose_clocks_differ_are_named():
    """By how much is told of the one that differs most."""
    (concern,) = judge(replace(WELL, clock=Clock(desks=(DeskClock("Bord 1", 3), DeskClock("Bord 2", -600)))), NOW)
    assert (concern.desks, concern.figure) == (("Bord 2",), 600)


@pytest.mark.parametrize(
    ("backup", "expected"),
    [
        (BackupStatus(State.OFF), [(Code.BACKUP_OFF, Level.WARNING)]),
        (BackupStatus(State.NO_SHEET), [(Code.BACKUP_NO_SHEET, Level.WARNING)]),
        (BackupStatus(State.NOT_YET, watched=True), [(Code.BACKUP_NOT_YET, Level.WARNING)]),
        (BackupStatus(State.IN_STEP, watched=False), [(Code.BACKUP_UNWATCHED, Level.WARNING)]),
        (BackupStatus(State.IN_STEP, watched=True, same_disk=True), [(Code.BACKUP_SAME_DISK, Level.WARNING)]),
        (BackupStatus(State.IN_STEP, watched=True, forgetting=True), [(Code.BACKUP_REMEMBERS, Level.WARNING)]),
        (
            BackupStatus(State.OUT_OF_STEP, since=NOW - timedelta(minutes=5), why=Why.SLOW, watched=True),
            [(Code.BACKUP_BEHIND, Level.WARNING)],
        ),
        (
            BackupStatus(State.OUT_OF_STEP, since=NOW - timedelta(minutes=6), why=Why.GONE, watched=True),
            [(Code.BACKUP_BEHIND, Level.ALARM)],
        ),
        (
            BackupStatus(State.OUT_OF_STEP, since=NOW + timedelta(hours=1), why=Why.GONE, watched=True),
            [(Code.BACKUP_BEHIND, Level.ALARM)],
        ),
        (BackupStatus(State.OUT_OF_STEP, why=Why.BROKEN, watched=True), [(Code.BACKUP_BEHIND, Level.ALARM)]),
    ],
)
def test_a_backup_is_missing_late_or_useless(backup, expected):
    """Without a setting it is said plainly; one that is behind for five minutes is an alarm, whatever the clock did."""
    assert found(backup=backup) == expected


def test_a_stick_that_is_gone_is_one_concern():
    """Its disk is not asked for once it is known to be out."""
    gone = BackupStatus(State.OUT_OF_STEP, since=NOW, why=Why.GONE, watched=True)
    assert found(backup=gone, backup_disk=None) == [(Code.BACKUP_BEHIND, Level.WARNING)]


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        (RollStatus(Roll.OFF), [(Code.ROLL_OFF, Level.WARNING)]),
        (RollStatus(Roll.NOBODY_WRITES, written_at=NOW), [(Code.ROLL_UNWRITTEN, Level.WARNING)]),
        (RollStatus(Roll.NOT_YET), []),
        (RollStatus(Roll.WRITTEN, written_at=NOW - timedelta(hours=1)), []),
        (RollStatus(Roll.WRITTEN, written_at=NOW, same_disk=True), [(Code.ROLL_SAME_DISK, Level.WARNING)]),
        (RollStatus(Roll.BEHIND, since=NOW - timedelta(minutes=5)), [(Code.ROLL_BEHIND, Level.WARNING)]),
        (RollStatus(Roll.BEHIND, since=NOW - timedelta(minutes=6)), [(Code.ROLL_BEHIND, Level.ALARM)]),
    ],
)
def test_the_printed_roll_is_watched_as_the_backup_is(roll, expected):
    """An old paper is no concern while nobody has come since; one that cannot be renewed is, and two elections say it once."""
    assert found(rolls=(roll,)) == expected
    assert found(rolls=(roll, roll)) == expected


def test_alarms_come_first():
    """Whoever reads one line reads what cannot wait."""
    both = found(disk=Disk(100 * GIBIBYTE, GIBIBYTE - 1), battery=Battery(3, on_mains=False))
    assert both == [(Code.BATTERY_LOW, Level.ALARM), (Code.DISK_LOW, Level.WARNING)]
