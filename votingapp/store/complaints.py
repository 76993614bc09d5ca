"""Complaints (valgklager) as the house keeps them: who complains and what she writes is sealed, how far it has come is not."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from tally.complaints import (
    Outcome,
    Remedy,
    State,
    Step,
    StepKind,
    Subject,
    appeal_until,
    decision_of,
    is_open,
    state_of,
)
from votingapp.store.tables.complaints import complaint, complaint_step
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is sealed: who complains and how to reach her ("" where she did not say), her words, and why it came late."""

    who: str = field(repr=False)
    contact: str = field(repr=False)
    words: str = field(repr=False)
    late: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step as it was entered at a UTC instant: what was said of it, by which body, and the names of one or two officials."""

    step: Step
    body: str
    words: str = field(repr=False)
    entered_at: datetime
    officials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint: its number in the order of entry, the UTC instant at which it came, and whether that was in time."""

    id: str
    number: int
    received_at: datetime
    in_time: bool
    subject: Subject
    entered_at: datetime
    entered_by: str
    particulars: Particulars
    kept: tuple[KeptStep, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was done, as the rule judges it."""
        return tuple(one.step for one in self.kept)

    @property
    def state(self) -> State:
        """How far it has come."""
        return state_of(self.steps)

    @property
    def is_open(self) -> bool:
        """Whether anything final waits for it."""
        return is_open(self.steps)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Complaints in figures, for everybody: who complained of what is not told."""

    received: int = 0
    late: int = 0
    open: int = 0
    rejected: int = 0
    corrected: int = 0
    new_election: int = 0
    withdrawn: int = 0


def add(
    work: Work,
    election_id: str,
    official: Staff,
    complaint_id: str,
    received_at: datetime,
    subject: Subject,
    particulars: Particulars,
    *,
    in_time: bool,
) -> int:
    """Keep a complaint and answer its number; the caller records it, by that number and none of her words."""
    last = select(func.max(complaint.c.number)).where(complaint.c.election_id == election_id)
    number = (work.connection.execute(last).scalar() or 0) + 1
    work.connection.execute(
        insert(complaint).values(
            id=complaint_id,
            election_id=election_id,
            number=number,
            received_at=received_at,
            in_time=in_time,
            subject=subject.value,
            sealed=_seal(work.vault, election_id, complaint_id, "particulars", asdict(particulars)),
            entered_at=work.now,
            entered_by=official.id,
        )
    )
    return number


def add_step(
    work: Work, election_id: str, found: Complaint, step: Step, body: str, words: str, signed_by: tuple[Staff, ...]
) -> None:
    """Keep a step that one official took, or two together."""
    first, *others = signed_by
    number = len(found.kept) + 1
    work.connection.execute(
        insert(complaint_step).values(
            complaint_id=found.id,
            number=number,
            step=step.kind.value,
            met_on=step.day,
            body_name=body or None,
            outcome=None if step.outcome is None else step.outcome.value,
            remedy=None if step.remedy is None else step.remedy.value,
            candidate=step.candidate,
            words_sealed=_seal(work.vault, election_id, found.id, f"step-{number}", {"words": words}),
            entered_at=work.now,
            entered_by=first.id,
            second_id=others[0].id if others else None,
        )
    )


def number_of(connection: Connection, election_id: str, complaint_id: str) -> int | None:
    """The number of a complaint that stands already, because its form was sent twice; None where it does not."""
    here = select(complaint.c.number).where(complaint.c.election_id == election_id, complaint.c.id == complaint_id)
    return connection.execute(here).scalar()


def every(connection: Connection, vault: Vault, election_id: str) -> tuple[Complaint, ...]:
    """All complaints of an election, by number."""
    rows = connection.execute(_COMPLAINTS.where(complaint.c.election_id == election_id).order_by(complaint.c.number))
    return tuple(_read(connection, vault, row) for row in rows.all())


def find(connection: Connection, vault: Vault, election_id: str, complaint_id: str) -> Complaint | None:
    """One complaint, or None where the election has none with this id."""
    here = (complaint.c.election_id == election_id, complaint.c.id == complaint_id)
    row = connection.execute(_COMPLAINTS.where(*here)).first()
    return None if row is None else _read(connection, vault, row)


def any_open(connection: Connection, election_id: str) -> bool:
    """Whether a complaint is not settled: nothing is certified for good and nothing is deleted while one is.

    Ask in the very transaction that certifies or deletes: on both databases a complaint that is entered meanwhile stands
    either before it, and is seen, or after it.
    """
    return any(is_open(steps) for _received, steps in _bare(connection, election_id))


def numbers(connection: Connection, election_id: str) -> Numbers:
    """The complaints of an election in figures."""
    found = list(_bare(connection, election_id))
    closed = [steps for _late, steps in found if not is_open(steps)]
    decided = [decision.outcome for steps in closed if (decision := decision_of(steps)) is not None]
    return Numbers(
        received=len(found),
        late=sum(late for late, _steps in found),
        open=len(found) - len(closed),
        rejected=decided.count(Outcome.REJECTED),
        corrected=decided.count(Outcome.CORRECTED),
        new_election=decided.count(Outcome.NEW_ELECTION),
        withdrawn=sum(state_of(steps) is State.WITHDRAWN for steps in closed),
    )


def appeals_end(connection: Connection, election_id: str, appeal_days: int) -> date | None:
    """The last day on which any decision can still be brought before another authority.

    None where nothing was decided, and where the rules give no days for it (`appeal_days` 0): then nothing waits.
    """
    if not appeal_days:
        return None
    days = [appeal_until(steps, appeal_days) for _late, steps in _bare(connection, election_id)]
    return max((day for day in days if day is not None), default=None)


def asked(connection: Connection, election_id: str) -> tuple[Step, ...]:
    """The decisions on complaints that stand and have not been carried out: what the house has still to do."""
    return tuple(
        decision
        for _late, steps in _bare(connection, election_id)
        if state_of(steps) is State.DECIDED and is_open(steps) and (decision := decision_of(steps)) is not None
    )


def set_aside(connection: Connection, election_id: str) -> tuple[str, ...]:
    """The candidates (c7) whose election was set aside by a decision that stands, each once: their substitutes enter (§ 96)."""
    decisions = (decision_of(steps) for _late, steps in _bare(connection, election_id))
    named = (one.candidate for one in decisions if one is not None and one.remedy is Remedy.SUBSTITUTE)
    return tuple(dict.fromkeys(candidate for candidate in named if candidate))


_COMPLAINTS = select(complaint, staff.c.name.label("official")).join(staff, staff.c.id == complaint.c.entered_by)


def _bare(connection: Connection, election_id: str) -> Iterable[tuple[bool, tuple[Step, ...]]]:
    """Of each complaint whether it came late, and its steps; nothing is unsealed."""
    query = select(complaint.c.id, complaint.c.in_time).where(complaint.c.election_id == election_id)
    in_time = {row.id: row.in_time for row in connection.execute(query)}
    steps: dict[str, list[Step]] = {complaint_id: [] for complaint_id in in_time}
    rows = connection.execute(
        select(complaint_step)
        .join(complaint, complaint.c.id == complaint_step.c.complaint_id)
        .where(complaint.c.election_id == election_id)
        .order_by(complaint_step.c.complaint_id, complaint_step.c.number)
    )
    for row in rows:
        steps[row.complaint_id].append(_read_step(row))
    return [(not punctual, tuple(steps[complaint_id])) for complaint_id, punctual in in_time.items()]


def _read(connection: Connection, vault: Vault, row: Row[Any]) -> Complaint:
    opened = _unseal(vault, row.election_id, row.id, "particulars", row.sealed)
    return Complaint(
        id=row.id,
        number=row.number,
        received_at=row.received_at,
        in_time=row.in_time,
        subject=Subject(row.subject),
        entered_at=row.entered_at,
        entered_by=row.official,
        particulars=Particulars(**opened),
        kept=_kept_steps(connection, vault, row.election_id, row.id),
    )


def _kept_steps(connection: Connection, vault: Vault, election_id: str, complaint_id: str) -> tuple[KeptStep, ...]:
    first, second = staff.alias(), staff.alias()
    rows = connection.execute(
        select(complaint_step, first.c.name.label("first_name"), second.c.name.label("second_name"))
        .join(first, first.c.id == complaint_step.c.entered_by)
        .join(second, second.c.id == complaint_step.c.second_id, isouter=True)
        .where(complaint_step.c.complaint_id == complaint_id)
        .order_by(complaint_step.c.number)
    )
    return tuple(
        KeptStep(
            step=_read_step(row),
            body=row.body_name or "",
            words=_unseal(vault, election_id, complaint_id, f"step-{row.number}", row.words_sealed)["words"],
            entered_at=row.entered_at,
            officials=tuple(name for name in (row.first_name, row.second_name) if name),
        )
        for row in rows
    )


def _read_step(row: Row[Any]) -> Step:
    return Step(
        kind=StepKind(row.step),
        day=row.met_on,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        remedy=None if row.remedy is None else Remedy(row.remedy),
        candidate=row.candidate,
    )


def _seal(vault: Vault, election_id: str, complaint_id: str, part: str, content: dict[str, str]) -> bytes:
    return vault.seal(election_id, f"complaint|{complaint_id}|{part}", json.dumps(content, ensure_ascii=False).encode())


def _unseal(vault: Vault, election_id: str, complaint_id: str, part: str, sealed: bytes) -> dict[str, str]:
    opened: dict[str, str] = json.loads(vault.unseal(election_id, f"complaint|{complaint_id}|{part}", sealed))
    return opened
