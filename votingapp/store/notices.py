"""What a candidate was told of a decision about her: kept with the decision, and whether the mail about it has left the house."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from votingapp.store.tables.nominations import notice as table
from votingapp.store.tables.post import message

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from votingapp.store.unit_of_work import Work


class NoticeKind(StrEnum):
    """Which step a candidate is told of."""

    RECEIVED = "received"
    """A form on paper is keyed in: the receipt to hand over (kvittering)."""
    LATE = "late"
    """Received after the deadline, and so refused by the rule itself."""
    DEFECT = "defect"
    """The defect notice (mangelbrev): what is to be mended, and until when."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    EXTENDED = "extended"
    """The deadline was moved, for everybody alike: she who stands has more time too."""
    REINSTATED = "reinstated"
    """Came too late for the old deadline, and in time for the new one."""
    UNCONTESTED = "uncontested"
    """Elected without a vote (fredsvalg), subject to the council."""
    POSTPONED = "postponed"
    """The poll is held on another day; the reason begins with it."""
    ANNULLED = "annulled"
    """The election she stands in does not stand."""
    LINE = "line"
    """The line beside her name on the ballot was set, or taken away; the reason is the line."""


_NO_DECISION = tuple(
    one.value
    for one in (
        NoticeKind.RECEIVED,
        NoticeKind.EXTENDED,
        NoticeKind.POSTPONED,
        NoticeKind.ANNULLED,
        NoticeKind.LINE,
    )
)
"""What is told to a candidate without a decision about her nomination."""


class Delivery(StrEnum):
    """How a notice reaches the candidate."""

    SENT = "sent"
    """By e-mail, and it has left the house."""
    WAITING = "waiting"
    """By e-mail, which has not left the house yet: the letter can be posted instead."""
    FAILED = "failed"
    """By e-mail, which no mail server would take: the letter is to be posted."""
    BY_POST = "by_post"
    """She gave no e-mail: the letter is to be posted."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; instants are UTC.

    `decided_by` is the id of an official, None where the rule itself or the candidate decided. `answer_by` is the
    second until which she can mend her nomination, `complain_by` the end of the last day on which she can complain;
    either is None where the notice asks for no such thing. `opens_presentation`: a defect notice that lets her mend what
    voters read after the deadline too. `sent_at` is when the mail left the house, `given_up_at` when it was clear that it
    never will.
    """

    id: str
    nomination_id: str
    kind: NoticeKind
    reason: str
    decided_at: datetime
    decided_by: str | None
    answer_by: datetime | None
    complain_by: datetime | None
    message_id: str | None
    opens_presentation: bool = False
    sent_at: datetime | None = None
    given_up_at: datetime | None = None

    @property
    def delivery(self) -> Delivery:
        """Whether the mail has left, has still to leave, could not leave, or there is none; then the letter is posted."""
        if self.message_id is None:
            return Delivery.BY_POST
        if self.given_up_at is not None:
            return Delivery.FAILED
        return Delivery.WAITING if self.sent_at is None else Delivery.SENT


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice is to say, before it is kept."""

    kind: NoticeKind
    reason: str
    decided_by: str | None
    answer_by: datetime | None
    complain_by: datetime | None
    opens_presentation: bool = False


def keep(work: Work, election_id: str, nomination_id: str, told: Told, message_id: str | None) -> Notice:
    """Keep a notice in the transaction of the decision it tells of; `message_id` names its mail in the outbox."""
    kept = Notice(
        id=str(uuid.uuid4()),
        nomination_id=nomination_id,
        kind=told.kind,
        reason=told.reason,
        decided_at=work.now,
        decided_by=told.decided_by,
        answer_by=told.answer_by,
        complain_by=told.complain_by,
        message_id=message_id,
        opens_presentation=told.opens_presentation,
    )
    work.connection.execute(
        insert(table).values(
            id=kept.id,
            election_id=election_id,
            nomination_id=nomination_id,
            kind=kept.kind.value,
            reason=kept.reason,
            decided_at=kept.decided_at,
            decided_by=kept.decided_by,
            answer_by=kept.answer_by,
            complain_by=kept.complain_by,
            message_id=message_id,
            opens_presentation=kept.opens_presentation,
        )
    )
    return kept


def find(connection: Connection, election_id: str, nomination_id: str, notice_id: str) -> Notice | None:
    """The notice with this id to this candidate at this election, or None."""
    here = (table.c.election_id == election_id, table.c.nomination_id == nomination_id, table.c.id == notice_id)
    row = connection.execute(_with_mail().where(*here)).first()
    return None if row is None else _read(row)


def of_nomination(connection: Connection, election_id: str, nomination_id: str) -> tuple[Notice, ...]:
    """Everything a candidate has been told of her nomination, oldest first."""
    here = (table.c.election_id == election_id, table.c.nomination_id == nomination_id)
    return tuple(_read(row) for row in connection.execute(_in_order(_with_mail().where(*here))))


def opens_presentation(connection: Connection, election_id: str, nomination_id: str) -> bool:
    """Whether the last defect notice of a nomination lets her mend what voters read; False where there was none."""
    sent = [one for one in of_nomination(connection, election_id, nomination_id) if one.kind is NoticeKind.DEFECT]
    return bool(sent) and sent[-1].opens_presentation


def latest_decisions(connection: Connection, election_id: str) -> dict[str, NoticeKind]:
    """Which decision about her each candidate of an election was told of last, by nomination id."""
    here = (table.c.election_id == election_id, table.c.kind.not_in(_NO_DECISION))
    rows = connection.execute(_in_order(select(table).where(*here)))
    return {row.nomination_id: NoticeKind(row.kind) for row in rows}


def _with_mail() -> Select[Any]:
    return select(table, message.c.sent_at, message.c.given_up_at).outerjoin(
        message, message.c.id == table.c.message_id
    )


def _in_order(query: Select[Any]) -> Select[Any]:
    return query.order_by(table.c.decided_at, table.c.id)


def _read(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        nomination_id=row.nomination_id,
        kind=NoticeKind(row.kind),
        reason=row.reason,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        answer_by=row.answer_by,
        complain_by=row.complain_by,
        message_id=row.message_id,
        opens_presentation=row.opens_presentation,
        sent_at=row.sent_at,
        given_up_at=row.given_up_at,
    )
