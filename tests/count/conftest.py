"""A board of three at the key ceremony, and what their devices would send."""

from __future__ import annotations

import pytest
from board import Board, seat_board


@pytest.fixture
def board(add_staff, found_election):
    """Seat a secretary and three board members at a founded election: `board(store, rehearsal=False)`."""

    def seat(store, **kwargs) -> Board:
        return seat_board(store, found_election(store, **kwargs), add_staff)

    return seat
