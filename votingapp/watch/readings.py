"""What can be read off the machine at one moment; what it means is judged elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from votingapp.paper_roll.state import RollStatus
    from votingapp.store.backup.state import BackupStatus


@dataclass(frozen=True, slots=True)
class Disk:
    """How large a disk is and how much of it the house may still fill, both in bytes."""

    size: int
    free: int

    @property
    def percent(self) -> int:
        """How much is free, in whole percent, rounded down."""
        return self.free * 100 // self.size if self.size else 0


@dataclass(frozen=True, slots=True)
class Battery:
    """How full the battery is, 0 to 100, and whether the mains carry the machine: a charger that is too weak does not."""

    percent: int
    on_mains: bool


@dataclass(frozen=True, slots=True)
class DeskClock:
    """A desk by name, and by how many seconds its own clock is ahead of the house's."""

    desk: str
    ahead: int


@dataclass(frozen=True, slots=True)
class Clock:
    """What speaks for and against the machine's clock, in seconds.

    `jumped` is how far it was set forward (or back, when negative) while the house was running, by a clock that nobody
    sets. `behind_log` is by how much the newest entry of the log lies ahead of it, 0 where none does.
    """

    jumped: int = 0
    behind_log: int = 0
    desks: tuple[DeskClock, ...] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything at one moment; None is a disk that does not answer, or a machine without a battery.

    `backup_disk` is only looked at where a backup is set up. `rolls` are the printed rolls of the elections whose evening it is.
    """

    disk: Disk | None
    backup_disk: Disk | None
    backup: BackupStatus
    battery: Battery | None
    clock: Clock
    rolls: tuple[RollStatus, ...] = ()
