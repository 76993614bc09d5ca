"""A complaint is entered once and taken from step to step; what decides or closes it is entered by two."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tally.complaints import NEEDS_TWO, Facts, decision_of, judge, next_steps
from tally.deadlines import is_over
from votingapp.store import ballot_paper, complaints, drawn_records, elections, looks, poll_decisions, seats

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from tally.complaints import Caution, Obstacle, Step, StepKind, Subject
    from votingapp.store.ballot_paper import Line
    from votingapp.store.complaints import Complaint, Particulars
    from votingapp.store.elections import Election
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Store, Work


@dataclass(frozen=True, slots=True)
class Written:
    """A complaint as it is entered: `id` is that of the form, `received_at` the UTC instant at which it came."""

    id: str
    received_at: datetime
    subject: Subject
    particulars: Particulars = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """It is kept under this number; entered twice it is one."""

    number: int


@dataclass(frozen=True, slots=True)
class NotCome:
    """Nothing was kept: it is said to have come later than now."""


@dataclass(frozen=True, slots=True)
class Late:
    """Nothing was kept: it came after the deadline, and why was not said."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A complaint, what can be done with it now, and who stood on the ballot."""

    complaint: Complaint
    next_steps: tuple[StepKind, ...]
    candidates: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The step is kept."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """The step was not taken; these stand in the way."""

    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Cautioned:
    """The step was not taken: it is unusual, and nobody said that she had seen why."""

    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """The election has no such complaint."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is entered of a step: by which body ("" where none), in which words, and whether the cautions were seen."""

    body: str
    words: str = field(repr=False)
    cautions_seen: bool = False


def receive(store: Store, official: Staff, election: Election, written: Written) -> Received | NotCome | Late:
    """Take a complaint in, in time or late; any voter may complain, and whether she is one is for the byråd to say."""

    def act(work: Work) -> Received | NotCome | Late:
        before = complaints.number_of(work.connection, election.id, written.id)
        if before is not None:
            return Received(before)
        current = elections.by_id(work.connection, election.id)
        in_time = not is_over(current.complaints_end, written.received_at)
        if written.received_at > work.now:
            return NotCome()
        if not in_time and not written.particulars.late:
            return Late()
        number = complaints.add(
            work,
            election.id,
            official,
            written.id,
            written.received_at,
            written.subject,
            written.particulars,
            in_time=in_time,
        )
        work.record(
            election.id,
            official.login,
            "complaint_received",
            complaint=number,
            received_at=written.received_at.isoformat(),
            in_time=in_time,
            subject=written.subject.value,
        )
        return Received(number)

    return store.write(act)


def see(store: Store, official: Staff, election: Election, complaint_id: str) -> Seen | None:
    """One complaint with who wrote it; the look is written down. None where the election has none with this id."""

    def look(work: Work) -> Seen | None:
        found = complaints.find(work.connection, work.vault, election.id, complaint_id)
        if found is None:
            return None
        looks.note(work, election.id, official.id, looks.What.COMPLAINT)
        return Seen(found, next_steps(found.steps), ballot_paper.lines(work.connection, election.id))

    return store.write(look)


def take_step(
    store: Store, signed_by: tuple[Staff, ...], election: Election, complaint_id: str, step: Step, said: Said
) -> Taken | Hindered | Cautioned | Gone:
    """Keep a step with a complaint; ValueError where one official signs what takes two."""
    if step.kind in NEEDS_TWO and len({one.id for one in signed_by}) < 2:  # noqa: PLR2004 - two persons
        raise ValueError("a complaint is decided and closed by two")

    def act(work: Work) -> Taken | Hindered | Cautioned | Gone:
        found = complaints.find(work.connection, work.vault, election.id, complaint_id)
        if found is None:
            return Gone()
        judged = judge(found.steps, step, _facts(work.connection, election, found, work.now))
        if judged.obstacles:
            return Hindered(judged.obstacles)
        if judged.cautions and not said.cautions_seen:
            return Cautioned(judged.cautions)
        complaints.add_step(work, election.id, found, step, said.body, said.words, signed_by)
        work.record(
            election.id,
            signed_by[0].login,
            "complaint_step",
            complaint=found.number,
            step=step.kind.value,
            day=step.day.isoformat(),
            body=said.body,
            outcome=step.outcome,
            remedy=step.remedy,
            candidate=step.candidate,
            cautions=judged.cautions,
            second=signed_by[1].login if len(signed_by) > 1 else "",
        )
        return Taken()

    return store.write(act)


def _facts(connection: Connection, election: Election, found: Complaint, now: datetime) -> Facts:
    current = elections.by_id(connection, election.id)
    return Facts(
        received_at=found.received_at,
        now=now,
        last_day=current.complaints_end,
        appeal_days=current.rules.complaints.appeal_days,
        drawn_since=_drawn_since(connection, current, found),
        annulled=poll_decisions.annulled(connection, current.id),
        still_sits=_still_sits(connection, current, found),
    )


def _still_sits(connection: Connection, election: Election, found: Complaint) -> bool:
    """Whether whoever the decision that stands sets aside sits, with no last day entered."""
    decision = decision_of(found.steps)
    whose = None if decision is None else decision.candidate
    if whose is None:
        return False
    return any(one.candidate == whose and one.until_on is None for one in seats.tenures(connection, election.id))


def _drawn_since(connection: Connection, election: Election, found: Complaint) -> bool:
    """Whether the record has a version that was drawn up after the decision that stands was entered."""
    decision = decision_of(found.steps)
    entered = [one.entered_at for one in found.kept if one.step is decision]
    version = drawn_records.newest_version(connection, election)
    return bool(entered) and version is not None and version.at > entered[-1]
