"""An election that is over: voted, counted, recorded, signed and ruled of, with people in the roll who shall be forgotten."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from board import Board, seat_board
from councils import compose, rule
from filed import file_nomination, set_state
from polling import keep_register, person
from recorded import draw_up, sign
from sqlalchemy import insert, select
from standing import DURING

from candidates.nomination import NominationState
from tally.council import Answer
from votingapp.desks.council import ruling
from votingapp.desks.record import signing
from votingapp.store import admissions, looks
from votingapp.store.log_words import Words
from votingapp.store.looks import What
from votingapp.store.tables.nominations import nomination, proposer
from votingapp.store.tables.register import register_person

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.unit_of_work import Store

RULED = datetime(2021, 12, 15, 9, tzinfo=UTC)
"""After the last day for complaints in Køge 2021, and after the byråd has met."""

VOTERS = (
    ("Ægir Sørensen-Åkjær", "0101620010"),
    ("Fatima al-Zahrāʾ Nielsen", "0101620029"),
    ("Bo Østergård", "0101620037"),
)
"""The third has the name of a candidate, so that it stays in the house."""

REFUSED = "Dagny Afvist-Hansen"
WHY_REFUSED = "Hun bor hos sin søster i Roskilde"
WHY_MENDED = "Hun har skiftet efternavn"
"""What the log's entries were told of somebody who does not stand, and of one who does."""


@dataclass(frozen=True, slots=True)
class Over:
    """The board of the election, and what shall be gone: keyed hashes and names."""

    board: Board
    hashes: frozenset[str]
    names: frozenset[str]


CANDIDATES = ("Bo Østergård", "Çelik Ağa", "Aase Æbelø")
CHOICES: tuple[tuple[int, ...], ...] = ((1,), (2,), ())


def bring_to_its_end(
    store: Store, election: Election, add_staff=None, *, candidates=CANDIDATES, choices=CHOICES
) -> Over:
    """Hold the whole election: a roll, check-ins, a look at each, somebody refused with a proposer, vote, record, ruling.

    The byråd appoints everybody who is elected.
    """
    board = seat_board(store, election, add_staff)
    keep_register(store, election, *(person(name, cpr) for name, cpr in VOTERS))
    store.clock.move_to(DURING)
    refused = file_nomination(store, election, REFUSED, "1107744882")
    set_state(store, election, refused, NominationState.REFUSED, board.secretary)
    _back(board, refused.id)
    board.prepare(*candidates, slips=len(choices))
    board.vote(*choices, meanwhile=lambda: _admit_everybody(board))
    _give_reasons(board, refused.id)
    board.count()
    draw_up(board)
    for member in board.members[:2]:
        assert isinstance(sign(board, member), signing.Signed)
    store.clock.move_to(RULED)
    compose(board)
    seats = range(1, min(len(candidates), election.rules.seats.total) + 1)
    assert isinstance(rule(board, dict.fromkeys(seats, Answer.APPROVED)), ruling.Entered)
    with store.reading() as connection:
        hashes = frozenset(connection.scalars(register_person.select().with_only_columns(register_person.c.cpr_hash)))
    return Over(board, hashes, frozenset({VOTERS[0][0], VOTERS[1][0], REFUSED}))


def _give_reasons(board: Board, refused_id: str) -> None:
    stands = nomination.c.ballot_number == 1
    with board.store.reading() as connection:
        standing_id = connection.scalars(select(nomination.c.id).where(stands)).one()
    for about, why in ((refused_id, WHY_REFUSED), (standing_id, WHY_MENDED)):
        words = Words(why, about)
        board.store.write(
            lambda work, words=words: work.record(
                board.election.id, "anna", "decided", nomination=words.about, reason=words
            )
        )


def _back(board: Board, nomination_id: str) -> None:
    row = {
        "id": str(uuid.uuid4()),
        "election_id": board.election.id,
        "nomination_id": nomination_id,
        "person_sealed": b"sealed",
        "cpr_hash": "ab" * 32,
    }

    def keep(work):
        work.connection.execute(insert(proposer).values(row | {"asked_at": work.now}))
        work.keep_unrecorded()

    board.store.write(keep)


def _admit_everybody(board: Board) -> None:
    here = register_person.c.election_id == board.election.id
    with board.store.reading() as connection:
        people = connection.execute(register_person.select().where(here)).all()

    def admit(work):
        for one in people:
            admissions.add(
                work, board.election.id, one.id, desk="Bord 1", official_id=board.chair.id, declaration="anden-1"
            )
            looks.note(work, board.election.id, board.chair.id, What.CHECKIN_CPR, subject_hash=one.cpr_hash)

    board.store.write(admit)
