"""After the close the stick knows the order of casting no more than the laptop does (promise 1), whoever has the sheet."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from traces import standard_errors

from votingapp.store import urns
from votingapp.store.backup import status
from votingapp.store.backup.keeping import shake_what_was_left
from votingapp.store.backup.restoring import read_stick
from votingapp.store.backup.snapshot import DATABASE
from votingapp.store.backup.watching import Watcher

VOTERS = 60


@pytest.fixture
def cast(house, board):
    """A poll that was followed by the stick, copies and all, and the hashes in the order of casting; it is closed now."""
    seated = board(house.store)
    seated.prepare(slips=1)
    seated.freeze()
    seated.open()
    names = [f"{random.getrandbits(256):064x}" for _ in range(VOTERS)]
    for number, name in enumerate(names):
        if number % 20 == 0:
            house.snapshot()
        seated.put(f"body-{name}|".encode() * 30, credential=name[::-1], name=name)
    evening = read_stick(house.stick, house.sheet)
    assert len([one for record in evening.records for one in record.statements if "ballot" in one.sql]) == 20
    seated.close()
    return names


def test_the_sheet_opens_no_order(house, cast):
    """One copy and one journal are left, both from after the shaking; in the copy the ballots lie as their hashes do."""
    assert status(house.settings).forgetting
    assert Watcher(house.store, house.settings).look() is None
    assert not status(house.settings).forgetting
    assert len(list(house.stick.folder.iterdir())) == 2
    chain = read_stick(house.stick, house.sheet)
    assert chain.records == ()
    image = chain.files[DATABASE]
    assert all(image.count(f"body-{name}|".encode() * 30) <= 1 for name in cast)
    places = sorted(cast, key=lambda name: image.find(f"body-{name}|".encode()))
    assert standard_errors([cast.index(name) for name in places]) < 4


def test_until_then_the_board_is_told(house, cast):
    """The stick was pulled out before the close: it is still to be made to forget, and is as soon as it is back."""
    away = house.stick.folder.with_name("away")
    house.stick.folder.rename(away)
    watcher = Watcher(house.store, house.settings)
    watcher.look()
    assert status(house.settings).forgetting
    away.rename(house.stick.folder)
    Watcher(house.store, house.settings).look()
    assert not status(house.settings).forgetting
    assert len(list(house.stick.folder.iterdir())) == 2


def test_a_house_that_goes_on_elsewhere_is_shaken_at_its_start(house, cast, tmp_path):
    """Where the laptop broke before the stick forgot, the journal put the ballots in as they came, after the copy's own shaking."""
    with house.store.reading() as connection:
        assert urns.unshaken(connection) == ()
    home = tmp_path / "elsewhere"
    home.mkdir()
    _, store = house.elsewhere(home)
    with store.reading() as connection:
        assert len(urns.unshaken(connection)) == 1
    assert shake_what_was_left(store)
    image = (home / "election.db").read_bytes()
    places = sorted(cast, key=lambda name: image.find(f"body-{name}|".encode()))
    assert standard_errors([cast.index(name) for name in places]) < 4
    with store.reading() as connection:
        assert urns.unshaken(connection) == ()
    store.engine.dispose()


@pytest.mark.usefixtures("cast")
def test_a_machine_that_stops_once_it_is_shaken_has_asked_the_stick(house, monkeypatch):
    """What nobody shakes again is forgotten on the stick as well: both are kept in one transaction."""
    Watcher(house.store, house.settings).look()
    with house.store.engine.begin() as connection:
        urns.note_unshaken(connection)
    write, written = house.store.write, []

    def write_once(act):
        if written:
            raise RuntimeError("the power went")
        written.append(act)
        return write(act)

    monkeypatch.setattr(house.store, "write", write_once)
    with suppress(RuntimeError):
        shake_what_was_left(house.store)
    with house.store.reading() as connection:
        assert urns.unshaken(connection) == ()
    assert status(house.settings).forgetting
