"""What the byråd ruled of each person who was proposed to it, in the words of its minutes; nothing of it is taken back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from tally.council import Answer, SeatKind
from votingapp.store import seats
from votingapp.store.tables.council import ruling

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

    from votingapp.store.seats import Seat
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that ruled: its day, the body, the number of the case, and the words of the minutes."""

    met_on: date
    body: str
    case_number: str
    words: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """One person's answer; `candidate` is her id at the count (c7), None where she did not stand. `at` (UTC): when entered."""

    id: str
    seat_id: str
    candidate: str | None
    name: str
    answer: Answer
    meeting: Meeting
    at: datetime


def keep(work: Work, election_id: str, ruled: Seat, answer: Answer, meeting: Meeting, by: tuple[Staff, Staff]) -> None:
    """Keep the answer about whoever is proposed for a seat, entered by one and confirmed by another; the caller records it."""
    official, second = by
    last = select(func.max(ruling.c.number)).where(ruling.c.election_id == election_id)
    work.connection.execute(
        insert(ruling).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            number=(work.connection.scalar(last) or 0) + 1,
            seat_id=ruled.id,
            met_on=meeting.met_on,
            body_name=meeting.body,
            case_number=meeting.case_number,
            candidate=ruled.place.candidate,
            name=ruled.place.name,
            answer=answer.value,
            words=meeting.words,
            ruled_at=work.now,
            entered_by=official.id,
            second_id=second.id,
        )
    )


def every(connection: Connection, election_id: str) -> tuple[Ruling, ...]:
    """All rulings in the order in which they were entered."""
    here = select(ruling).where(ruling.c.election_id == election_id).order_by(ruling.c.number)
    return tuple(_read(row) for row in connection.execute(here))


def newest(connection: Connection, election_id: str) -> dict[str, Ruling]:
    """The ruling that counts for each seat, by the seat's id."""
    return {one.seat_id: one for one in every(connection, election_id)}


def everybody_is_answered(connection: Connection, election_id: str) -> bool:
    """Whether the byråd has answered for good about everybody whom the election gave a seat; False before a council stands."""
    places = seats.every(connection, election_id)
    answers = newest(connection, election_id)
    elected = [one for one in places if one.place.kind is SeatKind.ELECTED and not one.place.is_vacant]
    return bool(places) and all(one.id in answers and answers[one.id].answer is not Answer.RETURNED for one in elected)


def of_candidates(connection: Connection, election_id: str) -> dict[str, Answer]:
    """The newest answer about each candidate who was proposed, by her id at the count (c7)."""
    return {one.candidate: one.answer for one in every(connection, election_id) if one.candidate is not None}


def _read(row: Row[Any]) -> Ruling:
    meeting = Meeting(row.met_on, row.body_name, row.case_number, row.words)
    return Ruling(row.id, row.seat_id, row.candidate, row.name, Answer(row.answer), meeting, row.ruled_at)
