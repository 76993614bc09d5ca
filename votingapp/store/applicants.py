"""Whoever says who she is before she stands is remembered: the same person is the same applicant when she comes back."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.identity import Identity
from votingapp.store import audit
from votingapp.store.tables.applicants import applicant as table
from votingapp.store.vault import VaultError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault

_PURPOSE = "applicant"


@dataclass(frozen=True, slots=True)
class ByMitid:
    """What a broker vouches for. The name is missing where it is protected; it may be missing for other reasons too."""

    cpr: Cpr
    name: str | None = field(default=None, repr=False)
    protected: bool = False


@dataclass(frozen=True, slots=True)
class ByEmail:
    """What is known of whoever opened a link: that she reads the mail of this address."""

    email: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person who has said who she is at one election and may stand there; `cpr` and `name` are None until vouched for."""

    id: str
    election_id: str
    identity: Identity
    cpr: Cpr | None
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    protected: bool


def find_or_add(work: Work, election_id: str, known: ByMitid | ByEmail) -> Applicant:
    """The applicant whom a broker or a link made known, new or as before, and record that she made herself known.

    Name and protection are taken as the broker states them today: both may have changed since she came last. An
    address that differs from one that is known by capitals alone is the same person's, whatever RFC 5321 allows.
    """
    if isinstance(known, ByEmail):
        known = ByEmail(_known_spelling(work, election_id, known.email))
    identity, digest = _key(work.vault, election_id, known)
    kept = {
        "particulars_sealed": _seal(work.vault, election_id, known),
        "protected": isinstance(known, ByMitid) and known.protected,
    }
    found = work.connection.scalar(
        select(table.c.id).where(
            table.c.election_id == election_id, table.c.identity == identity.value, table.c.identity_hash == digest
        )
    )
    if found is not None:
        work.connection.execute(update(table).where(table.c.id == found).values(**kept))
        applicant_id = str(found)
    else:
        applicant_id = str(uuid.uuid4())
        work.connection.execute(
            insert(table).values(
                id=applicant_id,
                election_id=election_id,
                identity=identity.value,
                identity_hash=digest,
                first_seen_at=work.now,
                **kept,
            )
        )
    work.record(election_id, audit.CANDIDATE, "applicant_identified", applicant=applicant_id, identity=identity.value)
    known_now = find(work.connection, work.vault, applicant_id)
    if known_now is None:
        raise LookupError("the applicant was just kept")
    return known_now


def find(connection: Connection, vault: Vault, applicant_id: str) -> Applicant | None:
    """The applicant with this id; VaultError when the house's key is another one than she was sealed under."""
    row = connection.execute(select(table).where(table.c.id == applicant_id)).first()
    return None if row is None else _read(vault, row)


def _known_spelling(work: Work, election_id: str, email: str) -> str:
    """An address as one applicant of the election wrote it before; as it is where nobody did, or several."""
    here = (table.c.election_id == election_id, table.c.identity == Identity.EMAIL.value)
    known = {_read(work.vault, row).email or "" for row in work.connection.execute(select(table).where(*here))}
    alike = {one for one in known if one.casefold() == email.casefold()}
    return alike.pop() if len(alike) == 1 else email


def _key(vault: Vault, election_id: str, known: ByMitid | ByEmail) -> tuple[Identity, str]:
    match known:
        case ByMitid():
            return Identity.MITID, vault.hash_cpr(election_id, known.cpr.number)
        case ByEmail():
            return Identity.EMAIL, vault.hash_email(election_id, known.email)


def _seal(vault: Vault, election_id: str, known: ByMitid | ByEmail) -> bytes:
    particulars: dict[str, str | None] = {"cpr": None, "name": None, "email": None}
    if isinstance(known, ByMitid):
        particulars |= {"cpr": known.cpr.number, "name": known.name}
    else:
        particulars["email"] = known.email
    return vault.seal(election_id, _PURPOSE, json.dumps(particulars, ensure_ascii=False).encode())


def _read(vault: Vault, row: Row[Any]) -> Applicant:
    particulars = json.loads(vault.unseal(row.election_id, _PURPOSE, row.particulars_sealed))
    return Applicant(
        id=row.id,
        election_id=row.election_id,
        identity=Identity(row.identity),
        cpr=_cpr(particulars["cpr"]),
        name=particulars["name"],
        email=particulars["email"],
        protected=row.protected,
    )


def _cpr(number: str | None) -> Cpr | None:
    if number is None:
        return None
    read = parse_cpr(number)
    if isinstance(read, CprRefusal):
        raise VaultError("a sealed CPR number cannot be read")
    return read
