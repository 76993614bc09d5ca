"""The machine as it is read: real disks, a folder of batteries like Linux's own, and a clock that is set while we look."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from votingapp.store.backup.state import BackupStatus, State
from votingapp.watch.judging import Code, Level, judge
from votingapp.watch.machine import PatientDisk, Pulse, read_battery, read_disk, steady_seconds
from votingapp.watch.readings import Battery, Clock, Disk, Readings

ROOT = Path(__file__).parent.parent.parent
START = datetime(2021, 11, 23, 16, tzinfo=UTC)


ON_A_TINY_DISK = """
import subprocess, sys
from pathlib import Path
from votingapp.watch.machine import read_disk
place = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=True)
before = read_disk(place)
(place / "file").write_bytes(bytes(512 * 1024))
after = read_disk(place)
print(before.size, before.free, after.size, after.free)
"""
"""Fills a real file system of one mebibyte to the half; it is mounted where nobody else sees it, and gone with the process."""


def test_a_real_disk_says_what_is_left(tmp_path):
    """What is written is missing afterwards, and a disk so small is an alarm."""
    apart = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    told = subprocess.run(
        [*apart, sys.executable, "-c", ON_A_TINY_DISK, tmp_path], check=True, capture_output=True, text=True, cwd=ROOT
    )
    size, free, size_after, free_after = map(int, told.stdout.split())
    assert size == size_after == 1024**2
    assert free - free_after == 512 * 1024
    half = Disk(size_after, free_after)
    assert half.percent == 50
    readings = Readings(half, None, BackupStatus(State.OFF), None, Clock())
    assert (Code.DISK_LOW, Level.ALARM) in [(one.code, one.level) for one in judge(readings, START)]


def test_a_folder_that_is_not_there_has_no_disk(tmp_path):
    """A stick that was pulled out is silence, not an error."""
    assert read_disk(tmp_path / "gone") is None


def test_a_disk_that_hangs_is_waited_for_two_seconds_and_asked_once(tmp_path, monkeypatch):
    """Whoever asks goes on; no second question is put while the first one is out, and the answer counts when it comes."""
    monkeypatch.setattr("votingapp.watch.machine._ANSWERS_WITHIN_SECONDS", 0.05)
    comes, asked = threading.Event(), []

    def hang(folder):
        asked.append(folder)
        assert comes.wait(10)
        return Disk(2, 1)

    disk = PatientDisk(tmp_path, hang)
    assert disk.read() is None
    assert disk.read() is None
    assert len(asked) == 1
    comes.set()
    disk._asked.join(10)
    assert disk.read() == Disk(2, 1)
    assert len(asked) == 2


@pytest.fixture
def supplies(tmp_path):
    """Lay out power supplies as Linux does: `supplies(BAT0={"type": "Battery", ...})`."""

    def lay(**named: dict[str, str]):
        for name, words in named.items():
            folder = tmp_path / name
            folder.mkdir()
            for file, word in words.items():
                (folder / file).write_text(f"{word}\n")
        return tmp_path

    return lay


def battery(percent: int, status: str, **more: str) -> dict[str, str]:
    return {"type": "Battery", "capacity": str(percent), "status": status} | more


MAINS_IN, MAINS_OUT = {"type": "Mains", "online": "1"}, {"type": "Mains", "online": "0"}


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({}, None),
        ({"AC": MAINS_IN}, None),
        ({"AC": MAINS_IN, "BAT0": battery(98, "Full")}, Battery(98, on_mains=True)),
        ({"AC": MAINS_OUT, "BAT0": battery(37, "Discharging")}, Battery(37, on_mains=False)),
        ({"AC": MAINS_OUT, "BAT0": battery(99, "Full")}, Battery(99, on_mains=False)),
        ({"AC": MAINS_IN, "BAT0": battery(12, "Discharging")}, Battery(12, on_mains=False)),
        ({"AC": MAINS_OUT, "BAT0": battery(50, "Charging")}, Battery(50, on_mains=True)),
        ({"BAT0": battery(60, "Discharging")}, Battery(60, on_mains=False)),
        ({"BAT0": battery(60, "Not charging")}, Battery(60, on_mains=True)),
        ({"USBC": {"type": "USB", "online": "1"}, "BAT0": battery(80, "Charging")}, Battery(80, on_mains=True)),
        (
            {"AC": MAINS_OUT, "BAT0": battery(20, "Discharging"), "BAT1": battery(61, "Unknown")},
            Battery(40, on_mains=False),
        ),
        ({"AC": MAINS_IN, "mouse": battery(3, "Discharging", scope="Device")}, None),
        ({"AC": MAINS_IN, "BAT0": battery(0, "Unknown", present="0")}, None),
        ({"BAT0": {"type": "Battery", "status": "Unknown"}}, None),
        ({"BAT0": battery(104, "Full")}, Battery(100, on_mains=True)),
    ],
)
def test_the_battery_is_read_from_linux_own_folder(supplies, named, expected):
    """Laptops with one battery, two, none, a weak charger, and a mouse that has one of its own."""
    assert read_battery(supplies(**named)) == expected


def test_without_the_folder_there_is_no_battery(tmp_path):
    """On another system nothing is known, and nothing is claimed."""
    assert read_battery(tmp_path / "none") is None


class Clocks:
    """A wall's clock that can be set, and one that cannot."""

    def __init__(self) -> None:
        self.wall, self.steady = START, 1000.0

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def pulse(clocks) -> Pulse:
    return Pulse(lambda: clocks.wall, lambda: clocks.steady)


def test_time_that_passes_is_no_jump(clocks, pulse):
    """However long the evening."""
    for _hour in range(8):
        clocks.pass_by(3600)
        assert pulse.jumped() == 0


def test_a_clock_that_is_set_has_jumped(clocks, pulse):
    """Back and forth, and set right again it has not."""
    clocks.pass_by(600)
    clocks.wall -= timedelta(hours=1)
    assert pulse.jumped() == -3600
    clocks.wall += timedelta(hours=3)
    assert pulse.jumped() == 7200
    clocks.wall -= timedelta(hours=2)
    assert pulse.jumped() == 0


def test_a_clock_that_was_set_right_is_believed_after_half_an_hour(clocks, pulse):
    """The warning does not stand all evening, and the next jump is seen again."""
    clocks.wall += timedelta(minutes=5)
    assert pulse.jumped() == 300
    clocks.pass_by(1801)
    assert pulse.jumped() == 0
    clocks.wall -= timedelta(minutes=5)
    assert pulse.jumped() == -300


def test_the_steady_clock_goes_on():
    """It is the system's, and never goes back."""
    first = steady_seconds()
    assert steady_seconds() >= first
