"""The photograph of a candidate: sealed as it is kept, hers to change, and left as it was wherever a nomination names it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from votingapp.store.tables.nominations import nomination, nomination_draft, nomination_version
from votingapp.store.tables.photos import photo as table

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlalchemy.sql.elements import ColumnElement

    from votingapp.store.unit_of_work import Work
    from votingapp.store.vault import Vault

WHOLE = 1000
"""Per mille: all of it."""

SMALLEST_CROP = 250
"""Per mille of the short side: with less, a face would be made of too few pixels."""

_PLAIN = tuple(table.c[name] for name in ("id", "applicant_id", "crop_x", "crop_y", "crop_size", "added_at"))
"""The columns that are not sealed; the pictures themselves are read one at a time."""


class Size(StrEnum):
    """The three pictures kept of a photograph: the whole, the square of a page, and the square of the ballot."""

    SOURCE = "source"
    PAGE = "page"
    BALLOT = "ballot"


@dataclass(frozen=True, slots=True)
class Crop:
    """The square she chose, in per mille: `size` of the short side, `x` across and `y` down the room that is left.

    Every such triple lies inside the picture: (0, 0) is the upper left corner, (1000, 1000) the lower right.
    ValueError when a part is out of its range.
    """

    x: int = WHOLE // 2
    y: int = WHOLE // 2
    size: int = WHOLE

    def __post_init__(self) -> None:
        if not (0 <= self.x <= WHOLE and 0 <= self.y <= WHOLE and SMALLEST_CROP <= self.size <= WHOLE):
            raise ValueError("the square lies outside the picture")

    def box(self, width: int, height: int) -> tuple[int, int, int]:
        """Left edge, upper edge and side of the square in a picture of this size, in whole pixels."""
        side = max(1, _share(min(width, height), self.size))
        return _share(width - side, self.x), _share(height - side, self.y), side


@dataclass(frozen=True, slots=True)
class Squares:
    """The two squares cut from a photograph, as JPEG, and where they were cut."""

    page: bytes = field(repr=False)
    ballot: bytes = field(repr=False)
    crop: Crop


@dataclass(frozen=True, slots=True)
class Taken:
    """A photograph about to be kept: the whole as JPEG, and its squares."""

    source: bytes = field(repr=False)
    squares: Squares


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph without its pixels; `applicant_id` is None for the paper route, and once she has let go of it."""

    id: str
    applicant_id: str | None
    crop: Crop
    added_at: datetime


def add(work: Work, election_id: str, applicant_id: str | None, taken: Taken) -> str:
    """Keep a photograph and give its id; the applicant's former one makes way for it, and her draft names the new one."""
    made = str(uuid.uuid4())
    former = current_of(work.connection, election_id, applicant_id) if applicant_id else None
    work.connection.execute(
        insert(table).values(
            id=made,
            election_id=election_id,
            applicant_id=applicant_id,
            source_sealed=_seal(work.vault, election_id, made, Size.SOURCE, taken.source),
            added_at=work.now,
            **_cut(work.vault, election_id, made, taken.squares),
        )
    )
    if applicant_id is not None:
        _put_on_draft(work.connection, applicant_id, made)
    if former is not None:
        _let_go(work.connection, election_id, former)
    return made


def recrop(work: Work, election_id: str, photo_id: str, squares: Squares) -> str:
    """Put other squares in the place of those cut before, and give the id of the photograph that has them.

    It is another one where a nomination names the first: what was sent in, decided on or published does not change
    behind anybody's back. LookupError when there is no such photograph.
    """
    found = find(work.connection, election_id, photo_id)
    if found is None:
        raise LookupError("no such photograph")
    if _is_named(work.connection, photo_id):
        source = _open(work.connection, work.vault, election_id, photo_id, Size.SOURCE)
        return add(work, election_id, found.applicant_id, Taken(source, squares))
    work.connection.execute(
        update(table).where(_here(election_id, photo_id)).values(_cut(work.vault, election_id, photo_id, squares))
    )
    return photo_id


def remove(work: Work, election_id: str, applicant_id: str) -> str | None:
    """Take an applicant's photograph away and give its id; None when she has none.

    Where a nomination names it, it stays with that nomination, and is no longer what she would send in next.
    """
    former = current_of(work.connection, election_id, applicant_id)
    if former is None:
        return None
    _put_on_draft(work.connection, applicant_id, None)
    _let_go(work.connection, election_id, former)
    return former


def current_of(connection: Connection, election_id: str, applicant_id: str) -> str | None:
    """The id of the photograph an applicant would send in now, or None; there is never more than one."""
    return connection.execute(
        select(table.c.id).where(table.c.election_id == election_id, table.c.applicant_id == applicant_id)
    ).scalar_one_or_none()


def find(connection: Connection, election_id: str, photo_id: str) -> Photo | None:
    """The photograph with this id at this election, or None."""
    row = connection.execute(select(*_PLAIN).where(_here(election_id, photo_id))).first()
    if row is None:
        return None
    return Photo(row.id, row.applicant_id, Crop(row.crop_x, row.crop_y, row.crop_size), row.added_at)


def pixels(connection: Connection, vault: Vault, election_id: str, photo_id: str, size: Size) -> bytes | None:
    """One of the three pictures of a photograph as JPEG, or None where there is no such photograph; VaultError as in `Vault`."""
    if find(connection, election_id, photo_id) is None:
        return None
    return _open(connection, vault, election_id, photo_id, size)


def _share(length: int, per_mille: int) -> int:
    return (length * per_mille + WHOLE // 2) // WHOLE


def _here(election_id: str, photo_id: str) -> ColumnElement[bool]:
    return (table.c.election_id == election_id) & (table.c.id == photo_id)


def _cut(vault: Vault, election_id: str, photo_id: str, squares: Squares) -> dict[str, object]:
    return {
        "page_sealed": _seal(vault, election_id, photo_id, Size.PAGE, squares.page),
        "ballot_sealed": _seal(vault, election_id, photo_id, Size.BALLOT, squares.ballot),
        "crop_x": squares.crop.x,
        "crop_y": squares.crop.y,
        "crop_size": squares.crop.size,
    }


def _put_on_draft(connection: Connection, applicant_id: str, photo_id: str | None) -> None:
    connection.execute(
        update(nomination_draft).where(nomination_draft.c.applicant_id == applicant_id).values(photo_id=photo_id)
    )


def _let_go(connection: Connection, election_id: str, photo_id: str) -> None:
    if _is_named(connection, photo_id):
        connection.execute(update(table).where(_here(election_id, photo_id)).values(applicant_id=None))
    else:
        connection.execute(delete(table).where(_here(election_id, photo_id)))


def _is_named(connection: Connection, photo_id: str) -> bool:
    """Whether a nomination names a photograph, now or in a former version; a draft is nobody's business yet."""
    return any(
        connection.execute(select(naming.c.photo_id).where(naming.c.photo_id == photo_id).limit(1)).first()
        for naming in (nomination, nomination_version)
    )


def _seal(vault: Vault, election_id: str, photo_id: str, size: Size, plain: bytes) -> bytes:
    return vault.seal(election_id, _purpose(photo_id, size), plain)


def _open(connection: Connection, vault: Vault, election_id: str, photo_id: str, size: Size) -> bytes:
    sealed: bytes = connection.execute(
        select(table.c[f"{size.value}_sealed"]).where(_here(election_id, photo_id))
    ).scalar_one()
    return vault.unseal(election_id, _purpose(photo_id, size), sealed)


def _purpose(photo_id: str, size: Size) -> str:
    return f"photo-{size.value}|{photo_id}"
