"""Seats that became free (ledige pladser): why, since when, and every step until somebody sits there or it stays vacant.

Words and evidence are sealed: a reason may be an illness or a death, and nobody outside the case has to read it.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from tally.succession import FreeSeat, Passed, Reason
from tally.vacancy import Cause, Course, Progress, Step, course_of
from votingapp.store.tables.members import vacancy, vacancy_step
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: who is proposed (None where nobody is), the day it happened, when (UTC) and by whom it was entered."""

    number: int
    step: Step
    candidate: str | None
    day: date
    at: datetime
    signed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A seat that became free after `left_on`, the last day of whoever sat there; `tenure_id` is None where nobody did."""

    id: str
    seat_id: str
    tenure_id: str | None
    cause: Cause
    left_on: date
    turn: int | None
    at: datetime
    signed_by: tuple[str, str]
    steps: tuple[Taken, ...]

    @property
    def free_from(self) -> date:
        """The first day on which nobody sits there."""
        return self.left_on + timedelta(days=1)

    @property
    def course(self) -> Course:
        """How far it has come."""
        return course_of(one.step for one in self.steps)

    @property
    def asked(self) -> str | None:
        """Who is proposed and has not got the seat yet; None where nobody is."""
        return self.steps[-1].candidate if self.course.progress is Progress.PROPOSED else None

    def as_free(self, number: int) -> FreeSeat:
        """The same as the rules of succession read it, with the number of its seat."""
        return FreeSeat(number, self.free_from, self.asked, self.turn)


@dataclass(frozen=True, slots=True)
class Said:
    """What was written at a step, and, where somebody was proposed, her rank and who was passed over; both were sealed."""

    words: str
    rank: int | None = None
    passed: tuple[Passed, ...] = ()


def every(connection: Connection, election_id: str) -> tuple[Vacancy, ...]:
    """All seats that became free, by the day and then as they were entered."""
    first, second = staff.alias(), staff.alias()
    rows = connection.execute(
        select(vacancy, first.c.name.label("first_name"), second.c.name.label("second_name"))
        .join(first, first.c.id == vacancy.c.entered_by)
        .join(second, second.c.id == vacancy.c.second_id)
        .where(vacancy.c.election_id == election_id)
        .order_by(vacancy.c.left_on, vacancy.c.entered_at, vacancy.c.id)
    )
    steps = _steps(connection, election_id)
    return tuple(_read(row, steps.get(row.id, ())) for row in rows)


def find(connection: Connection, election_id: str, vacancy_id: str) -> Vacancy | None:
    """One of them, or None."""
    return next((one for one in every(connection, election_id) if one.id == vacancy_id), None)


def add(
    work: Work,
    election_id: str,
    seat_id: str,
    tenure_id: str | None,
    left: tuple[Cause, date],
    evidence: str,
    signed_by: tuple[Staff, Staff],
) -> str:
    """Keep that a seat became free, for a cause and after a day, and on what evidence; return its id."""
    made = str(uuid.uuid4())
    official, second = signed_by
    cause, left_on = left
    work.connection.execute(
        insert(vacancy).values(
            id=made,
            election_id=election_id,
            seat_id=seat_id,
            tenure_id=tenure_id,
            cause=cause.value,
            left_on=left_on,
            evidence_sealed=work.vault.seal(election_id, f"vacancy|{made}", evidence.encode()),
            entered_at=work.now,
            entered_by=official.id,
            second_id=second.id,
        )
    )
    return made


def take(
    work: Work,
    election_id: str,
    kept: Vacancy,
    step: tuple[Step, str | None, date],
    said: Said,
    signed_by: tuple[Staff, Staff | None],
) -> None:
    """Keep the next step of a free seat: what, of whom and on which day, and what was said."""
    number = len(kept.steps) + 1
    what, candidate, happened_on = step
    official, second = signed_by
    work.connection.execute(
        insert(vacancy_step).values(
            vacancy_id=kept.id,
            number=number,
            step=what.value,
            candidate=candidate,
            happened_on=happened_on,
            words_sealed=work.vault.seal(election_id, _purpose(kept.id, number), _as_bytes(said)),
            entered_at=work.now,
            entered_by=official.id,
            second_id=None if second is None else second.id,
        )
    )


def set_turns(work: Work, turns: Mapping[str, int]) -> None:
    """Keep which of the seats that became free on one day comes first, by vacancy id, from 1."""
    for vacancy_id, turn in turns.items():
        work.connection.execute(update(vacancy).where(vacancy.c.id == vacancy_id).values(turn=turn))


def evidence_of(connection: Connection, vault: Vault, election_id: str, vacancy_id: str) -> str:
    """Unseal how it is known that the seat became free; VaultError where that cannot be opened."""
    sealed = connection.execute(select(vacancy.c.evidence_sealed).where(vacancy.c.id == vacancy_id)).scalar_one()
    return vault.unseal(election_id, f"vacancy|{vacancy_id}", sealed).decode()


def said_at(connection: Connection, vault: Vault, election_id: str, vacancy_id: str) -> tuple[Said, ...]:
    """Unseal what was said at each step, in order; VaultError where that cannot be opened."""
    rows = connection.execute(
        select(vacancy_step.c.number, vacancy_step.c.words_sealed)
        .where(vacancy_step.c.vacancy_id == vacancy_id)
        .order_by(vacancy_step.c.number)
    )
    return tuple(
        _from_bytes(vault.unseal(election_id, _purpose(vacancy_id, number), sealed)) for number, sealed in rows
    )


def _steps(connection: Connection, election_id: str) -> dict[str, tuple[Taken, ...]]:
    first, second = staff.alias(), staff.alias()
    rows = connection.execute(
        select(vacancy_step, first.c.name.label("first_name"), second.c.name.label("second_name"))
        .join(vacancy, vacancy.c.id == vacancy_step.c.vacancy_id)
        .join(first, first.c.id == vacancy_step.c.entered_by)
        .join(second, second.c.id == vacancy_step.c.second_id, isouter=True)
        .where(vacancy.c.election_id == election_id)
        .order_by(vacancy_step.c.vacancy_id, vacancy_step.c.number)
    )
    found: dict[str, tuple[Taken, ...]] = {}
    for row in rows:
        names = (row.first_name,) if row.second_name is None else (row.first_name, row.second_name)
        taken = Taken(row.number, Step(row.step), row.candidate, row.happened_on, row.entered_at, names)
        found[row.vacancy_id] = (*found.get(row.vacancy_id, ()), taken)
    return found


def _read(row: Row[Any], steps: tuple[Taken, ...]) -> Vacancy:
    return Vacancy(
        id=row.id,
        seat_id=row.seat_id,
        tenure_id=row.tenure_id,
        cause=Cause(row.cause),
        left_on=row.left_on,
        turn=row.turn,
        at=row.entered_at,
        signed_by=(row.first_name, row.second_name),
        steps=steps,
    )


def _purpose(vacancy_id: str, number: int) -> str:
    return f"vacancy-step|{vacancy_id}|{number}"


def _as_bytes(said: Said) -> bytes:
    passed = [[one.candidate, one.rank, one.reason, one.day.isoformat() if one.day else None] for one in said.passed]
    return json.dumps({"words": said.words, "rank": said.rank, "passed": passed}, ensure_ascii=False).encode()


def _from_bytes(raw: bytes) -> Said:
    kept = json.loads(raw)
    passed = (
        Passed(candidate, rank, Reason(reason), None if day is None else date.fromisoformat(day))
        for candidate, rank, reason, day in kept["passed"]
    )
    return Said(kept["words"], kept["rank"], tuple(passed))
