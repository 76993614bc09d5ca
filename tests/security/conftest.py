"""A simulated day at the polling station: voters admitted and casting in an order that the test knows."""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass

import pytest
from polling import Poll, keep_register, person, prepare_poll
from sqlalchemy import select

from ballots.admission import Admitted
from ballots.protocol.ballot import check_ballot
from votingapp.desks.booth.service import Accepted, cast
from votingapp.desks.checkin import service as checkin
from votingapp.store.tables.register import register_person


@dataclass(frozen=True, slots=True)
class Vote:
    """A ballot as it was cast, and when its voter came to the desk (0 for the first)."""

    admitted: int
    raw: bytes
    hash: str
    credential: str


@dataclass(frozen=True, slots=True)
class Day:
    """What only the test knows: each vote in the order of casting, and the slips as the voters held them."""

    poll: Poll
    votes: tuple[Vote, ...]
    cpr_numbers: tuple[str, ...]


@pytest.fixture
def hold_day(found_election, add_staff):
    """Admit and cast through the real services: `hold_day(store, official, voters)`, on an open poll that stays open."""

    def hold(store, official, voters: int) -> Day:
        election = found_election(store)
        people = [
            person(f"Vælger Nummer {number}", f"{number % 28 + 1:02d}0180{1000 + number}") for number in range(voters)
        ]
        keep_register(store, election, *people)
        poll = prepare_poll(store, election, slips=voters)
        with store.reading() as connection:
            ids = list(connection.execute(select(register_person.c.id)).scalars())
        chance = random.Random(27112017)
        chance.shuffle(ids)
        box = list(poll.slips)
        secrets.SystemRandom().shuffle(box)
        waiting: list[int] = []
        votes: list[Vote] = []
        for number, person_id in enumerate(ids):
            answer = checkin.admit(store, official, poll.election, person_id, "Bord 1", declared=True)
            assert isinstance(answer, Admitted)
            waiting.append(number)
            while len(waiting) > chance.randrange(4):
                votes.append(_vote(store, poll, waiting.pop(0), box.pop()))
        votes += [_vote(store, poll, number, box.pop()) for number in waiting]
        return Day(poll, tuple(votes), tuple(one.cpr.number for one in people))

    return hold


def _vote(store, poll: Poll, admitted: int, slip: str) -> Vote:
    raw = poll.seal(slip, chosen=admitted % 3)
    assert isinstance(cast(store, poll.election, raw), Accepted)
    checked = check_ballot(poll.question, raw)
    return Vote(admitted, raw, checked.hash_hex, checked.credential)
