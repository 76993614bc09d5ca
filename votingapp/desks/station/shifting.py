"""A shift change (vagtskifte): two officials count the slips in the box together, one signs out and the other signs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ballots.slips import Movement
from votingapp.store import elections, ledger, settled, shifts
from votingapp.store.ledger import Entry, Paper
from votingapp.store.settled import ResultKnown

if TYPE_CHECKING:
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Counted:
    """What two officials counted at a desk: `outgoing` is None where she had left, and then `second` counted along.

    `form` is a random UUID of the form that was sent. `ballots` is None where the desk has no ballots of paper.
    """

    form: str
    desk: str
    outgoing: Staff | None
    incoming: Staff
    second: Staff
    slips: int
    ballots: int | None = None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The desk is the incoming official's; each figure is counted less expected, 0 where it comes out."""

    slips: int
    ballots: int = 0


@dataclass(frozen=True, slots=True)
class AlreadyDone:
    """The form was sent twice; the desk has changed hands once."""


def change_shift(store: Store, election: Election, counted: Counted) -> HandedOver | AlreadyDone | ResultKnown:
    """Keep the counts and the handover in one transaction."""

    def act(work: Work) -> HandedOver | AlreadyDone | ResultKnown:
        if ledger.is_written(work.connection, counted.form):
            return AlreadyDone()
        if settled.result_is_known(work.connection, elections.by_id(work.connection, election.id)):
            return ResultKnown()
        expected = {paper: ledger.expected(work.connection, election.id, paper, counted.desk) for paper in Paper}
        _write_count(work, election, counted, Paper.SLIP, counted.slips)
        if counted.ballots is not None:
            _write_count(work, election, counted, Paper.BALLOT, counted.ballots)
        _hand_over(work, election, counted, expected[Paper.SLIP])
        return HandedOver(
            counted.slips - expected[Paper.SLIP],
            0 if counted.ballots is None else counted.ballots - expected[Paper.BALLOT],
        )

    return store.write(act)


def has_paper_ballots(store: Store, election: Election, desk: str) -> bool:
    """Whether the desk was given ballots of paper, which are then counted too."""
    with store.reading() as connection:
        boxes = ledger.boxes(connection, election.id, Paper.BALLOT)
    return any(box.desk == desk and box.received for box in boxes)


def _write_count(work: Work, election: Election, counted: Counted, paper: Paper, number: int) -> None:
    form = counted.form if paper is Paper.SLIP else None
    entry = Entry(Movement.COUNTED, counted.desk, number, counted.incoming.id, counted.second.id, id=form)
    ledger.write(work, election.id, paper, entry)


def _hand_over(work: Work, election: Election, counted: Counted, expected: int) -> None:
    outgoing = counted.outgoing
    handover = shifts.Handover(
        counted.desk, outgoing.id if outgoing else None, counted.incoming.id, counted.slips, expected
    )
    shifts.hand_over(work, election.id, handover)
    work.record(
        election.id,
        counted.incoming.login,
        "shift_changed",
        desk=counted.desk,
        outgoing=outgoing.login if outgoing else None,
        second=counted.second.login,
        slips=counted.slips,
        slips_expected=expected,
        ballots=counted.ballots,
    )
