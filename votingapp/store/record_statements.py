"""What two of the board state before the record is drawn up: that the evening is told, and that help is counted rightly.

A statement is made about what stood there. Where something has come to it since, it says nothing any more and is made anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from votingapp.store import assistance, incidents
from votingapp.store.tables.records import record_statement
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work


class Code(StrEnum):
    """What is stated."""

    INCIDENTS = "incidents"
    """There is nothing more to be entered in the log of incidents."""
    ASSISTANCE = "assistance"
    """The help to vote that was counted at the desks is all the help that was given."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, when (UTC) and by which two it was made."""

    code: Code
    at: datetime
    signed_by: tuple[str, str]


def subject(connection: Connection, election_id: str, code: Code) -> str:
    """What a statement is about, as it stands now: how many lines, or how much help of each kind."""
    match code:
        case Code.INCIDENTS:
            return str(len(incidents.lines(connection, election_id)))
        case Code.ASSISTANCE:
            counted = {kind.value: n for kind, n in assistance.counts(connection, election_id).items() if n}
            return json.dumps(counted, sort_keys=True)


def keep(work: Work, election_id: str, code: Code, signed_by: tuple[Staff, Staff]) -> None:
    """Keep that two state this of what stands there now, in place of what was stated before."""
    official, second = signed_by
    here = {"election_id": election_id, "code": code.value}
    work.connection.execute(delete(record_statement).where(*(record_statement.c[name] == here[name] for name in here)))
    work.connection.execute(
        insert(record_statement).values(
            text=subject(work.connection, election_id, code),
            stated_at=work.now,
            staff_id=official.id,
            second_id=second.id,
            **here,
        )
    )


def standing(connection: Connection, election_id: str) -> tuple[Statement, ...]:
    """The statements that still say what they said, in the order of `Code`."""
    first, second = staff.alias(), staff.alias()
    rows = connection.execute(
        select(record_statement, first.c.name.label("first_name"), second.c.name.label("second_name"))
        .join(first, first.c.id == record_statement.c.staff_id)
        .join(second, second.c.id == record_statement.c.second_id)
        .where(record_statement.c.election_id == election_id)
    )
    made = {row.code: row for row in rows}
    return tuple(
        Statement(code, row.stated_at, (row.first_name, row.second_name))
        for code in Code
        if (row := made.get(code.value)) is not None and row.text == subject(connection, election_id, code)
    )
