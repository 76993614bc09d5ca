"""Who backs a candidate: asked by a link that only she was sent, confirmed by herself, or entered from the form on paper."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from candidates import proposers as pure
from candidates.cpr import Cpr, CprRefusal, parse_cpr
from candidates.eligibility import CandidateFacts, FindingCode, judge, verdict
from candidates.identity import Identity
from votingapp.store import nominations, register
from votingapp.store.tables.nominations import proposer as table
from votingapp.store.vault import VaultError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Row

    from votingapp.store.elections import Election
    from votingapp.store.register import Resident
    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault

_ASKED_OF_A_VOTER = frozenset({FindingCode.AGE, FindingCode.RESIDENCE, FindingCode.DECLARATION})
"""A proposer is one who may vote; how she made herself known is the link's matter, and her number is in order or not taken."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked to back a candidate, or whom a form on paper names; instants are UTC.

    `cpr` and `confirmed_at` are None until she has confirmed, and again when she takes it back. `declared` is the id of
    the declaration she agreed to, None where the rules ask for none. `entered_by` is the id of the official who keyed her
    in from paper, None where a link was sent; `email` is "" then.
    """

    id: str
    nomination_id: str
    name: str
    email: str = field(repr=False)
    cpr: Cpr | None
    cpr_hash: str | None
    declared: str | None
    asked_at: datetime
    confirmed_at: datetime | None
    entered_by: str | None


@dataclass(frozen=True, slots=True)
class Backing:
    """A proposer as the secretariat sees her: what the register tells, and whether she counts (None: it does not tell).

    `backs_another`: the same number has confirmed for another nomination too; no rule forbids it.
    """

    asked: Asked
    resident: Resident | None
    eligible: bool | None
    is_candidate: bool
    backs_another: bool = False


def ask(work: Work, election_id: str, nomination_id: str, name: str, email: str) -> str:
    """Write down who is asked, and give the token (256 bits) of her link, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    made = str(uuid.uuid4())
    work.connection.execute(
        insert(table).values(
            id=made,
            election_id=election_id,
            nomination_id=nomination_id,
            person_sealed=_seal(work.vault, election_id, made, name, email, None),
            token_sha256=_digest(token),
            asked_at=work.now,
        )
    )
    return token


def enter(
    work: Work, election_id: str, nomination_id: str, name: str, cpr: Cpr, official_id: str, declared: str | None
) -> str:
    """Write down a proposer who signed on paper, keyed in by an official; returns her id."""
    made = str(uuid.uuid4())
    work.connection.execute(
        insert(table).values(
            id=made,
            election_id=election_id,
            nomination_id=nomination_id,
            person_sealed=_seal(work.vault, election_id, made, name, "", cpr),
            asked_at=work.now,
            cpr_hash=work.vault.hash_cpr(election_id, cpr.number),
            declaration_text=declared,
            confirmed_at=work.now,
            entered_by=official_id,
        )
    )
    return made


def by_token(connection: Connection, vault: Vault, election_id: str, token: str) -> Asked | None:
    """Whoever holds the link with this token at this election, or None."""
    query = select(table).where(table.c.election_id == election_id, table.c.token_sha256 == _digest(token))
    row = connection.execute(query).first()
    return None if row is None else _read(vault, row)


def asked_for(connection: Connection, vault: Vault, election_id: str, nomination_id: str) -> tuple[Asked, ...]:
    """Everybody who was asked to back a nomination, confirmed or not, in the order they were asked."""
    query = (
        select(table)
        .where(table.c.election_id == election_id, table.c.nomination_id == nomination_id)
        .order_by(table.c.asked_at, table.c.id)
    )
    return tuple(_read(vault, row) for row in connection.execute(query))


def confirm(work: Work, election_id: str, asked: Asked, cpr: Cpr, declared: str | None) -> None:
    """Write down that she backs the candidate, under her own number; a second time replaces the first."""
    _rewrite(work, election_id, replace(asked, cpr=cpr, declared=declared, confirmed_at=work.now))


def take_back(work: Work, election_id: str, asked: Asked) -> None:
    """Write down that she does not back the candidate any more; her number is forgotten."""
    _rewrite(work, election_id, replace(asked, cpr=None, declared=None, confirmed_at=None))


def remove_entered(work: Work, election_id: str, nomination_id: str) -> None:
    """Take off everybody who was keyed in from paper for a nomination; whoever was sent a link stays."""
    here = (table.c.election_id == election_id, table.c.nomination_id == nomination_id)
    work.connection.execute(delete(table).where(*here, table.c.entered_by.is_not(None)))


def remove(work: Work, election_id: str, nomination_id: str, proposer_id: str) -> bool:
    """Ask somebody no longer: her link opens nothing any more; tells whether there was such a proposer."""
    here = (
        table.c.id == proposer_id,
        table.c.election_id == election_id,
        table.c.nomination_id == nomination_id,
        table.c.entered_by.is_(None),
    )
    return work.connection.execute(delete(table).where(*here)).rowcount > 0


def backing(connection: Connection, vault: Vault, election: Election, nomination_id: str) -> tuple[Backing, ...]:
    """Each proposer of a nomination beside the register extract, in the order they were asked; for the secretariat."""
    filed = nominations.find(connection, election.id, nomination_id)
    own = None if filed is None else filed.cpr_hash
    return tuple(
        _hold(connection, vault, election, own, asked)
        for asked in asked_for(connection, vault, election.id, nomination_id)
    )


def confirmed(
    connection: Connection, vault: Vault, election: Election, nomination_id: str
) -> tuple[pure.Proposer, ...]:
    """The proposers who have confirmed, as the finding counts them: the key is the keyed hash of the CPR number."""
    return tuple(
        pure.Proposer(one.asked.cpr_hash, one.eligible, one.is_candidate)
        for one in backing(connection, vault, election, nomination_id)
        if one.asked.cpr_hash is not None
    )


def _hold(connection: Connection, vault: Vault, election: Election, own_hash: str | None, asked: Asked) -> Backing:
    if asked.cpr is None:
        return Backing(asked, None, eligible=None, is_candidate=False)
    resident = register.find_by_cpr(connection, vault, election.id, asked.cpr)
    facts = CandidateFacts(
        cpr=asked.cpr,
        municipality_code=None if resident is None else resident.municipality_code,
        declared=asked.declared,
        identity=Identity.PAPER if asked.entered_by else Identity.EMAIL,
    )
    findings = judge(facts, election.rules.election, election.rules.eligibility)
    eligible = verdict(finding for finding in findings if finding.code in _ASKED_OF_A_VOTER)
    another = _backs_another(connection, election.id, asked)
    return Backing(asked, resident, eligible, is_candidate=asked.cpr_hash == own_hash, backs_another=another)


def _backs_another(connection: Connection, election_id: str, asked: Asked) -> bool:
    elsewhere = (table.c.election_id == election_id, table.c.nomination_id != asked.nomination_id)
    query = select(table.c.id).where(*elsewhere, table.c.cpr_hash == asked.cpr_hash, table.c.confirmed_at.is_not(None))
    return connection.execute(query.limit(1)).first() is not None


def _rewrite(work: Work, election_id: str, asked: Asked) -> None:
    work.connection.execute(
        update(table)
        .where(table.c.election_id == election_id, table.c.id == asked.id)
        .values(
            person_sealed=_seal(work.vault, election_id, asked.id, asked.name, asked.email, asked.cpr),
            cpr_hash=work.vault.hash_cpr(election_id, asked.cpr.number) if asked.cpr else None,
            declaration_text=asked.declared,
            confirmed_at=asked.confirmed_at,
        )
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _seal(vault: Vault, election_id: str, proposer_id: str, name: str, email: str, cpr: Cpr | None) -> bytes:
    person = {"name": name, "email": email, "cpr": cpr.number if cpr else None}
    return vault.seal(election_id, _purpose(proposer_id), json.dumps(person, ensure_ascii=False).encode())


def _read(vault: Vault, row: Row[Any]) -> Asked:
    person = json.loads(vault.unseal(row.election_id, _purpose(row.id), row.person_sealed))
    return Asked(
        id=row.id,
        nomination_id=row.nomination_id,
        name=person["name"],
        email=person["email"],
        cpr=_cpr(person["cpr"]),
        cpr_hash=row.cpr_hash,
        declared=row.declaration_text,
        asked_at=row.asked_at,
        confirmed_at=row.confirmed_at,
        entered_by=row.entered_by,
    )


def _cpr(number: str | None) -> Cpr | None:
    if number is None:
        return None
    read = parse_cpr(number)
    if isinstance(read, CprRefusal):
        raise VaultError("a sealed CPR number cannot be read")
    return read


def _purpose(proposer_id: str) -> str:
    return f"proposer|{proposer_id}"
