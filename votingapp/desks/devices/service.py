"""What the secretariat does with the devices of the polling station: look over them, invite them, take their access back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from votingapp.store import devices

if TYPE_CHECKING:
    from datetime import datetime

    from votingapp.store.devices import Device
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Overview:
    """Every device of an election, and the instant at which they were looked at (UTC)."""

    devices: tuple[Device, ...]
    now: datetime


def look_over(store: Store, election: Election) -> Overview:
    """Every device of an election, desks first."""
    with store.reading() as connection:
        return Overview(devices.every(connection, election.id), store.clock())
