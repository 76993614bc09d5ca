"""An election that is counted, and all that follows begun: papers drawn, council put together, a member gone, record drawn up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from standing import DECLARATION

from candidates.nomination import Decision, Nomination, NominationState, withdraw
from tally.council import SeatKind
from tally.deadlines import copenhagen_day
from tally.paper_record import RecordFigures
from tally.vacancy import Cause, Progress, Step
from votingapp.desks.audit import preparing
from votingapp.desks.audit.steps import Taken
from votingapp.desks.council import composing
from votingapp.desks.council.composing import Other
from votingapp.desks.members import asking, leaving, stepping
from votingapp.desks.members.leaving import Leaving
from votingapp.desks.members.stepping import Wished
from votingapp.desks.paper import recording
from votingapp.store import (
    absences,
    admissions,
    drawn_records,
    elections,
    nominations,
    record_signers,
    register,
    seats,
)
from votingapp.store.drawn_records import Forms
from votingapp.store.record import Edition

if TYPE_CHECKING:
    from board import Board


def count_and_go_on(board: Board, *names: str) -> None:
    """Count a poll of these candidates, and begin all that follows."""
    board.prepare(*names)
    board.store.write(lambda work: withdraw_waiting(work, board))
    board.vote((1,), (1,), (2,), ())
    _count_papers(board)
    board.count()
    _draw_papers(board)
    board.store.write(lambda work: _admit(work, board))
    _compose(board)
    _leave(board)
    board.store.write(lambda work: _record(work, board))


def _count_papers(board: Board) -> None:
    """Two found a paper for each ballot."""
    for member in board.members[:2]:
        recording.enter(board.store, member, board.election, RecordFigures(papers=4, unreadable=0, spoilt=1))
    assert preparing.lay(board.store, board.members[:2], board.now(), (3, 1)) == Taken()


def _draw_papers(board: Board) -> None:
    """A sample of the papers is announced and its dice are rolled; nobody has read any yet."""
    two, throws = board.members[:2], ("364152" * 4,) * 2
    assert preparing.announce(board.store, two, board.now(), 0, 4) == Taken()
    assert preparing.roll(board.store, two, board.now(), throws, ("Vera Vidne", "Viggo Vidne")) == Taken()


def _record(work, board: Board) -> None:
    """The record is drawn up, and one of those who sign it has a password instead of a key."""
    first, *others = record_signers.signers(work.connection, board.now(), board.chair.id)
    signers = (first, *(replace(one, position=None, key=None) for one in others))
    forms, edition = Forms(b"{}", b"%PDF-", b"PK"), Edition(1, work.now, chair=board.chair.id)
    kept = drawn_records.keep(work, board.now(), board.chair, edition, forms, signers)
    work.record(board.election.id, board.chair.login, "record_drawn_up", version=kept.version)


def _compose(board: Board) -> None:
    """The whole council is put together, with somebody of an association and a seat that is vacant."""
    others = (
        Other(None, "Lokale foreninger", SeatKind.APPOINTED, "Fatma Fadel"),
        Other(None, "Byrådet", SeatKind.BYRAAD, ""),
    )
    assert isinstance(composing.compose(board.store, board.secretary, board.now(), others), composing.Composed)


def _leave(board: Board) -> None:
    """The byråd has appointed the elected; one of them stayed away, and gives her seat up; the next is asked."""
    election = board.now()
    board.store.write(lambda work: _appoint(work, board))
    signed = (board.secretary, board.members[1])
    gone = Leaving(Cause.WITHDREW, election.rules.election.term_start, "Brev til sekretariatet")
    left = leaving.leave(board.store, election, 1, gone, signed)
    assert isinstance(left, leaving.Left)
    proposed = Wished(Step.PROPOSED, copenhagen_day(board.store.clock()), "Drøftet på mødet", 0)
    assert stepping.take_step(board.store, election, left.vacancy_id, proposed, signed) == stepping.Taken(
        Progress.PROPOSED
    )
    assert isinstance(asking.ask(board.store, board.secretary, election, left.vacancy_id), asking.AskedNow)


def _appoint(work, board: Board) -> None:
    election = elections.by_id(work.connection, board.election.id)
    first_day = election.rules.election.term_start
    for one in seats.every(work.connection, election.id):
        if one.place.kind is SeatKind.ELECTED and not one.place.is_vacant:
            seats.begin(work, election.id, one, first_day)
    held = seats.tenures(work.connection, election.id)[0]
    absences.add(work, election.id, held.id, first_day, "Kom ikke", board.secretary.id, excused=False)
    work.record(election.id, "test", "appointed")


def _admit(work, board: Board) -> None:
    """Somebody was let in at Bord 1."""
    voter = register.find_by_roll_number(work.connection, board.election.id, 1)
    admissions.add(
        work, board.election.id, voter.id, desk="Bord 1", official_id=board.secretary.id, declaration=DECLARATION
    )
    work.record(board.election.id, "test", "admitted")


def withdraw_waiting(work, board: Board) -> None:
    """Whoever waits for a decision withdraws, so that the ballot can be frozen."""
    decision = Decision(board.secretary.id, board.store.clock())
    for filed in nominations.every(work.connection, board.election.id):
        if filed.state is NominationState.SUBMITTED:
            gone = withdraw(filed.nomination, decision, ballot_fixed=False)
            assert isinstance(gone, Nomination)
            nominations.keep(work.connection, board.election.id, filed.id, gone)
    work.record(board.election.id, "test", "withdrawn")
