"""What a named body decided about the poll as a whole: that it is held on another day (udsat), or does not stand (annulleret).

Like a later deadline these lie over the adopted rules, whose text and hash stay. Each was entered by two officials.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from candidates.clauses import COPENHAGEN
from votingapp.store.tables.poll_decisions import poll_decision
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

    from candidates.rules import ElectionRules
    from tally.rules import RuleSet
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work

ANNULLED, POSTPONED = "annulled", "postponed"


@dataclass(frozen=True, slots=True)
class Annulment:
    """The election does not stand: which body decided it on which day and why, and when (UTC) that was entered."""

    body: str
    reason: str
    decided_on: date
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Postponement:
    """The poll is held at other hours, `opens_at` to `closes_at` (UTC), as a body decided; the rest is as in `Annulment`."""

    body: str
    reason: str
    decided_on: date
    entered_at: datetime
    opens_at: datetime
    closes_at: datetime

    def apply(self, rules: RuleSet) -> RuleSet:
        """The rule set with this day and these hours in the place of its own; text and hash stay those that were adopted."""
        return replace(rules, election=move(rules.election, self.opens_at, self.closes_at))


@dataclass(frozen=True, slots=True)
class Signed:
    """A decision with the names of the two officials who entered it."""

    decision: Annulment | Postponement
    officials: tuple[str, str]


def move(rules: ElectionRules, opens_at: datetime, closes_at: datetime) -> ElectionRules:
    """The rules of an election whose poll is held from one instant to another, both on one Copenhagen day."""
    opens, closes = opens_at.astimezone(COPENHAGEN), closes_at.astimezone(COPENHAGEN)
    return replace(rules, election_day=opens.date(), opens=opens.time(), closes=closes.time())


def keep(work: Work, election_id: str, decision: Annulment | Postponement, signed_by: tuple[Staff, Staff]) -> None:
    """Write a decision down; the ones before stay."""
    hours = (decision.opens_at, decision.closes_at) if isinstance(decision, Postponement) else (None, None)
    official, second = signed_by
    work.connection.execute(
        insert(poll_decision).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            kind=POSTPONED if isinstance(decision, Postponement) else ANNULLED,
            body_name=decision.body,
            reason=decision.reason,
            new_opens_at=hours[0],
            new_closes_at=hours[1],
            decided_on=decision.decided_on,
            entered_at=decision.entered_at,
            entered_by=official.id,
            second_id=second.id,
        )
    )


def annulled(connection: Connection, election_id: str) -> bool:
    """Whether the election does not stand: nothing of it is opened, decrypted or certified any more."""
    return annulment_of(connection, election_id) is not None


def annulment_of(connection: Connection, election_id: str) -> Annulment | None:
    """The decision that the election does not stand, or None."""
    here = (poll_decision.c.election_id == election_id, poll_decision.c.kind == ANNULLED)
    row = connection.execute(select(poll_decision).where(*here)).first()
    return None if row is None else Annulment(row.body_name, row.reason, row.decided_on, row.entered_at)


def every(connection: Connection, election_id: str) -> tuple[Signed, ...]:
    """All decisions about the poll of an election, as they were entered."""
    first, second = staff.alias(), staff.alias()
    rows = connection.execute(
        select(poll_decision, first.c.name.label("first_name"), second.c.name.label("second_name"))
        .join(first, first.c.id == poll_decision.c.entered_by)
        .join(second, second.c.id == poll_decision.c.second_id)
        .where(poll_decision.c.election_id == election_id)
        .order_by(poll_decision.c.entered_at, poll_decision.c.new_opens_at.asc().nulls_last())
    )
    return tuple(Signed(_read(row), (row.first_name, row.second_name)) for row in rows)


def _read(row: Row[Any]) -> Annulment | Postponement:
    said = (row.body_name, row.reason, row.decided_on, row.entered_at)
    return Annulment(*said) if row.kind == ANNULLED else Postponement(*said, row.new_opens_at, row.new_closes_at)
