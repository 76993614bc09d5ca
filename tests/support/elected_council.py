"""A council that was elected and appointed, with the figures of a count put there as if a vote had been held."""

from __future__ import annotations

import json
import secrets
from types import MappingProxyType
from typing import TYPE_CHECKING

from board import AFTER_NOMINATIONS, Board, seat_board
from sqlalchemy import insert, update

from ballots.protocol.trustee_key import generate_trustee_key
from tally.council import elected_places
from votingapp.desks.poll.question import build_question
from votingapp.store import ballot_paper, decisions, elections, nominations, seats, substitutes
from votingapp.store.ballot_order import ballot_order
from votingapp.store.decisions import Uncontested
from votingapp.store.tables.count import count as count_table
from votingapp.store.tables.elections import election as election_table
from votingapp.store.tables.nominations import nomination
from votingapp.store.tables.urn import urn as urn_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from votingapp.store.elections import Election

NAMES = ("Bo Østergård", "Carla Dam", "Dorte Eg", "Emil Friis", "Fie Gram", "Gry Holm", "Hans Ib", "Aase Æbelø")
"""In the order of the ballot, which is that of the Danish alphabet: c1 to c8."""


def elect(
    store,
    election: Election,
    votes: Sequence[int],
    add_staff=None,
    *,
    refused: Sequence[int] = (),
    groups: Mapping[int, str] = MappingProxyType({}),
) -> Board:
    """Fix a ballot with one name for each figure, let these be the votes, and compose the council.

    `groups` are those of candidates by number on the ballot. `refused` are the numbers of the seats whose members the byråd did not appoint; the others sit from the term's first day.
    """
    seated = seat_board(store, election, add_staff)
    seated.nominate(*NAMES[: len(votes)])
    store.clock.move_to(AFTER_NOMINATIONS)

    def count(work):
        _fix(work, election)
        for number, group in groups.items():
            here = (nomination.c.election_id == election.id, nomination.c.ballot_number == number)
            work.connection.execute(update(nomination).where(*here).values(seat_group=group))
        result = json.dumps({"result": [[0, *votes]]})
        row = {"election_id": election.id, "encrypted_tally": "{}", "sized_tally": "{}", "result": result}
        work.connection.execute(insert(count_table).values(row | {"result_at": work.now}))
        _compose(work, election, refused)
        work.record(election.id, "test", "council_elected")

    store.write(count)
    return seated


def acclaim(store, election: Election, number: int) -> Board:
    """Let so many candidates be elected without a vote, and sit from the term's first day."""
    seated = seat_board(store, election)
    seated.nominate(*NAMES[:number])
    store.clock.move_to(AFTER_NOMINATIONS)

    def decide(work):
        ordered = ballot_order(work.connection, election)
        nominations.set_ballot_numbers(work.connection, election.id, [entry.receipt for entry in ordered])
        decision = Uncontested(work.now, "Byrådet", "Der er plads til alle", "[]", seated.secretary.id)
        decisions.keep_uncontested(work, election.id, decision)
        _compose(work, election, ())
        work.record(election.id, "test", "council_elected")

    store.write(decide)
    return seated


def _fix(work, election: Election) -> None:
    ordered = ballot_order(work.connection, election)
    _secret, key = generate_trustee_key(secrets.token_bytes)
    question = build_question(election, ballot_paper.labels(ordered), key.public_key)
    nominations.set_ballot_numbers(work.connection, election.id, [entry.receipt for entry in ordered])
    times = {"frozen_at": work.now, "opened_at": work.now, "closed_at": work.now}
    work.connection.execute(update(election_table).where(election_table.c.id == election.id).values(**times))
    work.connection.execute(
        update(urn_table).where(urn_table.c.uuid == election.urn_uuid).values(election_json=question.raw.decode())
    )


def _compose(work, election: Election, refused: Sequence[int]) -> None:
    current = elections.by_id(work.connection, election.id)
    allocation = substitutes.allocation_of(work.connection, current)
    names = substitutes.names(work.connection, election.id)
    places = elected_places(current.rules.seats, allocation, names)
    seats.compose(work, election.id, places, (), {one.number: one.candidate for one in places})
    for one in seats.every(work.connection, election.id):
        if not one.place.is_vacant and one.place.number not in refused:
            seats.begin(work, election.id, one, current.rules.election.term_start)
