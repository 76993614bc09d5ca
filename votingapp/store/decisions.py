"""What was decided about an election as a whole: more time for everybody, no vote needed, a lot for the ballot's order."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from votingapp.store.tables.decisions import ballot_lot, deadline_extension, uncontested_decision

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from tally.rules import RuleSet
    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Extension:
    """A later deadline: which body decided it and why, when it was entered and by which official's id; instants are UTC."""

    decided_at: datetime
    body: str
    reason: str
    closes: datetime
    cure_until: datetime
    entered_by: str

    def apply(self, rules: RuleSet) -> RuleSet:
        """The rule set with these deadlines in the place of its own; text and hash stay those that were adopted."""
        return replace(rules, nomination=replace(rules.nomination, closes=self.closes, cure_until=self.cure_until))


@dataclass(frozen=True, slots=True)
class Uncontested:
    """No more candidates than seats: which body decided that no vote is held, why, and what each candidate was found to be.

    `findings_json` is how eligibility stood at that instant, as the deciding service wrote it.
    """

    decided_at: datetime
    body: str
    reason: str
    findings_json: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class BallotLot:
    """The lot for the order of the ballot: announced with its method and instant, entered as drawn, and confirmed.

    `seed` is "" until a second official has confirmed what the first entered, which is `entered` until then.
    `witnesses` are names, one a line. Instants are UTC, people are officials' ids; `drawn_by` is who entered it.
    """

    method: str
    draw_at: datetime
    announced_at: datetime
    announced_by: str
    entered: str
    seed: str
    witnesses: str
    drawn_at: datetime | None
    drawn_by: str | None


def keep_extension(work: Work, election_id: str, extension: Extension) -> None:
    """Write an extension down; the ones before stay."""
    work.connection.execute(
        insert(deadline_extension).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            decided_at=extension.decided_at,
            body=extension.body,
            reason=extension.reason,
            closes=extension.closes,
            cure_until=extension.cure_until,
            entered_by=extension.entered_by,
        )
    )


def extensions(connection: Connection, election_id: str) -> tuple[Extension, ...]:
    """Every extension of the deadline, by the deadline it gave, which is the order they were decided in."""
    rows = connection.execute(
        select(deadline_extension)
        .where(deadline_extension.c.election_id == election_id)
        .order_by(deadline_extension.c.closes)
    )
    return tuple(_read_extension(row) for row in rows)


def latest_extension(connection: Connection, election_id: str) -> Extension | None:
    """The extension in force, or None: deadlines only ever move to a later instant."""
    return next(reversed(extensions(connection, election_id)), None)


def keep_uncontested(work: Work, election_id: str, decision: Uncontested) -> None:
    """Write down that no vote is held."""
    work.connection.execute(
        insert(uncontested_decision).values(
            election_id=election_id,
            decided_at=decision.decided_at,
            body=decision.body,
            reason=decision.reason,
            findings_json=decision.findings_json,
            entered_by=decision.entered_by,
        )
    )


def uncontested(connection: Connection, election_id: str) -> Uncontested | None:
    """The decision that no vote is held, or None."""
    row = connection.execute(
        select(uncontested_decision).where(uncontested_decision.c.election_id == election_id)
    ).first()
    if row is None:
        return None
    return Uncontested(row.decided_at, row.body, row.reason, row.findings_json, row.entered_by)


def uncontested_at(connection: Connection, election_id: str) -> datetime | None:
    """When it was decided that no vote is held, or None."""
    here = uncontested_decision.c.election_id == election_id
    return connection.execute(select(uncontested_decision.c.decided_at).where(here)).scalar_one_or_none()


def announce_lot(work: Work, election_id: str, method: str, draw_at: datetime, official_id: str) -> None:
    """Announce how and when the order of the ballot will be drawn; there is one lot an election."""
    work.connection.execute(
        insert(ballot_lot).values(
            election_id=election_id,
            method=method,
            draw_at=draw_at,
            announced_at=work.now,
            announced_by=official_id,
        )
    )


def announce_lot_anew(work: Work, election_id: str, method: str, draw_at: datetime, official_id: str) -> None:
    """Put another announcement in the place of one that nothing has been drawn for; the log holds the old one."""
    work.connection.execute(
        update(ballot_lot)
        .where(ballot_lot.c.election_id == election_id, ballot_lot.c.seed.is_(None))
        .values(method=method, draw_at=draw_at, announced_at=work.now, announced_by=official_id)
    )


def enter_seed(work: Work, election_id: str, seed: str, witnesses: str, official_id: str) -> None:
    """Write down what was drawn, to be confirmed."""
    _set_lot(work, election_id, seed=seed, witnesses=witnesses, drawn_by=official_id)


def confirm_seed(work: Work, election_id: str) -> None:
    """Fix what was entered: from now on it is the seed."""
    _set_lot(work, election_id, drawn_at=work.now)


def drop_entered_seed(work: Work, election_id: str) -> None:
    """Take back what was entered wrongly; what was confirmed stays."""
    _set_lot(work, election_id, seed=None, witnesses=None, drawn_by=None)


def _set_lot(work: Work, election_id: str, **values: object) -> None:
    unconfirmed = (ballot_lot.c.election_id == election_id, ballot_lot.c.drawn_at.is_(None))
    work.connection.execute(update(ballot_lot).where(*unconfirmed).values(**values))


def lot_of(connection: Connection, election_id: str) -> BallotLot | None:
    """The lot for the order of the ballot, drawn or not, or None before it is announced."""
    row = connection.execute(select(ballot_lot).where(ballot_lot.c.election_id == election_id)).first()
    return None if row is None else _read_lot(row)


def _read_extension(row: Row[Any]) -> Extension:
    return Extension(row.decided_at, row.body, row.reason, row.closes, row.cure_until, row.entered_by)


def _read_lot(row: Row[Any]) -> BallotLot:
    return BallotLot(
        method=row.method,
        draw_at=row.draw_at,
        announced_at=row.announced_at,
        announced_by=row.announced_by,
        entered="" if row.drawn_at else row.seed or "",
        seed=row.seed if row.drawn_at else "",
        witnesses=row.witnesses or "",
        drawn_at=row.drawn_at,
        drawn_by=row.drawn_by,
    )
