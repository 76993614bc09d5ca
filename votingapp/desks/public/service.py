"""What the public may see of an election, and how far along its life it has come; nothing of the urn before the close."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from ballots.poll import PollState
from candidates.nomination import NominationObstacle, NominationState, submit
from votingapp.store import (
    ballot_paper,
    certified,
    complaints,
    counts,
    decisions,
    drawn_records,
    elections,
    paper_audits,
    publication,
    urns,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from tally.audit.outcome import AuditOutcome
    from votingapp.desks.public.press import Press
    from votingapp.store.ballot_paper import Line
    from votingapp.store.complaints import Numbers
    from votingapp.store.decisions import BallotLot, Uncontested
    from votingapp.store.elections import Election
    from votingapp.store.publication import Published
    from votingapp.store.unit_of_work import Store


class Phase(StrEnum):
    """Where an election is in its life, as people outside see it; in this order."""

    ANNOUNCED = "announced"
    NOMINATION = "nomination"
    PREPARATION = "preparation"
    FROZEN = "frozen"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    UNCONTESTED = "uncontested"
    """No vote is held; it stands last because none of the steps to a vote is taken any more."""
    ANNULLED = "annulled"
    """It was decided that the election does not stand, however far it had come."""

    @property
    def number(self) -> int:
        """The place in the life of an election, from 0."""
        return tuple(Phase).index(self)


@dataclass(frozen=True, slots=True)
class Announced:
    """An election and the phase it is in."""

    election: Election
    phase: Phase


def announced(store: Store) -> tuple[Announced, ...]:
    """Every election of the house, newest election day first."""
    with store.reading() as connection:
        found = elections.every(connection)
        return tuple(Announced(one, _phase(connection, one, store.clock())) for one in found)


def phase_of(store: Store, election: Election) -> Phase:
    """The phase an election is in now."""
    with store.reading() as connection:
        return _phase(connection, election, store.clock())


def uncontested(store: Store, election: Election) -> Uncontested | None:
    """The decision that no vote is held, or None."""
    with store.reading() as connection:
        return decisions.uncontested(connection, election.id)


def lot(store: Store, election: Election) -> BallotLot | None:
    """The lot for the order of the ballot, as far as it has come; None before it is announced."""
    with store.reading() as connection:
        return decisions.lot_of(connection, election.id)


def complaints_in_figures(store: Store, election: Election) -> Numbers:
    """How many have complained and what became of it; who and of what is not told."""
    with store.reading() as connection:
        return complaints.numbers(connection, election.id)


@dataclass(frozen=True, slots=True)
class Result:
    """What is public of a counted election: the figures and the record, and the names behind the ids in them.

    `set_aside` are the ids of those whose election a decision on a complaint has set aside, whatever the record says.
    """

    published: Published
    record: Mapping[str, Any]
    lines: tuple[Line, ...]
    set_aside: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """Each candidate as the ballot named her, by id."""
        return {line.id: line.label for line in self.lines}

    @property
    def settled(self) -> bool:
        """Whether every lot that the outcome needs has been drawn."""
        return self.published.outcome.allocation.status != "lots_required"


def figures(store: Store, election: Election) -> Published | None:
    """The figures and the seats; None before the board has opened the sum (promise 6)."""
    if election.state is not PollState.CLOSED:
        return None
    with store.reading() as connection:
        return publication.published(connection, election)


def result(store: Store, election: Election, press: Press) -> Result | None:
    """What came out, with what the record says of it; None before the board has opened the sum (promise 6).

    Until the record is drawn up it is drawn for the page: once, and by `press` not again before something has changed.
    """
    published = figures(store, election)
    if published is None:
        return None
    with store.reading() as connection:
        mark = publication.record_mark(connection, election)
        lines = ballot_paper.lines(connection, election.id)
        set_aside = complaints.set_aside(connection, election.id)
    said = press.paper(f"record|{mark}", lambda: _record_said(store, election))
    return Result(published, json.loads(said), lines, set_aside)


def _record_said(store: Store, election: Election) -> bytes:
    with store.reading() as connection:
        said = publication.record_said(connection, election)
    if said is None:
        raise LookupError("an outcome without a record")
    return said


def is_final(store: Store, election: Election) -> bool:
    """Whether nothing can change the outcome any more but the council that appoints."""
    with store.reading() as connection:
        return certified.certified(connection, election, store.clock())


def audit(store: Store, election: Election) -> AuditOutcome | None:
    """What the audit of the booths' papers came to; None where the rules ask for none."""
    with store.reading() as connection:
        return paper_audits.outcome(connection, election)


def has_record(store: Store, election: Election) -> bool:
    """Whether the record is drawn up, of whatever the election came to."""
    with store.reading() as connection:
        return drawn_records.is_drawn_up(connection, election)


def write_archive(store: Store, election: Election, stream: BinaryIO) -> bool:
    """Write the archive as far as everybody may see it; False before the freeze, when there is none."""
    with store.reading() as connection:
        current = elections.by_id(connection, election.id)
        return urns.write_archive(connection, current, stream) is not None


def _phase(connection: Connection, election: Election, now: datetime) -> Phase:
    if election.annulment is not None:
        return Phase.ANNULLED
    if election.uncontested_at is not None:
        return Phase.UNCONTESTED
    match election.state:
        case PollState.PREPARING:
            return _phase_of_nomination(election, now)
        case PollState.FROZEN:
            return Phase.FROZEN
        case PollState.OPEN:
            return Phase.OPEN
        case PollState.CLOSED:
            kept = counts.count_of(connection, election.id)
            return Phase.CLOSED if kept is None or kept.result is None else Phase.COUNTED


def _phase_of_nomination(election: Election, now: datetime) -> Phase:
    received = submit(election.rules.nomination, now)
    if isinstance(received, NominationObstacle):
        return Phase.ANNOUNCED
    return Phase.NOMINATION if received.state is NominationState.SUBMITTED else Phase.PREPARATION
