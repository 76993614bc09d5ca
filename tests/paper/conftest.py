"""A closed poll at which some people voted on paper."""

from __future__ import annotations

import pytest
from polling import keep_register, person
from sqlalchemy import select

from tally.paper import InvalidReason, PaperFigures
from votingapp.desks.paper import counting
from votingapp.store import admissions
from votingapp.store.admissions import Channel
from votingapp.store.tables.register import register_person


@pytest.fixture
def figures():
    """What a counter found: `figures((3, 1, 0), valid=4, blank=1, marked=1)`."""

    def found(votes, valid: int, blank: int = 0, **invalid: int) -> PaperFigures:
        return PaperFigures(
            tuple(votes), valid, blank, tuple((one, invalid.get(one.value, 0)) for one in InvalidReason)
        )

    return found


@pytest.fixture
def on_paper():
    """Admit so many people to vote on paper: `on_paper(board, 5)`."""

    def admit(board, number: int) -> None:
        people = [person(f"Vælger {place}", f"01018020{place:02d}") for place in range(number)]
        if not people:
            return
        keep_register(board.store, board.election, *people)
        with board.store.reading() as connection:
            here = register_person.c.election_id == board.election.id
            ids = connection.scalars(select(register_person.c.id).where(here)).all()
        for one in ids:
            board.store.write(lambda work, one=one: _admit(work, board, one))

    return admit


def _admit(work, board, person_id: str) -> None:
    admissions.add(
        work,
        board.election.id,
        person_id,
        desk="Bord 1",
        official_id=board.chair.id,
        declaration=None,
        channel=Channel.PAPER,
    )
    work.record(board.election.id, "test", "admitted")


@pytest.fixture
def enter():
    """Enter a hand count: `enter(board, member, figures)`."""
    return lambda board, member, figures: counting.enter(board.store, member, board.election, figures)
