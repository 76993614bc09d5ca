"""The record (valgprotokol) as it was drawn up, version by version: bytes that are kept, signed and never set again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from votingapp.store.tables.records import drawn_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row, Select

    from votingapp.store.elections import Election
    from votingapp.store.record import Edition
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work


MOST_VERSIONS = 999
"""A number of a version in an address may be longer than a database can be asked for."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A member of the board who is to sign, as she was called and what she held when the version was drawn up.

    `position` is hers among the holders of the key (from 1), and `key` the point by which her signature is checked
    (PROTOCOL.md section 13); both None where she holds none.
    """

    staff_id: str
    name: str
    office: str
    position: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version without its bytes: its number (from 1), the hashes (SHA-256, hex), when (UTC) and by whom, and why.

    `reason` is empty for the first; `by` is a name as it was then.
    """

    version: int
    content_sha256: str
    pdf_sha256: str
    docx_sha256: str
    at: datetime
    by: str
    reason: str
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class Drawn(Version):
    """One version with its bytes: canonical JSON (tally.record.to_json), PDF/A-3a and DOCX, as they were hashed."""

    content: bytes
    pdf: bytes
    docx: bytes


@dataclass(frozen=True, slots=True)
class Forms:
    """The three forms of one record, to be kept."""

    content: bytes
    pdf: bytes
    docx: bytes


_ABOUT = (
    drawn_record.c.version,
    drawn_record.c.content_sha256,
    drawn_record.c.pdf_sha256,
    drawn_record.c.docx_sha256,
    drawn_record.c.drawn_at,
    drawn_record.c.drawn_by_name,
    drawn_record.c.reason,
    drawn_record.c.signers_json,
)


def newest(connection: Connection, election: Election) -> Drawn | None:
    """The version in force with its bytes; None before the record is drawn up."""
    row = connection.execute(_newest_first(election, *_ABOUT, *_bytes()).limit(1)).first()
    return None if row is None else _read(row)


def content_of(connection: Connection, election: Election) -> bytes | None:
    """What the version in force says, as JSON and without its papers; None before the record is drawn up."""
    content = connection.execute(_newest_first(election, drawn_record.c.content).limit(1)).scalar()
    return None if content is None else content.encode()


def of_version(connection: Connection, election: Election, version: int) -> Drawn | None:
    """One version with its bytes, also where another took its place; None where there is none of that number."""
    if version > MOST_VERSIONS:
        return None
    chosen = _newest_first(election, *_ABOUT, *_bytes()).where(drawn_record.c.version == version)
    row = connection.execute(chosen).first()
    return None if row is None else _read(row)


def versions(connection: Connection, election: Election) -> tuple[Version, ...]:
    """Every version without its bytes, newest first."""
    return tuple(Version(**_about(row)) for row in connection.execute(_newest_first(election, *_ABOUT)))


def newest_version(connection: Connection, election: Election) -> Version | None:
    """The version in force without its bytes; None before the record is drawn up."""
    row = connection.execute(_newest_first(election, *_ABOUT).limit(1)).first()
    return None if row is None else Version(**_about(row))


def is_drawn_up(connection: Connection, election: Election) -> bool:
    """Whether there is a version to sign: from then on nothing is written that the record tells of."""
    return connection.execute(_newest_first(election, drawn_record.c.version).limit(1)).first() is not None


def keep(
    work: Work, election: Election, official: Staff, edition: Edition, forms: Forms, signers: Iterable[Signer]
) -> Version:
    """Keep a version as it was set; the caller records it, and numbers it one above the newest."""
    hashes = {
        "content_sha256": hashlib.sha256(forms.content).hexdigest(),
        "pdf_sha256": hashlib.sha256(forms.pdf).hexdigest(),
        "docx_sha256": hashlib.sha256(forms.docx).hexdigest(),
    }
    named = tuple(signers)
    work.connection.execute(
        insert(drawn_record).values(
            election_id=election.id,
            version=edition.version,
            content=forms.content.decode(),
            pdf=forms.pdf,
            docx=forms.docx,
            drawn_at=work.now,
            drawn_by=official.id,
            drawn_by_name=official.name,
            reason=edition.reason,
            signers_json=json.dumps([asdict(one) for one in named], ensure_ascii=False),
            **hashes,
        )
    )
    return Version(
        version=edition.version, at=work.now, by=official.name, reason=edition.reason, signers=named, **hashes
    )


def _bytes() -> tuple[Any, ...]:
    return (drawn_record.c.content, drawn_record.c.pdf, drawn_record.c.docx)


def _newest_first(election: Election, *columns: Any) -> Select[Any]:
    here = drawn_record.c.election_id == election.id
    return select(*columns).where(here).order_by(drawn_record.c.version.desc())


def _read(row: Row[Any]) -> Drawn:
    return Drawn(**_about(row), content=row.content.encode(), pdf=row.pdf, docx=row.docx)


def _about(row: Row[Any]) -> dict[str, Any]:
    return {
        "version": row.version,
        "content_sha256": row.content_sha256,
        "pdf_sha256": row.pdf_sha256,
        "docx_sha256": row.docx_sha256,
        "at": row.drawn_at,
        "by": row.drawn_by_name,
        "reason": row.reason,
        "signers": tuple(Signer(**one) for one in json.loads(row.signers_json)),
    }
