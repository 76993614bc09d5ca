"""Every look at personal data is written down, so that whoever was looked at can be told by whom, when and on which page."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, insert, or_, select

from votingapp.store.tables.looks import look
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Row
    from sqlalchemy.sql.elements import ColumnElement

    from votingapp.store.unit_of_work import Work


class What(StrEnum):
    """On which page a person was seen; the values are kept, so a word once used keeps its meaning."""

    NOMINATION = "nomination"
    """One nomination, with everything that is known about it."""
    NOMINATION_LIST = "nomination_list"
    """A list of everybody who stands or wishes to."""
    NOMINATION_PHOTO = "nomination_photo"
    """The photograph of a candidate who is not published."""
    PAPER_FORM = "paper_form"
    """A form on paper, keyed in and shown again."""
    LETTER = "letter"
    """A letter to one candidate."""
    UNCONTESTED = "uncontested"
    """The list on which it is decided that no vote is held, with what each candidate was found to be."""
    CHECKIN_CPR = "checkin_cpr"
    """The check-in, searched by CPR number; a number that nobody has was asked about all the same."""
    CHECKIN_NAME = "checkin_name"
    """The check-in, searched by name and birth date; without a subject when nobody was found."""
    CHECKIN_AGAIN = "checkin_again"
    """The check-in, which shows somebody once more: a tick was missing, or she was admitted."""
    CHECKIN_CARD = "checkin_card"
    """The check-in, searched by poll card or by the number on it."""
    CHECKIN_LATEST = "checkin_latest"
    """The list of whom a desk has admitted last, from which an admission is taken back."""
    CHECKIN_DOUBT = "checkin_doubt"
    """A case in doubt that is about her."""
    CHECKIN_PRINTED = "checkin_printed"
    """The numbers ticked on the printed roll, as they are keyed in."""
    POLL_CARD = "poll_card"
    """The search for whoever has lost her poll card; a number that nobody has was asked about all the same."""
    REGISTER_PREVIEW = "register_preview"
    """A sample of the register extract, looked over before it counts."""
    COMPLAINT = "complaint"
    """A complaint about the election, with who wrote it; she is known by no number, so it names no subject."""
    MEMBER = "member"
    """A member or substitute in the register of members, with what was written of her and of a seat that became free."""
    INSIGHT = "insight"
    """The page that tells a person what is kept about her."""
    INSIGHT_EXPORT = "insight_export"
    """The same as a file."""


LISTS = frozenset({What.NOMINATION_LIST, What.UNCONTESTED})
"""Looks at everybody who stands: noted once for the list and not once a name."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look: when (UTC), which official by id and name, on which page, and at whom.

    `subject_hash` is the keyed hash of a CPR number. Without a subject and a nomination, the look was at a whole list.
    """

    at: datetime
    staff_id: str
    official: str
    what: What
    subject_hash: str | None = field(repr=False)
    nomination_id: str | None

    @property
    def is_of_a_list(self) -> bool:
        """Whether everybody on a list was seen at once."""
        return self.what in LISTS


def note(
    work: Work,
    election_id: str,
    staff_id: str,
    what: What,
    *,
    subject_hash: str | None = None,
    nomination_id: str | None = None,
) -> None:
    """Write down that an official saw one person, or a list that names no subject.

    Call it in the transaction that reads what is shown: if the look cannot be written, the read fails with it and
    nobody is shown. A look is no decision: it keeps its transaction without an entry in the log, so a use case that
    also records does so before.
    """
    _write(work, election_id, staff_id, what, [(subject_hash, nomination_id)])


def note_each(work: Work, election_id: str, staff_id: str, what: What, subject_hashes: Iterable[str]) -> None:
    """Write down that an official saw each of these persons, or, for none, that she searched and saw nobody."""
    subjects = [(subject_hash, None) for subject_hash in subject_hashes]
    _write(work, election_id, staff_id, what, subjects or [(None, None)])


def of_subject(
    connection: Connection,
    election_id: str,
    subject_hash: str | None,
    nomination_ids: Collection[str] = (),
    *,
    standing_since: datetime | None = None,
) -> tuple[Look, ...]:
    """Every look at a person at one election, oldest first: by her number, at her nominations, and at lists with her on.

    `standing_since` is the instant at which her first nomination came in; she is on every list that was seen later.
    """
    seen: list[ColumnElement[bool]] = [look.c.nomination_id.in_(nomination_ids)]
    if subject_hash is not None:
        seen.append(look.c.subject_hash == subject_hash)
    if standing_since is not None:
        seen.append(and_(look.c.what.in_([one.value for one in LISTS]), look.c.at >= standing_since))
    rows = connection.execute(
        select(look, staff.c.name.label("official"))
        .join(staff, staff.c.id == look.c.staff_id)
        .where(look.c.election_id == election_id, or_(*seen))
        .order_by(look.c.at, look.c.id)
    )
    return tuple(_read(row) for row in rows)


def _write(
    work: Work, election_id: str, staff_id: str, what: What, subjects: Iterable[tuple[str | None, str | None]]
) -> None:
    rows = [
        {
            "id": str(uuid.uuid4()),
            "election_id": election_id,
            "at": work.now,
            "staff_id": staff_id,
            "subject_hash": subject_hash,
            "nomination_id": nomination_id,
            "what": what.value,
        }
        for subject_hash, nomination_id in subjects
    ]
    work.connection.execute(insert(look), rows)
    work.keep_unrecorded()


def _read(row: Row[Any]) -> Look:
    return Look(row.at, row.staff_id, row.official, What(row.what), row.subject_hash, row.nomination_id)
