"""A house with a stick beside it, its emergency sheet made, and a second, empty home to go on in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from votingapp.settings import Settings, load_settings
from votingapp.store.backup.keeping import take_snapshot
from votingapp.store.backup.restoring import Destination, Restored, read_stick, restore_into
from votingapp.store.backup.sealing import SheetKey, key_of, new_seed
from votingapp.store.backup.state import save_house_key
from votingapp.store.backup.stick import Stick
from votingapp.store.backup.watching import Watcher
from votingapp.store.engine import make_engine
from votingapp.store.journal import journal_of
from votingapp.store.tables.staff import throttle
from votingapp.store.unit_of_work import Store
from votingapp.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class House:
    """A laptop with a stick: its store writes along."""

    settings: Settings
    store: Store
    sheet: SheetKey
    stick: Stick

    def snapshot(self) -> None:
        """Take a copy now."""
        take_snapshot(self.store, self.settings, self.sheet.house, self.stick)

    def elsewhere(self, home: Path) -> tuple[Restored, Store]:
        """Go on in another home."""
        settings = load_settings({"VOTINGAPP_HOME": str(home)})
        chain = read_stick(self.stick, self.sheet)
        restored = restore_into(Destination.of(settings, home / "tls"), chain, self.store.clock)
        settings = load_settings({"VOTINGAPP_HOME": str(home)})
        return restored, Store(make_engine(settings.database_url), self.store.clock, Vault(settings.keys.personal_data))


@pytest.fixture
def house(settings, store, tmp_path) -> House:
    """The house of the tests, whose backup folder stands for a stick; nothing is on it yet."""
    folder = tmp_path / "stick"
    folder.mkdir()
    sheet = key_of(new_seed())
    save_house_key(settings.home, sheet.house)
    with_stick = replace(settings, backup=folder)
    following = Store(store.engine, store.clock, store.vault, journal_of(with_stick))
    return House(with_stick, following, sheet, Stick(folder, sheet.house.name))


@pytest.fixture
def act(house):
    """Keep a row: `act("name")`."""

    def do(name: str) -> None:
        def write(work):
            work.connection.execute(insert(throttle).values(door=name, failures=1, window_started_at=work.now))
            work.keep_unrecorded()

        house.store.write(write)

    return do


@pytest.fixture
def seconds():
    """A clock for the watcher, in a list of one."""
    return [0.0]


@pytest.fixture
def watcher(house, seconds) -> Watcher:
    """Whoever looks after the stick."""
    return Watcher(house.store, house.settings, 600, lambda: seconds[0])
