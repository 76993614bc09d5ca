"""One election is counted, and its record drawn up, once for all; each test works on a copy of that house."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from board import AFTER_NOMINATIONS, Board, seat_board
from quicker import compile_statements_once
from recorded import draw_up

from votingapp.demo.schedule import RehearsalClock
from votingapp.store import elections
from votingapp.store.engine import make_engine
from votingapp.store.unit_of_work import Store
from votingapp.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

_VAULT = Vault(bytes(32))


@dataclass(frozen=True)
class House:
    """A database at rest, the board that has worked there, and the hour it had come to."""

    database: Path
    board: Board
    hour: datetime


def _open(database: Path, hour: datetime) -> Store:
    return Store(compile_statements_once(make_engine(f"sqlite:///{database}")), RehearsalClock(hour), _VAULT)


def _build(database: Path, hour: datetime, act: Callable[[Store], Board]) -> House:
    """Let a board do something in a house, and leave the house as one file."""
    store = _open(database, hour)
    seated = act(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.rollback()
    store.engine.dispose()
    return House(database, seated, store.clock())


@pytest.fixture(scope="session")
def counted_house(tmp_path_factory, migrated_sqlite, koege_rules) -> House:
    """Four have voted and the result is found; nobody has told of the evening yet."""

    def act(store: Store) -> Board:
        election = store.write(lambda work: elections.found(work, "test", koege_rules, "koege-2021", rehearsal=False))
        seated = seat_board(store, election)
        seated.prepare()
        seated.vote((1,), (2,), (2,), ())
        seated.count()
        return seated

    database = tmp_path_factory.mktemp("counted") / "election.db"
    shutil.copy(migrated_sqlite, database)
    return _build(database, AFTER_NOMINATIONS, act)


@pytest.fixture(scope="session")
def drawn_house(tmp_path_factory, counted_house) -> House:
    """The same, with its record drawn up; the first two members opened, closed and sealed."""

    def act(store: Store) -> Board:
        draw_up(replace(counted_house.board, store=store))
        return counted_house.board

    database = tmp_path_factory.mktemp("drawn") / "election.db"
    shutil.copy(counted_house.database, database)
    return _build(database, counted_house.hour, act)


@pytest.fixture
def counted(counted_house, tmp_path) -> Iterator[Board]:
    """The board of a counted election, in a house of its own."""
    yield from _copy(counted_house, tmp_path)


@pytest.fixture
def drawn(drawn_house, tmp_path) -> Iterator[Board]:
    """The board of an election whose record is drawn up, in a house of its own."""
    yield from _copy(drawn_house, tmp_path)


def _copy(house: House, folder: Path) -> Iterator[Board]:
    database = folder / "copied.db"
    shutil.copy(house.database, database)
    store = _open(database, house.hour)
    yield replace(house.board, store=store, seeds=dict(house.board.seeds))
    store.engine.dispose()
