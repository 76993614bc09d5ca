"""The nominations of an election: kept as they came in, with what identifies a person sealed, and the decision beside them."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from candidates.ballot_order import BallotEntry, danish_key
from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.nomination import Decision, Nomination, NominationState
from votingapp.store.tables.nominations import nomination as table
from votingapp.store.vault import VaultError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Row
    from sqlalchemy.sql.elements import ColumnElement

    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault

_LIKE_CPR = re.compile(r"(?<!\d)\d{6}[ -]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Contact:
    """How the secretariat reaches a candidate; kept sealed, never published."""

    email: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a candidate sent in: the name and statement as they will be printed, and her declaration.

    `group` is asked for only where the rule set reserves seats; `declaration` is the id of the text she agreed to, None
    where the rules ask for none. Consent to publication (samtykke) was given, or there is no submission.
    """

    name: str
    cpr: Cpr
    contact: Contact
    statement: str
    declaration: str | None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A nomination as it lies in the file (anmeldelse), without what is sealed; instants are UTC."""

    id: str
    receipt: str
    name: str
    line: str
    statement: str
    group: str | None
    declaration: str | None
    declared_at: datetime | None
    consented_at: datetime
    cpr_hash: str
    ballot_number: int | None
    nomination: Nomination

    @property
    def state(self) -> NominationState:
        """Where the nomination stands."""
        return self.nomination.state

    @property
    def entry(self) -> BallotEntry:
        """The candidate as she would stand on the ballot."""
        return BallotEntry(self.receipt, self.name, self.line)


def receive(work: Work, election_id: str, receipt: str, submission: Submission, nomination: Nomination) -> str | None:
    """File a nomination that was received in time or late; return its id, None when the receipt number is taken."""
    if by_receipt(work.connection, election_id, receipt) is not None:
        return None
    nomination_id = str(uuid.uuid4())
    contact = json.dumps({"email": submission.contact.email, "phone": submission.contact.phone}, ensure_ascii=False)
    work.connection.execute(
        insert(table).values(
            id=nomination_id,
            election_id=election_id,
            receipt=receipt,
            name=submission.name,
            cpr_sealed=work.vault.seal(election_id, _purpose("cpr", nomination_id), submission.cpr.number.encode()),
            contact_sealed=work.vault.seal(election_id, _purpose("contact", nomination_id), contact.encode()),
            cpr_hash=work.vault.hash_cpr(election_id, submission.cpr.number),
            statement=submission.statement,
            seat_group=submission.group,
            declaration_text=submission.declaration,
            declared_at=None if submission.declaration is None else nomination.submitted_at,
            consented_at=nomination.submitted_at,
            submitted_at=nomination.submitted_at,
            state=nomination.state.value,
        )
    )
    return nomination_id


def find(connection: Connection, election_id: str, nomination_id: str) -> Filed | None:
    """The nomination with this id at this election, or None."""
    return _first(connection, election_id, table.c.id == nomination_id)


def by_receipt(connection: Connection, election_id: str, receipt: str) -> Filed | None:
    """The nomination with this receipt number at this election, or None."""
    return _first(connection, election_id, table.c.receipt == receipt)


def every(connection: Connection, election_id: str) -> tuple[Filed, ...]:
    """All nominations of an election, the late and the withdrawn too, in the order they came in."""
    rows = connection.execute(
        select(table).where(table.c.election_id == election_id).order_by(table.c.submitted_at, table.c.id)
    )
    return tuple(_read(row) for row in rows)


def of_same_person(connection: Connection, election_id: str, filed: Filed) -> tuple[Filed, ...]:
    """The other nominations with the same CPR number: a person stands once, whoever sent them in."""
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


def keep(connection: Connection, election_id: str, nomination_id: str, nomination: Nomination) -> None:
    """Write down where a nomination stands now and who decided it (`decided_by` is the official's id)."""
    decision = nomination.decision
    connection.execute(
        update(table)
        .where(table.c.election_id == election_id, table.c.id == nomination_id)
        .values(
            state=nomination.state.value,
            reason=decision.reason if decision else None,
            decided_at=decision.decided_at if decision else None,
            decided_by=decision.decided_by if decision else None,
        )
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


def cpr_of(connection: Connection, vault: Vault, election_id: str, nomination_id: str) -> Cpr:
    """Unseal a candidate's CPR number; VaultError when it cannot be opened."""
    number = _unseal(connection, vault, election_id, nomination_id, "cpr")
    match parse_cpr(number):
        case Cpr() as cpr:
            return cpr
        case CprRefusal():
            raise VaultError("what was sealed is no CPR number")


def contact_of(connection: Connection, vault: Vault, election_id: str, nomination_id: str) -> Contact:
    """Unseal how to reach a candidate; VaultError when it cannot be opened."""
    return Contact(**json.loads(_unseal(connection, vault, election_id, nomination_id, "contact")))


def blank_out_cpr(text: str) -> str:
    """A free text with whatever reads as a CPR number made illegible; such a text is neither kept nor shown in clear."""
    return _LIKE_CPR.sub(lambda found: _illegible(found.group()), text)


def _illegible(found: str) -> str:
    read = parse_cpr(found)
    return "••••••-••••" if isinstance(read, Cpr) or read is CprRefusal.REPLACEMENT_NUMBER else found


def _unseal(connection: Connection, vault: Vault, election_id: str, nomination_id: str, part: str) -> str:
    sealed = connection.execute(
        select(table.c[f"{part}_sealed"]).where(table.c.election_id == election_id, table.c.id == nomination_id)
    ).scalar_one()
    return vault.unseal(election_id, _purpose(part, nomination_id), sealed).decode()


def _purpose(part: str, nomination_id: str) -> str:
    return f"nomination-{part}|{nomination_id}"


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
        receipt=row.receipt,
        name=row.name,
        line=row.distinguishing_line or "",
        statement=row.statement,
        group=row.seat_group,
        declaration=row.declaration_text,
        declared_at=row.declared_at,
        consented_at=row.consented_at,
        cpr_hash=row.cpr_hash,
        ballot_number=row.ballot_number,
        nomination=Nomination(NominationState(row.state), row.submitted_at, decision),
    )
