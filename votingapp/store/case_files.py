"""The council item (dagsordenspunkt) as the house keeps it: the draft that is written on, and each version made of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from votingapp.store.tables.council import case_file, council_item
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work


_LARGEST = 2**31 - 1
"""The largest number that a column can be asked for; an address may hold a longer one."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The item as it is written: numbers of the case and its subject as the municipality writes them, and the sections.

    `sections` are texts by name (documents.council_item.SECTIONS) and `title` its heading.
    """

    title: str
    case_number: str
    kle: str
    sections: dict[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the item without its bytes: number (from 1), hash (SHA-256, hex) of what it says, when and by whom."""

    version: int
    content_sha256: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Forms:
    """The three forms of one version: what it says as canonical JSON, DOCX and PDF."""

    content: bytes
    docx: bytes
    pdf: bytes


def draft(connection: Connection, election_id: str) -> CaseFile | None:
    """The draft as it was last saved; None before anybody wrote on it."""
    row = connection.execute(select(case_file).where(case_file.c.election_id == election_id)).first()
    if row is None:
        return None
    kept = json.loads(row.sections_json)
    return CaseFile(kept["title"], row.case_number, row.kle, kept["sections"])


def keep_draft(work: Work, election_id: str, written: CaseFile, official: Staff) -> None:
    """Put a draft in the place of the one before; the caller records it."""
    work.connection.execute(delete(case_file).where(case_file.c.election_id == election_id))
    kept = {"title": written.title, "sections": written.sections}
    work.connection.execute(
        insert(case_file).values(
            election_id=election_id,
            case_number=written.case_number,
            kle=written.kle,
            sections_json=json.dumps(kept, ensure_ascii=False, sort_keys=True),
            changed_at=work.now,
            changed_by=official.id,
        )
    )


def versions(connection: Connection, election_id: str) -> tuple[Version, ...]:
    """Every version without its bytes, newest first."""
    kept = council_item.c
    rows = connection.execute(
        select(kept.version, kept.content_sha256, kept.made_at, staff.c.name)
        .join(staff, staff.c.id == kept.made_by)
        .where(kept.election_id == election_id)
        .order_by(kept.version.desc())
    )
    return tuple(Version(row.version, row.content_sha256, row.made_at, row.name) for row in rows)


def forms_of(connection: Connection, election_id: str, version: int) -> Forms | None:
    """The bytes of one version; None where there is none of that number."""
    if version > _LARGEST:
        return None
    here = (council_item.c.election_id == election_id, council_item.c.version == version)
    row = connection.execute(select(council_item).where(*here)).first()
    return None if row is None else Forms(row.content.encode(), row.docx, row.pdf)


def keep_version(work: Work, election_id: str, forms: Forms, official: Staff) -> Version:
    """Keep a version under the number after the newest; the caller records it."""
    made = versions(work.connection, election_id)
    kept: dict[str, Any] = asdict(forms) | {"content": forms.content.decode()}
    version = Version(
        made[0].version + 1 if made else 1, hashlib.sha256(forms.content).hexdigest(), work.now, official.name
    )
    work.connection.execute(
        insert(council_item).values(
            election_id=election_id,
            version=version.version,
            content_sha256=version.content_sha256,
            made_at=version.at,
            made_by=official.id,
            **kept,
        )
    )
    return version
