"""What a candidate has begun to write waits for her, sealed, until she sends it or thinks better of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from votingapp.store.tables.nominations import nomination_draft as table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in each field of the form, as it was typed; "" where nothing does.

    `cpr` is ten digits that name a date of birth, or "". Declaration and consent are no part of a draft: they are given
    when it is sent.
    """

    name: str = ""
    cpr: str = field(default="", repr=False)
    email: str = ""
    phone: str = ""
    address: str = ""
    group: str = ""
    statement: str = ""
    own_language: str = ""
    other_language: str = ""
    own_statement: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft (kladde) and when it was saved last (UTC)."""

    content: Content
    saved_at: datetime


def keep(work: Work, election_id: str, applicant_id: str, content: Content, photo_id: str | None) -> None:
    """Put a draft in the place of the applicant's former one; there is one of hers at most."""
    kept = {
        "content_sealed": work.vault.seal(election_id, _purpose(applicant_id), _write(content)),
        "photo_id": photo_id,
        "saved_at": work.now,
    }
    here = (table.c.applicant_id == applicant_id, table.c.election_id == election_id)
    if work.connection.execute(update(table).where(*here).values(**kept)).rowcount == 0:
        row = {"applicant_id": applicant_id, "election_id": election_id, **kept}
        work.connection.execute(insert(table).values(row))


def find(connection: Connection, vault: Vault, election_id: str, applicant_id: str) -> Draft | None:
    """The draft of an applicant, or None; VaultError when it cannot be opened."""
    row = connection.execute(
        select(table).where(table.c.applicant_id == applicant_id, table.c.election_id == election_id)
    ).first()
    if row is None:
        return None
    plain = vault.unseal(election_id, _purpose(applicant_id), row.content_sealed)
    return Draft(Content(**json.loads(plain)), row.saved_at)


def discard(work: Work, election_id: str, applicant_id: str) -> bool:
    """Forget an applicant's draft; tells whether there was one."""
    gone = delete(table).where(table.c.applicant_id == applicant_id, table.c.election_id == election_id)
    return work.connection.execute(gone).rowcount > 0


def _write(content: Content) -> bytes:
    return json.dumps(asdict(content), ensure_ascii=False).encode()


def _purpose(applicant_id: str) -> str:
    return f"nomination-draft|{applicant_id}"
