"""What a candidate hands in is filed as it came: what voters will read, and sealed beside it who she is and how to reach her."""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.identity import Identity
from votingapp.store.tables.nominations import nomination as table
from votingapp.store.tables.nominations import nomination_version
from votingapp.store.vault import VaultError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from candidates.nomination import Nomination
    from votingapp.store.nominations import Filed
    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_RECEIPT_PART = 5
_PUBLIC_ID = 8


@dataclass(frozen=True, slots=True)
class Contact:
    """How the secretariat reaches a candidate; kept sealed, never published. The address is for letters alone."""

    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who she is: her CPR number, or the documented birth date of somebody who has none that can be looked up."""

    cpr: Cpr | None
    birth_date: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a candidate sent in: what voters will see, who she is, and her declaration.

    `own_statement` is in the language with the code `own_language`. `group` is asked for only where the rule set
    reserves seats; `declaration` is the id of the text she agreed to, None where the rules ask for none. Consent to
    publication (samtykke) was given, or there is no submission. `applicant_id` is None for a form on paper.
    """

    name: str
    cpr: Cpr | None
    contact: Contact
    statement: str
    declaration: str | None
    group: str | None = None
    own_language: str | None = None
    own_statement: str = ""
    photo_id: str | None = None
    birth_date: date | None = field(default=None, repr=False)
    identity: Identity = Identity.PAPER
    applicant_id: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A nomination was filed under this id, and this is its receipt number (kvitteringsnummer)."""

    nomination_id: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a nomination said to voters from one instant (UTC) to the next change; the first is number 1."""

    number: int
    saved_at: datetime
    name: str
    statement: str
    own_language: str | None
    own_statement: str
    photo_id: str | None


def keep_presentation(submission: Submission, filed: Filed) -> Submission:
    """The submission with what voters read (name, group, texts, photograph) as it was filed before."""
    return replace(
        submission,
        name=filed.name,
        group=filed.group,
        statement=filed.statement,
        own_language=filed.own_language,
        own_statement=filed.own_statement,
        photo_id=filed.photo_id,
    )


def receive(work: Work, election_id: str, submission: Submission, nomination: Nomination) -> Kept:
    """File a nomination that was received in time or late, as its first version."""
    kept = Kept(str(uuid.uuid4()), _unused_receipt(work.connection, election_id))
    declared = submission.declaration is not None
    work.connection.execute(
        insert(table).values(
            id=kept.nomination_id,
            election_id=election_id,
            applicant_id=submission.applicant_id,
            identity=submission.identity.value,
            receipt=kept.receipt,
            public_id=_unused_public_id(work.connection, election_id),
            declaration_text=submission.declaration,
            declared_at=nomination.submitted_at if declared else None,
            consented_at=nomination.submitted_at,
            submitted_at=nomination.submitted_at,
            changed_at=work.now,
            version=1,
            state=nomination.state.value,
            **_particulars(work.vault, election_id, kept.nomination_id, submission),
        )
    )
    _keep_version(work, kept.nomination_id, 1, submission)
    return kept


def change(work: Work, election_id: str, nomination_id: str, submission: Submission, nomination: Nomination) -> int:
    """Put what a candidate sends now in the place of what she sent before, which is kept; return the version's number.

    The instant of submission stays: whoever came in time came in time. Declaration and consent are given anew, and
    who calls herself somebody else must be looked at again.
    """
    here = (table.c.election_id == election_id, table.c.id == nomination_id)
    number: int = work.connection.execute(select(table.c.version).where(*here)).scalar_one() + 1
    declared = submission.declaration is not None
    if not _same_person(work, election_id, nomination_id, submission):
        unchecked = {"identity_checked_at": None, "identity_checked_by": None, "identity_evidence": None}
        work.connection.execute(update(table).where(*here).values(**unchecked))
    work.connection.execute(
        update(table)
        .where(*here)
        .values(
            declaration_text=submission.declaration,
            declared_at=work.now if declared else None,
            consented_at=work.now,
            changed_at=work.now,
            version=number,
            state=nomination.state.value,
            reason=None,
            decided_at=None,
            decided_by=None,
            **_particulars(work.vault, election_id, nomination_id, submission),
        )
    )
    _keep_version(work, nomination_id, number, submission)
    return number


def versions(connection: Connection, nomination_id: str) -> tuple[Version, ...]:
    """Everything a nomination has said to voters, oldest first."""
    rows = connection.execute(
        select(nomination_version)
        .where(nomination_version.c.nomination_id == nomination_id)
        .order_by(nomination_version.c.version)
    )
    return tuple(_read_version(row) for row in rows)


def person_of(connection: Connection, vault: Vault, election_id: str, nomination_id: str) -> Person:
    """Unseal who a candidate is; VaultError when it cannot be opened."""
    sealed = _unseal(connection, vault, election_id, nomination_id, "person")
    birth_date = date.fromisoformat(sealed["birth_date"]) if sealed["birth_date"] else None
    if not sealed["cpr"]:
        return Person(None, birth_date)
    match parse_cpr(sealed["cpr"]):
        case Cpr() as cpr:
            return Person(cpr, birth_date)
        case CprRefusal():
            raise VaultError("what was sealed is no CPR number")


def contact_of(connection: Connection, vault: Vault, election_id: str, nomination_id: str) -> Contact:
    """Unseal how to reach a candidate; VaultError when it cannot be opened."""
    return Contact(**_unseal(connection, vault, election_id, nomination_id, "contact"))


def _same_person(work: Work, election_id: str, nomination_id: str, submission: Submission) -> bool:
    """The name counts too: what was seen, such as a passport, proved that name and no other."""
    name = work.connection.execute(
        select(table.c.name).where(table.c.election_id == election_id, table.c.id == nomination_id)
    ).scalar_one()
    known = person_of(work.connection, work.vault, election_id, nomination_id)
    return (name, known) == (submission.name, Person(submission.cpr, submission.birth_date))


def _particulars(vault: Vault, election_id: str, nomination_id: str, submission: Submission) -> dict[str, object]:
    person = {
        "cpr": submission.cpr.number if submission.cpr else None,
        "birth_date": submission.birth_date.isoformat() if submission.birth_date else None,
    }
    contact = submission.contact
    reach = {"email": contact.email, "phone": contact.phone, "address": contact.address}
    return {
        "name": submission.name,
        "person_sealed": _seal(vault, election_id, nomination_id, "person", person),
        "contact_sealed": _seal(vault, election_id, nomination_id, "contact", reach),
        "cpr_hash": vault.hash_cpr(election_id, submission.cpr.number) if submission.cpr else None,
        "statement": submission.statement,
        "own_language": submission.own_language,
        "own_statement": submission.own_statement,
        "photo_id": submission.photo_id,
        "seat_group": submission.group,
    }


def _keep_version(work: Work, nomination_id: str, number: int, submission: Submission) -> None:
    work.connection.execute(
        insert(nomination_version).values(
            nomination_id=nomination_id,
            version=number,
            saved_at=work.now,
            name=submission.name,
            statement=submission.statement,
            own_language=submission.own_language,
            own_statement=submission.own_statement,
            photo_id=submission.photo_id,
        )
    )


def _unused_receipt(connection: Connection, election_id: str) -> str:
    """A receipt number that nobody can guess: ten signs of thirty-one, none of them easily misread (49 bits)."""
    while True:
        number = "-".join(_signs(_RECEIPT_PART) for _ in range(2))
        if not _is_used(connection, election_id, "receipt", number):
            return number


def _unused_public_id(connection: Connection, election_id: str) -> str:
    """The name of a candidate's public page; it tells nothing of the receipt number."""
    while True:
        found = _signs(_PUBLIC_ID).lower()
        if not _is_used(connection, election_id, "public_id", found):
            return found


def _signs(number: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(number))


def _is_used(connection: Connection, election_id: str, column: str, value: str) -> bool:
    query = select(table.c.id).where(table.c.election_id == election_id, table.c[column] == value)
    return connection.execute(query).first() is not None


def _seal(vault: Vault, election_id: str, nomination_id: str, part: str, content: Mapping[str, str | None]) -> bytes:
    plain = json.dumps(content, ensure_ascii=False).encode()
    return vault.seal(election_id, _purpose(part, nomination_id), plain)


def _unseal(connection: Connection, vault: Vault, election_id: str, nomination_id: str, part: str) -> dict[str, Any]:
    sealed = connection.execute(
        select(table.c[f"{part}_sealed"]).where(table.c.election_id == election_id, table.c.id == nomination_id)
    ).scalar_one()
    opened: dict[str, Any] = json.loads(vault.unseal(election_id, _purpose(part, nomination_id), sealed))
    return opened


def _purpose(part: str, nomination_id: str) -> str:
    return f"nomination-{part}|{nomination_id}"


def _read_version(row: Row[Any]) -> Version:
    return Version(
        number=row.version,
        saved_at=row.saved_at,
        name=row.name,
        statement=row.statement,
        own_language=row.own_language,
        own_statement=row.own_statement,
        photo_id=row.photo_id,
    )
