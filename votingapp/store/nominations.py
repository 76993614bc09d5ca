"""The nominations of an election: kept as they came in, found again, and the decision written beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from candidates.ballot_order import BallotEntry, danish_key
from candidates.identity import Identity
from candidates.nomination import Decision, Nomination, NominationState
from votingapp.store.tables.nominations import nomination as table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row
    from sqlalchemy.sql.elements import ColumnElement

    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """An official (her id) has seen who the candidate is: when, and on what evidence."""

    checked_by: str
    checked_at: datetime
    evidence: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A nomination as it lies in the file (anmeldelse), without what is sealed; instants are UTC.

    `public_id` names its public page, `receipt` is known to the candidate alone. `applicant_id` is None for a form
    on paper, `cpr_hash` for a person without a number that can be looked up. `version` counts from 1.
    """

    id: str
    applicant_id: str | None
    identity: Identity
    identity_check: IdentityCheck | None
    receipt: str
    public_id: str
    name: str
    line: str
    statement: str
    own_language: str | None
    own_statement: str
    photo_id: str | None
    group: str | None
    declaration: str | None
    declared_at: datetime | None
    consented_at: datetime
    cpr_hash: str | None
    version: int
    changed_at: datetime
    ballot_number: int | None
    nomination: Nomination

    @property
    def state(self) -> NominationState:
        """Where the nomination stands."""
        return self.nomination.state

    @property
    def is_vouched(self) -> bool:
        """Whether it is known for sure, or an official has seen, that she is the person whose number stands in it."""
        return self.identity.is_certain or self.identity_check is not None

    @property
    def entry(self) -> BallotEntry:
        """The candidate as she would stand on the ballot."""
        return BallotEntry(self.receipt, self.name, self.line, self.public_id)


def find(connection: Connection, election_id: str, nomination_id: str) -> Filed | None:
    """The nomination with this id at this election, or None."""
    return _first(connection, election_id, table.c.id == nomination_id)


def by_receipt(connection: Connection, election_id: str, receipt: str) -> Filed | None:
    """The nomination with this receipt number at this election, or None."""
    return _first(connection, election_id, table.c.receipt == receipt)


def by_public_id(connection: Connection, election_id: str, public_id: str) -> Filed | None:
    """The nomination whose public page has this name at this election, or None."""
    return _first(connection, election_id, table.c.public_id == public_id)


def of_applicant(connection: Connection, election_id: str, applicant_id: str) -> Filed | None:
    """The latest nomination of an applicant, withdrawn or late as it may be, or None."""
    rows = connection.execute(
        select(table)
        .where(table.c.election_id == election_id, table.c.applicant_id == applicant_id)
        .order_by(table.c.submitted_at.desc(), table.c.id)
        .limit(1)
    )
    row = rows.first()
    return None if row is None else _read(row)


def every(connection: Connection, election_id: str) -> tuple[Filed, ...]:
    """All nominations of an election, the late and the withdrawn too, in the order they came in."""
    rows = connection.execute(
        select(table).where(table.c.election_id == election_id).order_by(table.c.submitted_at, table.c.id)
    )
    return tuple(_read(row) for row in rows)


def of_same_person(connection: Connection, election_id: str, filed: Filed) -> tuple[Filed, ...]:
    """The other nominations with the same CPR number: a person stands once, whoever sent them in."""
    if filed.cpr_hash is None:
        return ()
    return tuple(
        other for other in every(connection, election_id) if other.cpr_hash == filed.cpr_hash and other.id != filed.id
    )


def accepted(connection: Connection, election_id: str) -> tuple[Filed, ...]:
    """The accepted candidates: by ballot number once the ballot is fixed, before that in the order of the alphabet."""
    rows = connection.execute(
        select(table).where(table.c.election_id == election_id, table.c.state == NominationState.ACCEPTED.value)
    )
    return tuple(sorted((_read(row) for row in rows), key=_place))


def count_by_state(connection: Connection, election_id: str) -> Mapping[NominationState, int]:
    """How many nominations stand in each state; every state is there."""
    rows = connection.execute(
        select(table.c.state, func.count()).where(table.c.election_id == election_id).group_by(table.c.state)
    )
    found: dict[str, int] = {state: number for state, number in rows}  # noqa: C416 - a row is no pair to mypy
    return {state: found.get(state.value, 0) for state in NominationState}


def count_undecided(connection: Connection, election_id: str) -> int:
    """How many nominations still wait for a decision, those that were sent back to be mended among them."""
    found = count_by_state(connection, election_id)
    return found[NominationState.SUBMITTED] + found[NominationState.RETURNED]


def keep(connection: Connection, election_id: str, nomination_id: str, nomination: Nomination) -> None:
    """Write down where a nomination stands now and who decided it: an official's id, "" for the candidate herself."""
    decision = nomination.decision
    connection.execute(
        update(table)
        .where(table.c.election_id == election_id, table.c.id == nomination_id)
        .values(
            state=nomination.state.value,
            reason=decision.reason if decision else None,
            decided_at=decision.decided_at if decision else None,
            decided_by=(decision.decided_by or None) if decision else None,
        )
    )


def note_identity(work: Work, election_id: str, nomination_id: str, official_id: str, evidence: str) -> None:
    """Write down that an official has seen who a candidate is, and on what evidence."""
    work.connection.execute(
        update(table)
        .where(table.c.election_id == election_id, table.c.id == nomination_id)
        .values(identity_checked_at=work.now, identity_checked_by=official_id, identity_evidence=evidence)
    )


def set_line(connection: Connection, election_id: str, nomination_id: str, line: str) -> None:
    """Give a candidate the line that tells her from another of almost the same name; "" takes it away."""
    connection.execute(
        update(table)
        .where(table.c.election_id == election_id, table.c.id == nomination_id)
        .values(distinguishing_line=line or None)
    )


def set_ballot_numbers(connection: Connection, election_id: str, receipts: Sequence[str]) -> None:
    """Number the accepted candidates from 1 in this order, which is the order of the ballot."""
    for number, receipt in enumerate(receipts, 1):
        connection.execute(
            update(table)
            .where(table.c.election_id == election_id, table.c.receipt == receipt)
            .values(ballot_number=number)
        )


def _place(filed: Filed) -> tuple[object, ...]:
    # The receipt is last only so that two entries that read the same do not jump about on a page.
    return filed.ballot_number or 0, danish_key(filed.name), danish_key(filed.line), filed.receipt


def _first(connection: Connection, election_id: str, condition: ColumnElement[bool]) -> Filed | None:
    row = connection.execute(select(table).where(table.c.election_id == election_id, condition)).first()
    return None if row is None else _read(row)


def _read(row: Row[Any]) -> Filed:
    decided = row.decided_at is not None
    decision = Decision(row.decided_by or "", row.decided_at, row.reason or "") if decided else None
    return Filed(
        id=row.id,
        applicant_id=row.applicant_id,
        identity=Identity(row.identity),
        identity_check=_read_check(row),
        receipt=row.receipt,
        public_id=row.public_id,
        name=row.name,
        line=row.distinguishing_line or "",
        statement=row.statement,
        own_language=row.own_language,
        own_statement=row.own_statement,
        photo_id=row.photo_id,
        group=row.seat_group,
        declaration=row.declaration_text,
        declared_at=row.declared_at,
        consented_at=row.consented_at,
        cpr_hash=row.cpr_hash,
        version=row.version,
        changed_at=row.changed_at,
        ballot_number=row.ballot_number,
        nomination=Nomination(NominationState(row.state), row.submitted_at, decision),
    )


def _read_check(row: Row[Any]) -> IdentityCheck | None:
    if row.identity_checked_at is None:
        return None
    return IdentityCheck(row.identity_checked_by, row.identity_checked_at, row.identity_evidence)
