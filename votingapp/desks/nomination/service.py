"""A nomination comes in: in time, late but kept, or too early; whether somebody has stood before is told to nobody outside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ballots.poll import PollState
from candidates.eligibility import CandidateFacts, judge
from candidates.nomination import Nomination, NominationObstacle, NominationState, submit
from votingapp.store import elections, filing, nominations
from votingapp.web import throttle

if TYPE_CHECKING:
    from datetime import datetime

    from candidates.eligibility import Finding
    from votingapp.store.elections import Election
    from votingapp.store.filing import Submission
    from votingapp.store.nominations import Filed
    from votingapp.store.unit_of_work import Store, Work

_PER_ADDRESS = 30
"""Nominations from one network address within a quarter of an hour: a help evening fits, a flood does not."""

CANDIDATE = "candidate"
"""Who acts, in the log, when nobody is signed in."""


class Window(StrEnum):
    """Whether one can come forward now."""

    NOT_OPEN_YET = "not_open_yet"
    OPEN = "open"
    LATE = "late"
    """Past the deadline: what is sent is kept and shown as refused for lateness."""
    OVER = "over"
    """The poll is closed, and nothing is taken in any more."""


@dataclass(frozen=True, slots=True)
class Received:
    """The nomination is kept under this receipt number (kvitteringsnummer), the late one too."""

    receipt: str


@dataclass(frozen=True, slots=True)
class NotReceived:
    """Nothing is kept, because the window is not open."""

    window: Window


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Too many nominations from one address; nothing is kept."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever holds the receipt number may know.

    `findings` rest on what the candidate stated alone. Residence stays open here whatever the register says: who types
    the number of somebody in hiding must not learn from us in which municipality she lives.
    """

    filed: Filed
    findings: tuple[Finding, ...]


def window_at(election: Election, now: datetime) -> Window:
    """Whether one can come forward at an instant."""
    if election.state is PollState.CLOSED:
        return Window.OVER
    match submit(election.rules.nomination, now):
        case Nomination(state=NominationState.SUBMITTED):
            return Window.OPEN
        case Nomination():
            return Window.LATE
        case NominationObstacle():
            return Window.NOT_OPEN_YET


def stand(store: Store, election: Election, submission: Submission, address: str) -> Received | NotReceived | HeldBack:
    """Take a nomination in.

    A second one with the same CPR number gets the same kind of answer and its own receipt: anything else would tell
    a stranger who has stood. The secretariat sees that they belong together, and can accept only one of them.
    """
    door = f"stand:{address}"[:100]
    if throttle.is_shut(store, door, _PER_ADDRESS):
        return HeldBack()
    outcome = store.write(lambda work: _take_in(work, election, submission))
    throttle.count_failure(store, door)
    return outcome


def receipt(store: Store, election: Election, number: str) -> Receipt | None:
    """What a receipt number stands for at this election, or None."""
    with store.reading() as connection:
        filed = nominations.by_receipt(connection, election.id, number)
        if filed is None:
            return None
        person = filing.person_of(connection, store.vault, election.id, filed.id)
    stated = CandidateFacts(
        cpr=person.cpr,
        birth_date=person.birth_date,
        municipality_code=None,
        declared=filed.declaration,
        identity=filed.identity,
        identity_checked=filed.identity_check is not None,
    )
    return Receipt(filed, judge(stated, election.rules.election, election.rules.eligibility))


def _take_in(work: Work, election: Election, submission: Submission) -> Received | NotReceived:
    current = elections.by_id(work.connection, election.id)
    received = submit(current.rules.nomination, work.now)
    if isinstance(received, NominationObstacle) or current.state is PollState.CLOSED:
        return NotReceived(window_at(current, work.now))
    kept = filing.receive(work, election.id, submission, received)
    state = received.state.value
    work.record(election.id, CANDIDATE, "nomination_received", nomination=kept.nomination_id, state=state)
    return Received(kept.receipt)
