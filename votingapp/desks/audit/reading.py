"""Two officials read each drawn paper, each alone; the sample ends as soon as all that is read confirms the seats."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import TYPE_CHECKING

from tally.audit.readings import Progress, follow
from tally.audit.sampling import Place, first_draws, place_of, positions
from votingapp.desks.audit.steps import AuditObstacle, Hindered, why_not
from votingapp.store import ballot_paper, elections, paper_readings, sample_audits

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tally.audit.readings import Marks
    from votingapp.store.elections import Election
    from votingapp.store.sample_audits import Audit
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work

PORTION = 50
"""So many papers are taken from their batches and read before the next ones are named."""


class Read(StrEnum):
    """What came of reading a paper."""

    WAITING = "waiting"
    """It is kept; another official reads the same paper now."""
    AGREED = "agreed"
    DIFFER = "differ"
    """The two read different things; both read the paper again, and nothing of it is kept."""
    CONFIRMED = "confirmed"
    """All that was read confirms the seats: the sample has ended."""
    UNCONFIRMED = "unconfirmed"
    """All draws that were announced are read, and do not confirm the seats: all papers are counted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper that is to be read: the `draw` that takes it first, where it lies, and how many have read it."""

    draw: int
    place: Place
    readers: int
    read_by_me: bool


def drawn_papers(audit: Audit) -> dict[int, Place]:
    """Where each drawn paper lies, by the draw that takes it first, in the order of the draws; empty before the dice."""
    if audit.announced is None or not audit.digits:
        return {}
    drawn = positions(audit.digits, audit.announced.most_draws, audit.announced.evidence.papers)
    return {draw: place_of(paper, audit.batches) for paper, draw in first_draws(drawn).items()}


def next_papers(connection: Connection, official: Staff, election: Election, audit: Audit) -> tuple[Drawn, ...]:
    """The next papers to be read, by batch and place; the draws come first that come first."""
    read, places = paper_readings.every(connection, election.id), drawn_papers(audit)
    open_draws = [draw for draw in places if len(read.get(draw, {})) < paper_readings.READERS]
    portion = [
        Drawn(draw, places[draw], len(read.get(draw, {})), official.id in read.get(draw, {}))
        for draw in open_draws[:PORTION]
    ]
    return tuple(sorted(portion, key=lambda one: (one.place.batch, one.place.number)))


def progress(connection: Connection, election: Election, audit: Audit) -> Progress | None:
    """How far the sample has come: of the draws, in order, whose papers two have read alike; None before the dice.

    Once it has ended, as it ended.
    """
    if audit.ended is not None or audit.announced is None or not audit.digits:
        return audit.ended
    announced = audit.announced
    agreed = paper_readings.agreed(connection, election.id)
    drawn = positions(audit.digits, announced.most_draws, announced.evidence.papers)
    first = first_draws(drawn)
    read = [agreed[first[paper]] for paper in takewhile(lambda paper: first[paper] in agreed, drawn)]
    return follow(announced.claims, announced.measures, read, announced.risk_limit)


def read(store: Store, official: Staff, election: Election, draw: int, marks: Marks) -> Read | Hindered:
    """Keep what an official read on the paper of a draw; with the second one the two are compared, and the claims asked."""

    def act(work: Work) -> Read | Hindered:
        current = elections.by_id(work.connection, election.id)
        audit = sample_audits.audit_of(work.connection, current.id)
        obstacle = why_not(current) or _why_not_read(work, official, current, audit, draw, marks)
        if obstacle is not None or audit is None:
            return Hindered(obstacle or AuditObstacle.NOT_DRAWING)
        found = _keep(work, official, current, audit, draw, marks)
        work.record(current.id, official.login, "audit_paper_read", draw=draw, outcome=found.value)
        return found

    return store.write(act)


def _why_not_read(
    work: Work, official: Staff, election: Election, audit: Audit | None, draw: int, marks: Marks
) -> AuditObstacle | None:
    if audit is None or not audit.is_drawing:
        return AuditObstacle.NOT_DRAWING
    here = paper_readings.every(work.connection, election.id).get(draw, {})
    if draw not in drawn_papers(audit) or official.id in here or len(here) >= paper_readings.READERS:
        return AuditObstacle.OTHER_DRAW
    standing = {line.id for line in ballot_paper.lines(work.connection, election.id)}
    fits = marks.named <= standing and len(marks.named) <= election.rules.ballot.votes_per_voter
    return None if fits else AuditObstacle.UNFIT_MARKS


def _keep(work: Work, official: Staff, election: Election, audit: Audit, draw: int, marks: Marks) -> Read:
    before = paper_readings.every(work.connection, election.id).get(draw, {})
    if any(other != marks for other in before.values()):
        paper_readings.forget(work, election.id, draw)
        return Read.DIFFER
    paper_readings.keep(work, election.id, draw, official.id, marks)
    if not before:
        return Read.WAITING
    found = progress(work.connection, election, audit)
    if found is None or audit.announced is None:
        return Read.AGREED
    if not found.is_over and found.draws < audit.announced.most_draws:
        return Read.AGREED
    sample_audits.end(work, election.id, found)
    paper_readings.forget(work, election.id)
    return Read.CONFIRMED if found.is_over else Read.UNCONFIRMED
