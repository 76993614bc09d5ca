"""Meetings from which a member stayed away (udeblivelser), with or without a reason that was told."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from votingapp.store.tables.members import absence

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Absence:
    """One meeting missed by the member of a tenure; `excused` is whether a reason was told, then or later."""

    id: str
    tenure_id: str
    met_on: date
    excused: bool
    afterwards: bool


def every(connection: Connection, election_id: str) -> tuple[Absence, ...]:
    """All of them, by the day of the meeting."""
    rows = connection.execute(
        select(absence).where(absence.c.election_id == election_id).order_by(absence.c.met_on, absence.c.id)
    )
    return tuple(Absence(row.id, row.tenure_id, row.met_on, row.excused, row.excused_at is not None) for row in rows)


def of_tenure(connection: Connection, election_id: str, tenure_id: str) -> tuple[Absence, ...]:
    """Those of one member."""
    return tuple(one for one in every(connection, election_id) if one.tenure_id == tenure_id)


def add(
    work: Work, election_id: str, tenure_id: str, met_on: date, note: str, official_id: str, *, excused: bool
) -> None:
    """Keep that a member stayed away from a meeting; the note is sealed."""
    made = str(uuid.uuid4())
    work.connection.execute(
        insert(absence).values(
            id=made,
            election_id=election_id,
            tenure_id=tenure_id,
            met_on=met_on,
            excused=excused,
            note_sealed=work.vault.seal(election_id, _purpose(made), note.encode()),
            entered_at=work.now,
            entered_by=official_id,
        )
    )


def excuse(work: Work, election_id: str, absence_id: str, note: str, official_id: str) -> None:
    """Keep that a reason was told afterwards; what was noted first is opened, and both are sealed together."""
    before = note_of(work.connection, work.vault, election_id, absence_id)
    both = "\n".join(part for part in (before, note) if part)
    work.connection.execute(
        update(absence)
        .where(absence.c.election_id == election_id, absence.c.id == absence_id)
        .values(
            excused=True,
            note_sealed=work.vault.seal(election_id, _purpose(absence_id), both.encode()),
            excused_at=work.now,
            excused_by=official_id,
        )
    )


def note_of(connection: Connection, vault: Vault, election_id: str, absence_id: str) -> str:
    """Unseal what was noted; VaultError where that cannot be opened."""
    sealed = connection.execute(
        select(absence.c.note_sealed).where(absence.c.election_id == election_id, absence.c.id == absence_id)
    ).scalar_one()
    return vault.unseal(election_id, _purpose(absence_id), sealed).decode()


def _purpose(absence_id: str) -> str:
    return f"absence|{absence_id}"
