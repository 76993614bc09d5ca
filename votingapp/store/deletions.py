"""The deletion of an election's personal data as the house remembers it: by whom, how much, and what was searched for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from votingapp.store.tables.deletions import deletion, deletion_check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Check:
    """One look at the database's files (UTC instant): `copied` tells whether they were written anew, `found` what was left ("").

    `searched` tells whether they were searched for what went: only who deletes knows by what it would be known again.
    """

    at: datetime
    copied: bool
    searched: bool
    found: str

    @property
    def is_clean(self) -> bool:
        """Whether the files were written anew and nothing of what went was found in them."""
        return self.copied and not self.found


@dataclass(frozen=True, slots=True)
class Deletion:
    """What went at an instant (UTC): rows by kind, as counted in the transaction; `officials` are the names of the two."""

    at: datetime
    officials: tuple[str, str]
    counts: Mapping[str, int]
    checks: tuple[Check, ...]


def of(connection: Connection, election_id: str) -> Deletion | None:
    """The deletion of an election with its checks in order; None before it."""
    row = connection.execute(select(deletion).where(deletion.c.election_id == election_id)).first()
    if row is None:
        return None
    content = json.loads(row.content)
    first, second = content["officials"]
    return Deletion(row.deleted_at, (first, second), content["counts"], _checks(connection, election_id))


def is_deleted(connection: Connection, election_id: str) -> bool:
    """Whether the personal data of an election is gone."""
    return (
        connection.execute(select(deletion.c.election_id).where(deletion.c.election_id == election_id)).first()
        is not None
    )


def _checks(connection: Connection, election_id: str) -> tuple[Check, ...]:
    rows = connection.execute(
        select(deletion_check).where(deletion_check.c.election_id == election_id).order_by(deletion_check.c.number)
    )
    return tuple(Check(row.checked_at, row.copied, row.searched, row.found) for row in rows)


def announce(work: Work, election_id: str, officials: tuple[Staff, Staff], counts: Mapping[str, int]) -> None:
    """Write down that the data goes now; the database lets go of the looks only from here on. The caller deletes and records."""
    first, second = officials
    content = {"officials": [first.name, second.name], "counts": dict(counts)}
    work.connection.execute(
        insert(deletion).values(
            election_id=election_id,
            deleted_at=work.now,
            ordered_by=first.id,
            second_id=second.id,
            content=json.dumps(content, ensure_ascii=False, sort_keys=True),
        )
    )


def keep_check(work: Work, election_id: str, *, copied: bool, searched: bool, found: str) -> None:
    """Keep what a search of the files found; the caller records it."""
    last = select(func.max(deletion_check.c.number)).where(deletion_check.c.election_id == election_id)
    number = (work.connection.execute(last).scalar() or 0) + 1
    work.connection.execute(
        insert(deletion_check).values(
            election_id=election_id,
            number=number,
            checked_at=work.now,
            copied=copied,
            searched=searched,
            found=found,
        )
    )
