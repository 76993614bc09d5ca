"""A board of three, for the desks that only a board can move."""

from __future__ import annotations

import pytest
from board import AFTER_NOMINATIONS, Board, seat_board


@pytest.fixture
def board(found_election):
    """Seat a secretary and three board members at a founded election: `board(store, rehearsal=False)`."""

    def seat(store, **kwargs) -> Board:
        return seat_board(store, found_election(store, **kwargs))

    return seat


@pytest.fixture
def signing_board(store, found_election, add_staff, clock) -> Board:
    """The same at an election of the office, with people who can sign in; the deadline for nominations has passed."""
    clock.move_to(AFTER_NOMINATIONS)
    return seat_board(store, found_election(store), add_staff)
