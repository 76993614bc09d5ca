"""A secretary at work on a council: three people elected without a vote, who need no key."""

import pytest
from board import Board, seat_board
from councils import NAMES, hold_no_vote


@pytest.fixture
def seated(store, found_election, add_staff) -> Board:
    """Her house, in which officials can sign in."""
    made = seat_board(store, found_election(store), add_staff)
    hold_no_vote(made, *NAMES)
    return made


@pytest.fixture
def desk(client, seated, sign_in):
    """Her browser."""
    return sign_in(client, seated.secretary.login)
