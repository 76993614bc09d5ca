"""A board whose election is frozen, and one whose poll is open with people in the register who may vote."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from polling import keep_register, person
from sqlalchemy import select

from votingapp.desks.checkin import service as checkin
from votingapp.desks.poll import service
from votingapp.store.tables.register import register_person

if TYPE_CHECKING:
    from board import Board


@pytest.fixture
def frozen(board):
    """Bring an election of a store to its freeze: `frozen(store, slips=6)` answers the board."""

    def freeze(store, slips: int = 6, **kwargs) -> Board:
        seated = board(store, **kwargs)
        seated.prepare(slips=slips)
        assert isinstance(seated.freeze(), service.Frozen)
        return seated

    return freeze


@pytest.fixture
def evening(frozen):
    """An open poll with eight residents: `evening(store)` answers the board and the residents' ids."""

    def begin(store, slips: int = 8) -> tuple[Board, list[str]]:
        seated = frozen(store, slips)
        keep_register(store, seated.election, *(person(f"Vælger Æ{n}", f"01018012{n:02d}") for n in range(8)))
        assert seated.open() == service.Opened()
        with store.reading() as connection:
            return seated, list(connection.scalars(select(register_person.c.id).order_by(register_person.c.name)))

    return begin


@pytest.fixture
def admit():
    """Admit a resident at a desk: `admit(store, board, person_id)`."""

    def one(store, seated: Board, person_id: str, desk: str = "Bord 1"):
        return checkin.admit(store, seated.secretary, seated.election, person_id, desk, declared=True)

    return one


@pytest.fixture
def both_at_once():
    """Let two acts begin at the same moment and give their answers: `both_at_once(act, act)`."""

    def run(*acts):
        start = threading.Barrier(len(acts))

        def one(act):
            start.wait()
            return act()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    return run
