"""Stacks are counted from box to box, boxes are counted, and what never came to a voter is made void: in counts, and signed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ballots.poll import PollState
from ballots.slips import Movement
from votingapp.store import devices, elections, ledger, settled, slips
from votingapp.store.devices import Kind
from votingapp.store.ledger import BOARD, Entry, Paper
from votingapp.store.settled import ResultKnown
from votingapp.store.slips import SlipAnswer

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Written:
    """The line stands in the ledger, once, however often its form was sent."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """There are only so many in that box, by the account."""

    there: int


@dataclass(frozen=True, slots=True)
class PollOver:
    """The poll is closed: nothing is handed out or made void any more, only counted and taken back."""


@dataclass(frozen=True, slots=True)
class NotVoided:
    """The slip was not made void; never TAKEN."""

    answer: SlipAnswer


@dataclass(frozen=True, slots=True)
class Signed:
    """Who hands over or writes down, and who signs beside her; `form_id` is the random UUID of the form that was sent."""

    official: Staff
    form_id: str
    second: Staff | None = None

    def line(self, election: Election, paper: Paper, entry: Entry) -> Entry:
        """The line to be written: the same form sent again is the same line, with anything changed it is another one."""
        said = f"{election.id}|{paper.value}|{entry.kind.value}|{entry.desk}|{entry.number}|{entry.note}"
        second_id = None if self.second is None else self.second.id
        return replace(entry, id=str(uuid.uuid5(uuid.UUID(self.form_id), said)), second_id=second_id)


def boxes_of(connection: Connection, election_id: str) -> tuple[str, ...]:
    """The names of the desks that can have a box: those that are joined, and those that ever had a movement."""
    joined = {one.name for one in devices.every(connection, election_id) if one.kind is Kind.DESK and one.is_live}
    moved = {box.desk for paper in Paper for box in ledger.boxes(connection, election_id, paper)}
    return tuple(sorted(joined | moved))


def supply(
    store: Store, election: Election, signed: Signed, kind: Movement, desk: str, number: int, paper: Paper = Paper.SLIP
) -> Written | TooMany | PollOver | ResultKnown:
    """Move a counted stack from the board's box to a desk (TO_DESK) or back (FROM_DESK); both sides sign."""
    line = signed.line(election, paper, Entry(kind, desk, number, signed.official.id))

    def act(work: Work) -> Written | TooMany | PollOver | ResultKnown:
        if _is_written(work, line):
            return Written()
        if _result_is_known(work, election):
            return ResultKnown()
        if kind is Movement.TO_DESK:
            if _is_over(work, election):
                return PollOver()
            there = ledger.expected(work.connection, election.id, paper, BOARD)
            if number > there:
                return TooMany(max(0, there))
        return _write(work, election, paper, signed, line)

    return store.write(act)


def count(
    store: Store,
    election: Election,
    signed: Signed,
    box: str,
    number: int,
    spoiled: int,
    paper: Paper = Paper.SLIP,
) -> Written | ResultKnown:
    """Keep how many were counted in a box and in its envelope, beside how many there should have been at that moment."""
    official = signed.official
    entries = (Entry(Movement.COUNTED, box, number, official.id), Entry(Movement.SPOILED, box, spoiled, official.id))
    counts = [signed.line(election, paper, entry) for entry in entries]

    def act(work: Work) -> Written | ResultKnown:
        fresh = [line for line in counts if not _is_written(work, line)]
        if fresh and _result_is_known(work, election):
            return ResultKnown()
        for line in fresh:
            ledger.write(work, election.id, paper, line)
        if fresh:
            _record(work, election, paper, signed, counts[0], spoiled=spoiled)
        return Written()

    return store.write(act)


def void_slip(
    store: Store, election: Election, signed: Signed, box: str, reason: str, slip: tuple[str, object]
) -> Written | NotVoided | PollOver:
    """Make a slip void that can still be read and never was with a voter: no ballot is ever taken on it."""
    # The slip itself tells whether the form was sent before, so that one form may serve for the next slip.
    entry = Entry(Movement.VOID, box, 1, signed.official.id, note=reason)
    line = replace(signed.line(election, Paper.SLIP, entry), id=None)

    def act(work: Work) -> Written | NotVoided | PollOver:
        if _is_over(work, election):
            return PollOver()
        answer = slips.take_back(work, election, *slip)
        if answer is not SlipAnswer.TAKEN:
            return NotVoided(answer)
        return _write(work, election, Paper.SLIP, signed, line, with_code=True, reason=reason)

    return store.write(act)


def void_unread(
    store: Store, election: Election, signed: Signed, box: str, reason: str, number: int, paper: Paper = Paper.SLIP
) -> Written | TooMany | PollOver:
    """Account for slips that cannot be read, or for paper ballots, as void; two officials sign, for nothing proves it."""
    line = signed.line(election, paper, Entry(Movement.VOID, box, number, signed.official.id, note=reason))

    def act(work: Work) -> Written | TooMany | PollOver:
        if _is_over(work, election):
            return PollOver()
        if _is_written(work, line):
            return Written()
        there = ledger.expected(work.connection, election.id, paper, box)
        if number > there:
            return TooMany(max(0, there))
        return _write(work, election, paper, signed, line, with_code=False, reason=reason)

    return store.write(act)


def _is_over(work: Work, election: Election) -> bool:
    return elections.by_id(work.connection, election.id).state is PollState.CLOSED


def _result_is_known(work: Work, election: Election) -> bool:
    return settled.result_is_known(work.connection, elections.by_id(work.connection, election.id))


def _is_written(work: Work, line: Entry) -> bool:
    return line.id is not None and ledger.is_written(work.connection, line.id)


def _write(work: Work, election: Election, paper: Paper, signed: Signed, line: Entry, **details: object) -> Written:
    ledger.write(work, election.id, paper, line)
    _record(work, election, paper, signed, line, **details)
    return Written()


def _record(work: Work, election: Election, paper: Paper, signed: Signed, line: Entry, **details: object) -> None:
    more = details | ({"second": signed.second.login} if signed.second else {})
    act = f"{paper.value}s_{line.kind.value}"
    work.record(election.id, signed.official.login, act, desk=line.desk, number=line.number, **more)
