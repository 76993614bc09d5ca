"""A difference in the account stands on the screen until two officials have explained it in words."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from ballots.slips import Difference, DifferenceCode
from votingapp.store.tables.ledger import explanation
from votingapp.store.tables.staff import staff

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from votingapp.store.ledger import Paper
    from votingapp.store.staff import Staff
    from votingapp.store.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a difference was explained by, when (UTC), and the names of the two who signed."""

    at: datetime
    difference: Difference
    text: str
    signed_by: tuple[str, str]


def add(
    work: Work, election_id: str, paper: Paper, difference: Difference, text: str, signed_by: tuple[Staff, Staff]
) -> None:
    """Keep an explanation."""
    official, second = signed_by
    work.connection.execute(
        insert(explanation).values(
            id=str(uuid.uuid4()),
            election_id=election_id,
            at=work.now,
            paper=paper.value,
            code=difference.code.value,
            desk=difference.desk,
            expected=difference.expected,
            found=difference.found,
            text=text,
            official_id=official.id,
            second_id=second.id,
        )
    )


def every(connection: Connection, election_id: str, paper: Paper) -> tuple[Explanation, ...]:
    """All explanations, oldest first, also those whose difference is gone or has other figures now."""
    first, second = staff.alias(), staff.alias()
    rows = connection.execute(
        select(explanation, first.c.name.label("first_name"), second.c.name.label("second_name"))
        .join(first, first.c.id == explanation.c.official_id)
        .join(second, second.c.id == explanation.c.second_id)
        .where(explanation.c.election_id == election_id, explanation.c.paper == paper.value)
        .order_by(explanation.c.at, explanation.c.id)
    )
    return tuple(
        Explanation(
            at=row.at,
            difference=Difference(DifferenceCode(row.code), row.expected, row.found, row.desk),
            text=row.text,
            signed_by=(row.first_name, row.second_name),
        )
        for row in rows
    )


def is_explained(connection: Connection, election_id: str, paper: Paper, difference: Difference) -> bool:
    """Whether this very difference, with these figures, has been explained."""
    return of_difference(connection, election_id, paper, difference) is not None


def of_difference(connection: Connection, election_id: str, paper: Paper, difference: Difference) -> str | None:
    """The words by which this very difference, with these figures, has been explained; None where it has not."""
    found = select(explanation.c.text).where(
        explanation.c.election_id == election_id,
        explanation.c.paper == paper.value,
        explanation.c.code == difference.code.value,
        explanation.c.desk == difference.desk,
        explanation.c.expected == difference.expected,
        explanation.c.found == difference.found,
    )
    return connection.execute(found.limit(1)).scalar()
